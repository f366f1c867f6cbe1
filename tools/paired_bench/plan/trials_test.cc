#include "tools/paired_bench/plan/trials.h"

#include <map>
#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/lib/changes/default_limits.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Key;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

// Programs of which it is said what trials find.
class SaidPrograms : public TrialRunner {
 public:
  absl::StatusOr<PairRun> Try(const std::string& benchmark, bool thorough) override {
    tried.push_back(absl::StrCat(benchmark, thorough ? "!" : ""));
    const auto quick = quick_problems.find(benchmark);
    if (!thorough && quick != quick_problems.end()) return quick->second;
    const auto found = problems.find(benchmark);
    if (found != problems.end()) return found->second;
    const double time = zero_times.contains(benchmark) ? 0 : 5;
    const BenchmarkRun run = {
        .row = {.name = benchmark, .time_unit = "ns", .metrics = {{"cpu_time", time}}},
        .context = {}};
    return PairRun{.base = run, .candidate = run};
  }

  bool IsBenchmark(const std::string& line) override { return !lines.contains(line); }

  std::map<std::string, absl::Status> problems;
  std::map<std::string, absl::Status> quick_problems;  // gone when it is thorough
  std::set<std::string> zero_times;
  std::set<std::string> lines;
  std::vector<std::string> tried;
};

Selection Of(const std::vector<std::string>& names) {
  return {.selected = names, .measurable = names, .control = names.front()};
}

Trials RunAll(const Selection& selection, TrialRunner& runner) {
  return RunTrials(selection, tools::DefaultLimits(), runner, [] { return false; });
}

TEST(RunTrials, FindWhatCanBeAControl) {
  SaidPrograms programs;
  programs.zero_times = {"B"};
  const Trials trials = RunAll(Of({"A", "B", "C"}), programs);
  EXPECT_THAT(trials.fit_for_control, ElementsAre("A", "C"));
  EXPECT_THAT(trials.failures, IsEmpty());
  EXPECT_THAT(trials.pair_times, UnorderedElementsAre(Key("A"), Key("B"), Key("C")));
}

TEST(RunTrials, AreThoroughThreeTimesAndWhereThereIsDoubt) {
  SaidPrograms programs;
  programs.quick_problems["E"] = absl::InvalidArgumentError("a rate of Infinity");
  const Trials trials = RunAll(Of({"A", "B", "C", "D", "E"}), programs);
  EXPECT_THAT(programs.tried, ElementsAre("A", "A!", "B", "B!", "C", "C!", "D", "E", "E!"));
  EXPECT_THAT(trials.fit_for_control, ElementsAre("A", "B", "C", "D", "E"));
}

TEST(RunTrials, SayWhatCannotBeMeasured) {
  SaidPrograms programs;
  programs.problems["A"] = absl::InvalidArgumentError("SIGSEGV");
  programs.problems["B"] = absl::DeadlineExceededError("timed out");
  const Trials trials = RunAll(Of({"A", "B", "C"}), programs);
  EXPECT_THAT(trials.failures, ElementsAre(Pair("A", "SIGSEGV"), Pair("B", "timed out")));
  EXPECT_THAT(programs.tried, ElementsAre("A", "A!", "B", "C", "C!")) << "no second timeout";
}

TEST(RunTrials, TellLinesFromBenchmarks) {
  SaidPrograms programs;
  programs.problems["3 benchmarks"] = absl::NotFoundError("no row");
  programs.problems["A]"] = absl::NotFoundError("no row");
  programs.lines = {"3 benchmarks", "pid 17"};
  Selection selection = Of({"3 benchmarks", "A]", "B"});
  selection.not_measurable = {{.benchmark = "pid 17", .in_candidate = false},
                              {.benchmark = "Gone", .in_candidate = false}};
  selection.selected.insert(selection.selected.end(), {"pid 17", "Gone"});
  const Trials trials = RunAll(selection, programs);
  EXPECT_THAT(trials.no_benchmarks, ElementsAre("pid 17", "3 benchmarks"));
  EXPECT_THAT(trials.failures, ElementsAre(Pair("A]", "no row")));
  TakeTrials(trials, selection);
  EXPECT_THAT(selection.selected, ElementsAre("A]", "B", "Gone"));
  EXPECT_THAT(selection.measurable, ElementsAre("B"));
  ASSERT_EQ(selection.not_measurable.size(), 2U);
  EXPECT_EQ(selection.not_measurable[0].benchmark, "Gone");
  EXPECT_THAT(selection.not_measurable[1].failures, ElementsAre("trial: no row"));
  EXPECT_EQ(selection.control, "B");
}

TEST(RunTrials, StopWhenInterruptedOrOutOfTime) {
  SaidPrograms programs;
  programs.problems["B"] = absl::CancelledError();
  EXPECT_TRUE(RunAll(Of({"A", "B", "C"}), programs).interrupted);
  EXPECT_THAT(programs.tried, ElementsAre("A", "A!", "B"));
  Selection selection = Of({"A", "B"});
  const Trials none = RunTrials(selection, tools::DefaultLimits(), programs, [] { return true; });
  EXPECT_FALSE(none.interrupted);
  TakeTrials(none, selection);
  EXPECT_THAT(selection.measurable, ElementsAre("A", "B")) << "what was not tried is measured";
  EXPECT_EQ(selection.control, "A");
}

TEST(TakeTrials, TakeAnotherControlAndKeepTheRestAsSpares) {
  const std::map<std::string, absl::Duration> tried = {
      {"B", absl::Seconds(1)}, {"C", absl::Seconds(1)}, {"D", absl::Seconds(1)}};
  const Trials trials = {.no_benchmarks = {},
                         .failures = {{"A", "x"}},
                         .fit_for_control = {"C", "D"},
                         .pair_times = tried};
  Selection selection = Of({"A", "B", "C", "D"});
  TakeTrials(trials, selection);
  EXPECT_EQ(selection.control, "C");
  EXPECT_THAT(selection.spare_controls, ElementsAre("D"));
  selection = Of({"A", "B", "C", "D"});
  selection.control = "D";
  TakeTrials(trials, selection);
  EXPECT_EQ(selection.control, "D") << "the one that was asked for, where it is fit";
  EXPECT_THAT(selection.spare_controls, ElementsAre("C"));
}

TEST(TakeTrials, LeaveNoControlWhereNothingIsFit) {
  Selection selection = Of({"A"});
  TakeTrials({.no_benchmarks = {},
              .failures = {},
              .fit_for_control = {},
              .pair_times = {{"A", absl::Seconds(1)}}},
             selection);
  EXPECT_EQ(selection.control, "");
  EXPECT_THAT(selection.spare_controls, IsEmpty());
  EXPECT_THAT(selection.measurable, ElementsAre("A"));
}

}  // namespace
}  // namespace slo::paired
