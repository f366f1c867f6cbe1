#include "tools/slo_gate/judge.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/cli/nearest_name.h"
#include "tools/slo_gate/glob.h"
#include "tools/slo_gate/judge_metric.h"

namespace slo::tools {
namespace {

// For results that do not say at which level their limits are, and for ratios of such.
constexpr double kDefaultConfidence = 0.95;

// A provenance entry and the context key that it comes from.
constexpr std::array<std::pair<const char*, const char*>, 14> kProvenance = {{
    {"build_type", "slo_build_type"},
    {"compiler", "slo_compiler"},
    {"compiler_flags", "slo_compiler_flags"},
    {"git_revision", "slo_git_revision"},
    {"git_dirty", "slo_git_dirty"},
    {"benchmark_library_version", "slo_benchmark_version"},
    {"seed", "slo_seed"},
    {"confidence_method", "slo_confidence_method"},
    {"cpu_model", "slo_cpu_model"},
    {"cores", "num_cpus"},
    {"kernel", "slo_kernel"},
    {"host", "host_name"},
    {"measured_at", "date"},
    {"command_line", "slo_command_line"},
}};

constexpr absl::string_view kNotStated = "not stated";

double ConfidenceOf(const Report& report) {
  double level = 0;
  if (absl::SimpleAtod(report.ContextValue("slo_confidence_level"), &level) && level > 0 &&
      level < 1) {
    return level;
  }
  return kDefaultConfidence;
}

bool IsDebugBuild(const Report& report) {
  const std::string type = report.ContextValue("slo_build_type");
  return !type.empty() && type != "release" && type != "relwithdebinfo" && type != "minsizerel";
}

Check MakeCheck(const Objective& objective, LimitKind kind) {
  return {.id = objective.id,
          .metric = objective.metric,
          .kind = kind,
          .threshold = kind == LimitKind::kMax ? *objective.max : *objective.min,
          .overridden = objective.overridden,
          .why = objective.why};
}

std::vector<LimitKind> KindsOf(const Objective& objective) {
  std::vector<LimitKind> kinds;
  if (objective.max.has_value()) kinds.push_back(LimitKind::kMax);
  if (objective.min.has_value()) kinds.push_back(LimitKind::kMin);
  return kinds;
}

bool IsWorse(const Check& a, const Check& b) {
  if (a.status != b.status) return a.status > b.status;
  constexpr double kNone = std::numeric_limits<double>::infinity();
  return a.headroom.value_or(kNone) < b.headroom.value_or(kNone);
}

// The scenarios in the order in which their rows first appear.
class ScenarioList {
 public:
  Scenario& Get(const std::string& name) {
    const auto [found, is_new] = index_.try_emplace(name, scenarios_.size());
    if (is_new) scenarios_.push_back({.name = name});
    return scenarios_[found->second];
  }

  std::vector<Scenario> Take() && { return std::move(scenarios_); }

 private:
  absl::flat_hash_map<std::string, size_t> index_;
  std::vector<Scenario> scenarios_;
};

// Adds the check to its scenario, or keeps the worse one when another row of the same name has
// been judged already.
void AddCheck(Check check, const ReportRow& row, Scenario& scenario) {
  const auto same = std::find_if(
      scenario.checks.begin(), scenario.checks.end(),
      [&](const Check& other) { return other.id == check.id && other.kind == check.kind; });
  if (same == scenario.checks.end()) {
    if (scenario.metrics.empty()) scenario.metrics = row.metrics;
    scenario.checks.push_back(std::move(check));
  } else if (IsWorse(check, *same)) {
    scenario.metrics = row.metrics;
    *same = std::move(check);
  }
}

// An objective without a row is a violation, never silence.
void AddMissing(const Objective& objective, const std::vector<Report>& reports,
                ScenarioList& scenarios) {
  std::vector<absl::string_view> names;
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) names.push_back(row.name);
  }
  const auto nearest = cli::NearestName(objective.benchmark, names);
  constexpr size_t kShownNames = 20;
  const size_t shown = std::min(names.size(), kShownNames);
  Scenario& scenario = scenarios.Get(objective.benchmark);
  for (const LimitKind kind : KindsOf(objective)) {
    Check check = MakeCheck(objective, kind);
    check.status = CheckStatus::kFail;
    check.reason = absl::StrCat(
        "no row matches \"", objective.benchmark, "\"",
        nearest.has_value() ? absl::StrCat("; the nearest is ", *nearest) : "", "; rows there: ",
        names.empty() ? "none"
                      : absl::StrJoin(names.begin(),
                                      names.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
        shown < names.size() ? absl::StrCat(", and ", names.size() - shown, " more") : "");
    scenario.checks.push_back(std::move(check));
  }
}

// Every row that the objective is about.
bool JudgeObjective(const Objective& objective, const Report& report, ScenarioList& scenarios) {
  bool any = false;
  const bool is_debug = IsDebugBuild(report);
  for (const ReportRow& row : report.rows) {
    if (!GlobMatches(objective.benchmark, row.name)) continue;
    any = true;
    for (const LimitKind kind : KindsOf(objective)) {
      Check check = MakeCheck(objective, kind);
      JudgeMetric(row, ConfidenceOf(report), check);
      if (is_debug) {
        check.status = CheckStatus::kFail;
        check.reason = absl::StrCat("measured on a debug build (slo_build_type is \"",
                                    report.ContextValue("slo_build_type"),
                                    "\"); only an optimised build counts");
      }
      AddCheck(std::move(check), row, scenarios.Get(row.name));
    }
  }
  return any;
}

Summary Summarize(std::vector<Scenario>& scenarios) {
  Summary summary = {.overall_status = CheckStatus::kPass};
  double error = 0;
  bool any_confidence = false;
  for (Scenario& scenario : scenarios) {
    scenario.status = CheckStatus::kPass;
    for (const Check& check : scenario.checks) {
      ++summary.checks_total;
      summary.checks_passed += check.status == CheckStatus::kPass ? 1 : 0;
      summary.checks_failed += check.status == CheckStatus::kFail ? 1 : 0;
      summary.checks_insufficient += check.status == CheckStatus::kInsufficient ? 1 : 0;
      summary.checks_invalid += check.status == CheckStatus::kInvalid ? 1 : 0;
      scenario.status = std::max(scenario.status, check.status);
      if (check.confidence.has_value()) {
        any_confidence = true;
        error += 1 - *check.confidence;
      }
    }
    summary.overall_status = std::max(summary.overall_status, scenario.status);
  }
  summary.scenarios_count = static_cast<int>(scenarios.size());
  if (any_confidence) summary.family_confidence = std::max(0.0, 1 - error);
  return summary;
}

void AddProvenance(const std::vector<Report>& reports, Verdict& verdict) {
  for (const auto& [name, key] : kProvenance) {
    const std::string value = reports.front().ContextValue(key);
    verdict.provenance[name] = value.empty() ? std::string(kNotStated) : value;
  }
  for (const Report& report : reports) verdict.result_files.push_back(report.file);
  if (verdict.provenance["build_type"] == kNotStated) {
    verdict.notes.emplace_back(
        "the results do not state their build type (context key slo_build_type), so that a debug "
        "build would go unnoticed");
  }
  if (verdict.provenance["git_dirty"] == "true") {
    verdict.notes.emplace_back("measured on a tree with uncommitted changes");
  }
  if (verdict.allow_insufficient) {
    verdict.notes.emplace_back("--allow-insufficient: what the sample cannot show does not fail");
  }
}

}  // namespace

Verdict Judge(const std::vector<Report>& reports, const Thresholds& thresholds,
              const JudgeOptions& options) {
  Verdict verdict = {.generated_at_utc = options.generated_at_utc,
                     .thresholds = thresholds,
                     .allow_insufficient = options.allow_insufficient};
  ScenarioList scenarios;
  for (const Objective& objective : thresholds.objectives) {
    bool any = false;
    for (const Report& report : reports) {
      any = JudgeObjective(objective, report, scenarios) || any;
    }
    if (!any) AddMissing(objective, reports, scenarios);
  }
  verdict.scenarios = std::move(scenarios).Take();
  verdict.summary = Summarize(verdict.scenarios);
  AddProvenance(reports, verdict);
  return verdict;
}

}  // namespace slo::tools
