#include "tools/slo_gate/objectives/judge_processes.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/slo_gate/objectives/row_testing.h"

namespace slo::tools {
namespace {

// A row of each process, each in a report of its own.
class Processes {
 public:
  explicit Processes(const std::vector<NamedValues>& rows, Origin origin = Origin::kOurs)
      : reports_(rows.size()) {
    for (size_t i = 0; i < rows.size(); ++i) {
      if (origin == Origin::kOurs) reports_[i].context["slo_schema"] = "1";
      reports_[i].rows.push_back(RowWith(rows[i]));
      benchmark_.rows.push_back({&reports_[i], &reports_[i].rows[0]});
    }
  }

  const BenchmarkRows& benchmark() const { return benchmark_; }

  Decision Judge(const std::string& metric, double limit, Check& check,
                 LimitKind kind = LimitKind::kMax, std::optional<double> stated = 0.99) const {
    check = {.metric = metric, .kind = kind, .threshold = {.value = limit, .text = "L"}};
    return JudgeProcesses(benchmark_, {.origin = Origin::kOurs, .stated = stated, .required = 0.95},
                          check);
  }

 private:
  std::vector<Report> reports_;
  BenchmarkRows benchmark_ = {.name = "BM_A"};
};

std::vector<NamedValues> Plain(const std::vector<double>& values) {
  std::vector<NamedValues> rows;
  for (const double value : values) rows.push_back({{"x_us", value}});
  return rows;
}

NamedValues Latency(double p99, double upper, double share = 1) {
  return {{"latency_p99_us", p99},         {"latency_p99_lower_us", p99 * 0.9},
          {"latency_p99_upper_us", upper}, {"latency_p99_upper_effective_samples_count", 2'500},
          {"samples_count", 10'000},       {"processes_count", share}};
}

TEST(JudgeProcesses, JudgesByTheSpreadBetweenThem) {
  // Mean of the logarithms 1.5 ln 2, deviation 1.290994 ln 2, t(0.95, 3) = 2.353363.
  const double upper = std::pow(2, 1.5 + 2.353363 * 1.290994 / 2);
  const Processes processes(Plain({1, 2, 4, 8}));
  Check check;
  EXPECT_EQ(processes.Judge("x_us", upper * 1.001, check), kKept);
  EXPECT_NEAR(*check.bound, upper, 1e-4);
  EXPECT_NEAR(*check.actual, std::pow(2, 1.5), 1e-9);
  EXPECT_EQ(check.confidence, 0.95);
  EXPECT_EQ(check.objective()->processes->count, 4);
  EXPECT_EQ(check.objective()->processes->smallest, 1);
  EXPECT_EQ(check.objective()->processes->largest, 8);
  EXPECT_EQ(processes.Judge("x_us", upper * 0.999, check), kNeither);
  EXPECT_EQ(processes.Judge("x_us", 0.5, check), kViolated);
}

TEST(JudgeProcesses, NeedsNoPointWhereEqualValuesShowIt) {
  Check check;
  EXPECT_EQ(Processes(Plain({0, 0, 0, 0})).Judge("x_us", 0, check), kKept);
  EXPECT_EQ(Processes(Plain({7, 7, 7, 7})).Judge("x_us", 6, check), kViolated);
}

TEST(JudgeProcesses, TakesTheWidestBoundOfAPercentileWithinTheProcesses) {
  const std::vector<NamedValues> rows = {Latency(10, 11), Latency(10, 11), Latency(10, 40),
                                         Latency(10, 11)};
  Check check;
  EXPECT_EQ(Processes(rows).Judge("latency_p99_us", 50, check), kKept);
  EXPECT_EQ(check.bound, 40);
  EXPECT_EQ(check.objective()->processes->bound_within, 40);
  EXPECT_NEAR(*check.objective()->processes->bound_between, 10, 1e-9);
  EXPECT_EQ(check.samples, 40'000);
  EXPECT_EQ(check.effective_samples, 10'000);
  EXPECT_EQ(Processes(rows).Judge("latency_p99_us", 39, check), kNeither);
  EXPECT_EQ(Processes(rows).Judge("latency_p99_us", 8, check), kViolated);
}

TEST(JudgeProcesses, ShowsNothingOfAPercentileWithoutEachBound) {
  std::vector<NamedValues> rows(4, Latency(10, 11));
  rows[2] = {{"latency_p99_us", 10}, {"samples_count", 30}};
  Check check;
  EXPECT_EQ(Processes(rows).Judge("latency_p99_us", 50, check), kNeither);
  EXPECT_TRUE(check.objective()->lacks_bound);
}

TEST(JudgeProcesses, KeepsTheLevelOfTheBoundsWithin) {
  const std::vector<NamedValues> rows(4, Latency(10, 11));
  Check check;
  EXPECT_EQ(Processes(rows).Judge("latency_p99_us", 50, check, LimitKind::kMax, 0.9).reason,
            Reason::kLevelTooLow);
  EXPECT_EQ(
      Processes(rows).Judge("latency_p99_us", 50, check, LimitKind::kMax, std::nullopt).reason,
      Reason::kNoLevel);
}

TEST(JudgeProcesses, LowersAThroughputByWhatAllMayHaveMissed) {
  // 4 processes of 100 runs in a second each; three disturbances (-ln 0.05) of 0.1 s.
  const std::vector<NamedValues> rows(
      4, {{"runs_per_second", 100}, {"success_ratio", 1}, {"success_trials_count", 100}});
  const auto judge = [](const std::vector<NamedValues>& of, double limit, double seconds) {
    Check check = {.metric = "runs_per_second",
                   .kind = LimitKind::kMin,
                   .threshold = {.value = limit, .text = "L"}};
    return JudgeProcesses(Processes(of).benchmark(),
                          {.origin = Origin::kOurs, .allowed = {.seconds = seconds}}, check);
  };
  EXPECT_EQ(judge(rows, 99.999, 0), kKept);
  EXPECT_EQ(judge(rows, 400 / 4.29957 - 0.001, 0.1), kKept);
  EXPECT_EQ(judge(rows, 400 / 4.29957 + 0.001, 0.1), kNeither);
  EXPECT_EQ(judge(rows, 100.001, 0.1), kViolated);
  const std::vector<NamedValues> without(4, {{"runs_per_second", 100}});
  EXPECT_EQ(judge(without, 1, 0).reason, Reason::kLacksCounter);
}

TEST(JudgeProcesses, JudgesARatioOfAllTrials) {
  const auto rows = [](double misses) {
    std::vector<NamedValues> all(4, {{"success_ratio", 1}, {"success_trials_count", 100}});
    all[1][0].second = 1 - misses / 100;
    return all;
  };
  Check check;
  EXPECT_EQ(Processes(rows(0)).Judge("success_ratio", 0.99, check, LimitKind::kMin), kKept)
      << "400 without a miss";
  EXPECT_EQ(check.samples, 400);
  EXPECT_EQ(Processes(rows(8)).Judge("success_ratio", 0.99, check, LimitKind::kMin), kNeither)
      << "8 of 400 would be too many, but all are of one process";
  EXPECT_LT(*check.effective_samples, 200);
  EXPECT_EQ(Processes(rows(100)).Judge("success_ratio", 1, check, LimitKind::kMin), kViolated);
}

TEST(JudgeProcesses, LetsAnUnfitRowDecide) {
  std::vector<NamedValues> rows = Plain({1, 1, 1, 1});
  rows[3] = {{"y", 1}};
  Check check;
  EXPECT_EQ(Processes(rows).Judge("x_us", 50, check),
            (Decision{CheckStatus::kFail, Reason::kNoMetric}));
}

TEST(AreProcesses, OnlyOfOurProgramAndEnough) {
  EXPECT_TRUE(AreProcesses(Processes(Plain({1, 1, 1, 1})).benchmark()));
  EXPECT_FALSE(AreProcesses(Processes(Plain({1, 1, 1})).benchmark()));
  EXPECT_TRUE(AreProcesses(Processes({Latency(1, 2, 2), Latency(1, 2, 2)}).benchmark()))
      << "shares of two say nothing of one";
  EXPECT_FALSE(AreProcesses(Processes(Plain({1, 1, 1, 1}), Origin::kForeign).benchmark()));
}

TEST(ExpectedProcesses, IsWhatARowSays) {
  EXPECT_EQ(ExpectedProcesses(Processes(Plain({1})).benchmark()), 1);
  EXPECT_EQ(ExpectedProcesses(Processes({Latency(1, 2), Latency(1, 2, 8)}).benchmark()), 8);
  EXPECT_EQ(ExpectedProcesses(Processes({Latency(1, 2, 8)}, Origin::kForeign).benchmark()), 1);
}

TEST(JudgeGuardOfProcesses, TakesTheMean) {
  const Processes processes({{{"environment_stall_share", 0.4}}, {{"environment_stall_share", 0}}});
  Check check = {.metric = "environment_stall_share", .threshold = {.value = 0.2, .text = "0.2"}};
  EXPECT_EQ(JudgeGuardOfProcesses(processes.benchmark(), {.origin = Origin::kOurs}, check), kKept);
  EXPECT_EQ(check.actual, 0.2);
  check.threshold.value = 0.19;
  EXPECT_EQ(JudgeGuardOfProcesses(processes.benchmark(), {.origin = Origin::kOurs}, check),
            kViolated);
}

}  // namespace
}  // namespace slo::tools
