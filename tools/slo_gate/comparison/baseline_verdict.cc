#include "tools/slo_gate/comparison/baseline_verdict.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/numbers.h"
#include "tools/lib/results/provenance.h"
#include "tools/slo_gate/comparison/change_check.h"
#include "tools/slo_gate/comparison/exact_costs.h"
#include "tools/slo_gate/comparison/side_values.h"
#include "tools/slo_gate/comparison/stored_costs.h"
#include "tools/slo_gate/verdict/scenario_list.h"

namespace slo::tools {
namespace {

// What must agree for times to be comparable, beside kSystemContext.
constexpr std::array<const char*, 10> kTimeFingerprint = {
    "slo_build_type",  "slo_compiler",      "slo_compiler_flags",    "slo_cpu_model",
    "slo_kernel",      "num_cpus",          "slo_benchmark_version", "slo_seed",
    "library_version", "library_build_type"};

constexpr const char* kKind = "slo_kind";
constexpr const char* kClockRate = "mhz_per_cpu";

// What must agree for exact costs: the machine may be another one.
constexpr std::array<const char*, 5> kExactFingerprint = {
    "slo_kind", "slo_toolchain", "slo_build_type", "slo_compiler_flags", "slo_seed"};

// Google Benchmark writes the nominal rate of the clock or the present one, which varies.
bool IsAlike(const std::string& key, const std::string& a, const std::string& b) {
  if (a == b) return true;
  double x = 0;
  double y = 0;
  constexpr double kClockVaries = 0.1;
  return key == kClockRate && absl::SimpleAtod(a, &x) && absl::SimpleAtod(b, &y) &&
         std::abs(x - y) <= kClockVaries * std::max(x, y);
}

std::vector<ContextDifference> Differences(const std::vector<Report>& reports,
                                           const Report& baseline, bool is_exact) {
  std::vector<std::string> keys(kTimeFingerprint.begin(), kTimeFingerprint.end());
  keys.emplace_back(kKind);
  keys.insert(keys.end(), kSystemContext.begin(), kSystemContext.end());
  // A program that does not state its processor is known by the rate of its clock.
  if (baseline.ContextValue("slo_cpu_model").empty()) keys.emplace_back(kClockRate);
  if (is_exact) keys.assign(kExactFingerprint.begin(), kExactFingerprint.end());
  std::vector<ContextDifference> differences;
  for (const Report& report : reports) {
    for (const std::string& key : keys) {
      const std::string expected = baseline.ContextValue(key);
      const std::string found = report.ContextValue(key);
      if (IsAlike(key, expected, found)) continue;
      differences.push_back(
          {.key = key, .base = expected, .candidate = found, .candidate_file = report.file});
    }
  }
  return differences;
}

// A check on the context of the results.
Check ContextCheck(const std::string& id, CheckStatus status, ComparisonDetail detail) {
  detail.method = Method::kContext;
  return {.id = id,
          .metric = "context",
          .threshold = {.text = "the same"},
          .status = status,
          .rows = 1,
          .reason = detail.outcome,
          .detail = std::move(detail)};
}

Check UnlikeCheck(const ContextDifference& difference) {
  Check check = ContextCheck("fingerprint", CheckStatus::kInvalid,
                             {.outcome = Reason::kUnlike, .difference = difference});
  check.why = "figures of unlike machines or builds differ for reasons that are no regression";
  return check;
}

Check UnknownToolchainCheck(const std::string& toolchain) {
  Check check = ContextCheck("baseline", CheckStatus::kInsufficient,
                             {.outcome = Reason::kUnknownToolchain, .toolchain = toolchain});
  check.why = "exact costs are compared within one toolchain";
  return check;
}

Scenario ScenarioOf(const std::string& name, Check check) {
  const CheckStatus status = check.status;
  return {.name = name, .status = status, .checks = {std::move(check)}};
}

std::vector<Scenario> Compare(const std::vector<Report>& results, const Report& baseline,
                              const RegressionLimits& limits, const std::string& generated_at_utc) {
  std::vector<const Report*> reports;
  for (const Report& report : results) reports.push_back(&report);
  const std::vector<const Report*> base = {&baseline};
  const bool is_exact = HasExactCosts(baseline);
  ScenarioList scenarios;
  if (!is_exact) JudgeStoredCosts(reports, base, limits, generated_at_utc, scenarios);
  JudgeExactCosts(reports, base, limits, is_exact, scenarios);
  if (BenchmarksOf(reports).empty() && BenchmarksOf(base).empty()) {
    scenarios.Add(baseline.file, NothingComparedCheck(Method::kContext));
  }
  return std::move(scenarios).Take();
}

Verdict BeginVerdict(std::vector<Report> reports, const JudgeOptions& options) {
  Verdict verdict = {.generated_at_utc = options.generated_at_utc,
                     .gate_version = options.gate_version,
                     .provenance = ProvenanceOf(reports),
                     .allow_insufficient = options.allow_insufficient,
                     .notes = ProvenanceNotes(reports)};
  verdict.results = std::move(reports);
  return verdict;
}

}  // namespace

bool HasExactCosts(const Report& report) { return report.ContextValue(kKind) == "exact_costs"; }

Verdict VerdictOnBaseline(std::vector<Report> reports, Report baseline, RegressionLimits limits,
                          std::string limits_text, const JudgeOptions& options) {
  Verdict verdict = BeginVerdict(std::move(reports), options);
  const bool is_exact = HasExactCosts(baseline);
  for (const ContextDifference& difference : Differences(verdict.results, baseline, is_exact)) {
    verdict.scenarios.push_back(ScenarioOf(baseline.file, UnlikeCheck(difference)));
  }
  if (verdict.scenarios.empty()) {
    verdict.scenarios = Compare(verdict.results, baseline, limits, options.generated_at_utc);
  }
  verdict.coverage = CoverageOf(verdict.scenarios);
  verdict.summary = Summarize(verdict.scenarios);
  verdict.findings = ComparisonFindings{.limits = std::move(limits),
                                        .limits_text = std::move(limits_text),
                                        .baseline = std::move(baseline)};
  return verdict;
}

Verdict VerdictWithoutBaseline(std::vector<Report> reports, const std::string& file,
                               RegressionLimits limits, std::string limits_text,
                               const JudgeOptions& options) {
  Verdict verdict = BeginVerdict(std::move(reports), options);
  verdict.scenarios.push_back(
      ScenarioOf(file, UnknownToolchainCheck(verdict.results[0].ContextValue("slo_toolchain"))));
  verdict.summary = Summarize(verdict.scenarios);
  verdict.findings =
      ComparisonFindings{.limits = std::move(limits), .limits_text = std::move(limits_text)};
  return verdict;
}

}  // namespace slo::tools
