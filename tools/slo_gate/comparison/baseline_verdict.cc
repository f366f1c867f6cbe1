#include "tools/slo_gate/comparison/baseline_verdict.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/lib/results/provenance.h"
#include "tools/slo_gate/comparison/exact_costs.h"
#include "tools/slo_gate/comparison/stored_costs.h"

namespace slo::tools {
namespace {

// What must agree for times to be comparable, beside kSystemContext.
constexpr std::array<const char*, 8> kTimeFingerprint = {
    "slo_build_type", "slo_compiler", "slo_compiler_flags",    "slo_cpu_model",
    "slo_kernel",     "num_cpus",     "slo_benchmark_version", "slo_seed"};

// What must agree for exact costs: the machine may be another one.
constexpr std::array<const char*, 5> kExactFingerprint = {
    "slo_kind", "slo_toolchain", "slo_build_type", "slo_compiler_flags", "slo_seed"};

std::vector<std::string> Differences(const std::vector<Report>& reports, const Report& baseline,
                                     bool is_exact) {
  std::vector<std::string> keys(kTimeFingerprint.begin(), kTimeFingerprint.end());
  keys.insert(keys.end(), kSystemContext.begin(), kSystemContext.end());
  if (is_exact) keys.assign(kExactFingerprint.begin(), kExactFingerprint.end());
  // A binary that does not state its processor is known by its host's name only.
  if (!is_exact && baseline.ContextValue("slo_cpu_model").empty()) keys.emplace_back("host_name");
  std::vector<std::string> differences;
  for (const Report& report : reports) {
    for (const std::string& key : keys) {
      const std::string expected = baseline.ContextValue(key);
      const std::string found = report.ContextValue(key);
      if (expected == found) continue;
      differences.push_back(absl::StrCat(key, ": the baseline has \"", expected, "\", ",
                                         report.file, " has \"", found, "\""));
    }
  }
  return differences;
}

// A check on the context of the results.
Check ContextCheck(const std::string& id, CheckStatus status, Reason outcome) {
  Check check;
  check.id = id;
  check.metric = "context";
  check.threshold.text = "the same";
  check.status = status;
  check.rows = 1;
  check.reason_code = outcome;
  check.change = ChangeDetail{.outcome = std::string(Name(outcome))};
  return check;
}

Check UnlikeCheck(const std::string& difference) {
  Check check = ContextCheck("fingerprint", CheckStatus::kInvalid, Reason::kUnlike);
  check.reason = difference;
  check.why = "figures of unlike machines or builds differ for reasons that are no regression";
  return check;
}

Check UnknownToolchainCheck(const std::string& toolchain) {
  Check check = ContextCheck("baseline", CheckStatus::kInsufficient, Reason::kUnknownToolchain);
  check.reason = absl::StrCat("there is no such file: no baseline of the toolchain ", toolchain,
                              "; tools/record-baseline --exact records one");
  check.why = "exact costs are compared within one toolchain";
  return check;
}

Scenario ScenarioOf(const std::string& name, Check check) {
  const CheckStatus status = check.status;
  return {.name = name, .status = status, .checks = {std::move(check)}};
}

ClosedWorld CountWorld(const std::vector<Scenario>& scenarios) {
  ClosedWorld world;
  for (const Scenario& scenario : scenarios) {
    ++world.expected;
    const auto has = [&](Reason reason) {
      return std::any_of(scenario.checks.begin(), scenario.checks.end(),
                         [&](const Check& check) { return check.reason_code == reason; });
    };
    if (has(Reason::kWaived)) {
      ++world.waived;
    } else if (has(Reason::kMissing) || has(Reason::kError) || has(Reason::kNoTime)) {
      ++world.missing;
    } else {
      ++world.judged;
    }
  }
  return world;
}

Verdict Begin(std::vector<Report> reports, RegressionLimits limits, std::string limits_text,
              const JudgeOptions& options) {
  Verdict verdict = {
      .generated_at_utc = options.generated_at_utc,
      .gate_version = options.gate_version,
      .provenance = ProvenanceOf(reports),
      .allow_insufficient = options.allow_insufficient,
      .notes = ProvenanceNotes(reports),
      .regression = Regression{.limits = std::move(limits), .limits_text = std::move(limits_text)}};
  verdict.results = std::move(reports);
  return verdict;
}

}  // namespace

bool HasExactCosts(const Report& report) {
  return report.ContextValue("slo_kind") == "exact_costs";
}

Verdict VerdictOnBaseline(std::vector<Report> reports, Report baseline, RegressionLimits limits,
                          std::string limits_text, const JudgeOptions& options) {
  Verdict verdict = Begin(std::move(reports), std::move(limits), std::move(limits_text), options);
  Regression& regression = *verdict.regression;
  regression.baseline = std::move(baseline);
  const bool is_exact = HasExactCosts(*regression.baseline);
  for (const std::string& difference :
       Differences(verdict.results, *regression.baseline, is_exact)) {
    verdict.scenarios.push_back(ScenarioOf(regression.baseline->file, UnlikeCheck(difference)));
  }
  if (verdict.scenarios.empty()) {
    verdict.scenarios =
        is_exact ? JudgeExactCosts(verdict.results, *regression.baseline, regression.limits)
                 : JudgeStoredCosts(verdict.results, *regression.baseline, regression.limits,
                                    options.generated_at_utc);
    regression.world = CountWorld(verdict.scenarios);
  }
  verdict.summary = Summarize(verdict.scenarios);
  return verdict;
}

Verdict VerdictWithoutBaseline(std::vector<Report> reports, const std::string& file,
                               RegressionLimits limits, std::string limits_text,
                               const JudgeOptions& options) {
  Verdict verdict = Begin(std::move(reports), std::move(limits), std::move(limits_text), options);
  verdict.scenarios.push_back(
      ScenarioOf(file, UnknownToolchainCheck(verdict.results[0].ContextValue("slo_toolchain"))));
  verdict.summary = Summarize(verdict.scenarios);
  return verdict;
}

}  // namespace slo::tools
