// Verdicts of any size for tests of what people read.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_VERDICT_TESTING_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_VERDICT_TESTING_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

// A passing check, the nearer to its limit the smaller `headroom`.
inline Check PassingCheck(const std::string& id, double headroom) {
  return {.id = id,
          .metric = absl::StrCat(id, "_us"),
          .type = {.kind = MetricKind::kTime, .per_second = 1e6},
          .threshold = {.value = 40, .text = "40us"},
          .actual = 40 / headroom,
          .bound = 40 / headroom,
          .confidence = 0.9995,
          .samples = 64'000,
          .headroom = headroom,
          .status = CheckStatus::kPass,
          .rows = 1,
          .reason = Reason::kLimitKept,
          .why = absl::StrCat("Why there is ", id, ".")};
}

// "BM_Family<f>/shape:fan_out/steps:10/stored_runs:<b>/iterations:1/manual_time", ten a family,
// each with so many passing checks: "check_0", ...; the first one is the worst.
inline Verdict PassingVerdict(int benchmarks, int checks_each) {
  Verdict verdict;
  verdict.results = {{.file = "results.json"}};
  verdict.findings = ObjectiveFindings{.thresholds = {.file = "thresholds/slo.json"}};
  verdict.provenance = {{"measured_at", "2026-01-02T03:00:00+00:00"},
                        {"git_revision", "0123456789abcdef0123456789abcdef01234567"},
                        {"cpu_model", "AMD EPYC 7763 64-Core Processor"},
                        {"cores", "2"}};
  for (int i = 0; i < benchmarks; ++i) {
    Scenario scenario = {
        .name = absl::StrCat("BM_Family", i / 10, "/shape:fan_out/steps:10/stored_runs:", i,
                             "/iterations:1/manual_time"),
        .status = CheckStatus::kPass};
    for (int j = 0; j < checks_each; ++j) {
      scenario.checks.push_back(PassingCheck(absl::StrCat("check_", j), 1.1 + i + 0.1 * j));
    }
    verdict.scenarios.push_back(std::move(scenario));
  }
  verdict.summary = Summarize(verdict.scenarios);
  verdict.coverage = CoverageOf(verdict.scenarios);
  return verdict;
}

// Turns a check of that verdict into one that is no pass.
inline void SetStatus(CheckStatus status, size_t benchmark, size_t check, Verdict& verdict) {
  Scenario& scenario = verdict.scenarios[benchmark];
  scenario.checks[check].status = status;
  scenario.checks[check].headroom = 0.5;
  scenario.checks[check].reason = Reason::kErrorRow;
  std::get<ObjectiveDetail>(scenario.checks[check].detail).message =
      absl::StrCat("reason ", benchmark, "-", check);
  scenario.status = std::max(scenario.status, status);
  verdict.summary = Summarize(verdict.scenarios);
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_VERDICT_TESTING_H_
