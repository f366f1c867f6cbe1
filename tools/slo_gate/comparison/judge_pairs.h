// The decisions on pairs of two builds, without a word about how they are shown: a pure function.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_JUDGE_PAIRS_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_JUDGE_PAIRS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "tools/lib/changes/paired_change.h"
#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/slo_gate/verdict/comparison_detail.h"

namespace slo::tools {

// A comparison by one metric, with what was decided about it.
struct JudgedChange {
  const PairsFile* file = nullptr;
  // The pairs behind it; null when the file has none of a benchmark that was selected.
  const MeasuredPairs* measured = nullptr;
  std::string benchmark;
  Comparison comparison = Comparison::kChange;
  const Tolerance* tolerance = nullptr;  // null: no tolerance matches
  const Waiver* waiver = nullptr;        // one in force; null: none
  Allowance allowance;                   // the tolerance's, or the waiver's where that is more
  std::optional<Defect> defect;
  // Without a defect:
  std::vector<double> log_ratios;  // of the pairs that count, see PairsToJudge
  PairedChange change;
  double adjusted_p_increase = 1;  // over analyses and comparisons
  double adjusted_p_decrease = 1;
  ChangeOutcome outcome = ChangeOutcome::kUndecided;

  // The defect, or else the outcome.
  Reason found() const;

  // One binary lacks the benchmark, and a waiver says that this is meant.
  bool is_absent_on_purpose() const;

  // That this metric is judged by: the tolerance's, or "cpu_time" without one.
  std::string metric() const;
};

// The changes of `benchmark`, one a tolerance, or one without any: with the waiver, and nothing
// measured yet.
std::vector<JudgedChange> BeginChanges(const PairsFile& file, const std::string& benchmark,
                                       const RegressionLimits& limits, absl::CivilDay today);

// The day of a time as in "2026-11-23T10:00:00Z".
absl::CivilDay DayOf(const std::string& generated_at_utc);

// Every comparison of every file by every metric that is limited, controls included, with one error
// over all of them:
// 1 - limits.confidence for calling anything regressed or improved (Holm), and as much for calling
// anything ok (Bonferroni). `today` decides which waivers are in force, in UTC. The result points
// into `files` and `limits`, which must outlive it.
std::vector<JudgedChange> JudgePairs(const std::vector<PairsFile>& files,
                                     const RegressionLimits& limits, absl::CivilDay today);

// How the error is spread over the comparisons by JudgePairs, whose result has `comparisons` of
// them, and over the analyses of `file` that can decide one.
ErrorPlan PlanOf(const PairsFile& file, double error, size_t comparisons);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_JUDGE_PAIRS_H_
