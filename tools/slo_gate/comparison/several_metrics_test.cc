// Benchmarks that several tolerances limit, each another metric.

#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/comparison/pairs_testing.h"

namespace slo::tools {
namespace {

constexpr char kTwoMetrics[] = R"({"version": 1, "tolerances": [
  {"id": "p10", "benchmark": "BM_*", "metric": "cpu_time", "max_increase": "3%",
   "why": "w", "source": "s"},
  {"id": "mean", "benchmark": "BM_*", "metric": "mean", "max_increase": "5%",
   "why": "w", "source": "s"}]})";

// A file whose benchmark BM_A has this change in its mean and none in its 10th percentile. The
// controls have both alike.
PairsFile TwoMetrics(double change_of_mean) {
  PairsFile file = MakePairs({{.benchmark = "BM_A"}});
  const PairsFile means = MakePairs({{.benchmark = "BM_A", .change = change_of_mean}}, 9);
  for (size_t i = 0; i < file.measured.size(); ++i) {
    file.measured[i].metrics["mean"] = means.measured[i].metrics.at("cpu_time");
  }
  return file;
}

// The reasons of the checks of the scenario, by id.
std::map<std::string, Reason> ReasonsOf(const Verdict& verdict, const std::string& scenario) {
  std::map<std::string, Reason> reasons;
  for (const Scenario& one : verdict.scenarios) {
    if (one.name != scenario) continue;
    for (const Check& check : one.checks) reasons[check.id + " " + check.metric] = check.reason;
  }
  return reasons;
}

using Reasons = std::map<std::string, Reason>;

TEST(SeveralMetrics, AreJudgedEachByItsOwnTolerance) {
  const Verdict verdict = VerdictOn({TwoMetrics(0.1)}, kTwoMetrics);
  EXPECT_EQ(ReasonsOf(verdict, "BM_A"), (Reasons{{"p10 cpu_time change", Reason::kOk},
                                                 {"mean mean change", Reason::kRegressed}}));
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(verdict.coverage.expected, 1) << "one benchmark";
  EXPECT_EQ(ExitCodeOf(VerdictOn({TwoMetrics(0)}, kTwoMetrics)), 0);
}

TEST(SeveralMetrics, ShareOneError) {
  // BM_A and two controls, by two metrics each.
  const RegressionLimits limits = MakeLimits(kTwoMetrics);
  const std::vector<PairsFile> files = {TwoMetrics(0)};
  EXPECT_EQ(JudgePairs(files, limits, Today()).size(), 6U);
  for (const Scenario& scenario : VerdictOn({TwoMetrics(0)}, kTwoMetrics).scenarios) {
    for (const Check& check : scenario.checks) {
      EXPECT_NEAR(check.confidence.value_or(0), 1 - 0.01 / 6, 1e-12) << check.metric;
    }
  }
}

TEST(SeveralMetrics, HaveBothControlsEach) {
  const Verdict verdict = VerdictOn({TwoMetrics(0)}, kTwoMetrics);
  EXPECT_EQ(ReasonsOf(verdict, "control: BM_Control"),
            (Reasons{{"quiet_control cpu_time change", Reason::kQuiet},
                     {"quiet_control mean change", Reason::kQuiet},
                     {"slowed_control cpu_time change", Reason::kCaught},
                     {"slowed_control mean change", Reason::kCaught}}));
}

TEST(SeveralMetrics, AreInDoubtWhereTheControlOfOneFails) {
  PairsFile file = TwoMetrics(0);
  for (MeasuredPairs& one : file.measured) {
    if (one.comparison != Comparison::kQuietControl) continue;
    for (double& value : one.metrics["mean"].candidate) value *= 1.2;
  }
  const Verdict verdict = VerdictOn({file}, kTwoMetrics);
  EXPECT_EQ(ExitCodeOf(verdict), 4);
  for (const auto& [check, reason] : ReasonsOf(verdict, "BM_A")) {
    EXPECT_EQ(reason, Reason::kNotTrusted) << check;
  }
}

TEST(SeveralMetrics, FailWhereOneWasNotRecorded) {
  PairsFile file = TwoMetrics(0);
  file.measured[0].metrics.erase("mean");
  EXPECT_EQ(ReasonsOf(VerdictOn({file}, kTwoMetrics), "BM_A"),
            (Reasons{{"p10 cpu_time change", Reason::kOk}, {"mean mean change", Reason::kNoTime}}));
}

TEST(SeveralMetrics, AreAllMissingWithTheirBenchmark) {
  PairsFile file = TwoMetrics(0);
  file.measured.erase(file.measured.begin());
  EXPECT_EQ(
      ReasonsOf(VerdictOn({file}, kTwoMetrics), "BM_A"),
      (Reasons{{"p10 cpu_time change", Reason::kMissing}, {"mean mean change", Reason::kMissing}}));
}

}  // namespace
}  // namespace slo::tools
