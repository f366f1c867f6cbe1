#include "tools/paired_bench/cli/pairs_progress.h"

#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

Collection Some() {
  static const PlannedComparison plan = {.benchmark =
                                             "BM_RunPath/shape:chain/steps:3/with/a/long/name"};
  Collection collection;
  collection.comparisons.push_back(Unmeasured(plan));
  collection.comparisons[0].findings[0].change = {
      .pairs = 16, .change = 0.004, .interval = tools::ChangeInterval{-0.008, 0.017}};
  return collection;
}

TEST(StatusLine, SaysWhereTheCollectionIs) {
  EXPECT_EQ(StatusLine(Some(), 0, absl::Seconds(41)),
            "0 of 1 done | ...hape:chain/steps:3/with/a/long/name: 0 pairs, +0.40 % [-0.80 %, "
            "+1.70 %] | 41s left");
}

TEST(PairsProgress, WritesOverItselfOnATerminalOnly) {
  std::ostringstream out;
  PairsProgress(false, out).Show(Some(), 0, absl::Seconds(1), absl::UnixEpoch());
  EXPECT_THAT(out.str(), IsEmpty());
  PairsProgress progress(true, out);
  progress.Show(Some(), 0, absl::Seconds(1), absl::UnixEpoch());
  EXPECT_THAT(out.str(), HasSubstr("\r\x1b[K0 of 1 done"));
  const std::string once = out.str();
  progress.Show(Some(), 0, absl::Seconds(1), absl::UnixEpoch() + absl::Milliseconds(99));
  EXPECT_EQ(out.str(), once) << "at most ten times a second";
}

TEST(CollectionSummary, HasALineForEachMetricOfEachComparison) {
  Collection collection = Some();
  EXPECT_THAT(CollectionSummary(collection), HasSubstr("undecided      0 pairs  +0.40 %"));
  collection.comparisons[0].measured.failures = {"pair 1: x"};
  EXPECT_THAT(CollectionSummary(collection), HasSubstr("failed"));
}

TEST(IntervalText, NeedsPairsAndHasLimitsWhereThereAreAny) {
  EXPECT_EQ(IntervalText({.pairs = 0, .change = 0.5}), "-");
  EXPECT_EQ(IntervalText({.pairs = 1, .change = 0.5}), "+50.00 %");
  EXPECT_EQ(IntervalText({.pairs = 16, .change = 0.5, .interval = tools::ChangeInterval{-0.25, 1}}),
            "+50.00 % [-25.00 %, +100 %]");
}

// A collection of comparisons of benchmarks with these names.
Collection OfPlans(const std::vector<PlannedComparison>& plans) {
  Collection collection;
  for (const PlannedComparison& plan : plans) collection.comparisons.push_back(Unmeasured(plan));
  return collection;
}

TEST(StatusLine, CountsWhatIsDone) {
  const std::vector<PlannedComparison> plans(3, {.benchmark = "A"});
  Collection collection = OfPlans(plans);
  collection.comparisons[1].is_done = true;
  collection.comparisons[2].is_done = true;
  collection.comparisons[0].measured.metrics["cpu_time"] = {{1, 1}, {1, 1}};
  EXPECT_EQ(StatusLine(collection, 0, absl::Seconds(2)), "2 of 3 done | A: 2 pairs, - | 2s left");
  EXPECT_EQ(StatusLine(collection, 1, absl::Seconds(2)), "2 of 3 done | A: 0 pairs, - | 2s left");
}

TEST(StatusLine, NamesControls) {
  const std::vector<PlannedComparison> plans = {
      {.benchmark = "A", .comparison = tools::Comparison::kQuietControl},
      {.benchmark = "A", .comparison = tools::Comparison::kSlowedControl}};
  const Collection collection = OfPlans(plans);
  EXPECT_THAT(StatusLine(collection, 0, absl::Seconds(2)), HasSubstr("| quiet_control A: "));
  EXPECT_THAT(StatusLine(collection, 1, absl::Seconds(2)), HasSubstr("| slowed_control A: "));
}

TEST(StatusLine, ShortensNamesFrom39Characters) {
  const std::vector<PlannedComparison> plans = {{.benchmark = "<" + std::string(37, 'x')},
                                                {.benchmark = "<" + std::string(38, 'x')}};
  const Collection collection = OfPlans(plans);
  EXPECT_THAT(StatusLine(collection, 0, absl::Seconds(2)),
              HasSubstr("| <" + std::string(37, 'x') + ": "));
  EXPECT_THAT(StatusLine(collection, 1, absl::Seconds(2)),
              HasSubstr("| ..." + std::string(35, 'x') + ": "));
}

TEST(StatusLine, HasAtMost100Characters) {
  Collection collection = Some();
  collection.comparisons[0].findings[0].change.change = 12'345'678;
  collection.comparisons[0].findings[0].change.interval =
      tools::ChangeInterval{1'234'567, 123'456'789};
  const std::string line = StatusLine(collection, 0, absl::Seconds(41));
  EXPECT_EQ(line.size(), 100U);
  EXPECT_EQ(line.substr(0, 13), "0 of 1 done |");
}

TEST(StatusLine, HasNeverLessThanNoTimeLeft) {
  EXPECT_THAT(StatusLine(Some(), 0, -absl::Seconds(5)), HasSubstr("| 0s left"));
  EXPECT_THAT(StatusLine(Some(), 0, absl::Seconds(1)), HasSubstr("| 1s left"));
}

TEST(PairsProgress, WritesAgainAfterATenthOfASecond) {
  std::ostringstream out;
  PairsProgress progress(true, out);
  const absl::Time start = absl::UnixEpoch();
  size_t written = 0;
  for (const auto& [ms, is_written] :
       {std::pair(0, true), {99, false}, {100, true}, {199, false}, {201, true}}) {
    progress.Show(Some(), 0, absl::Seconds(1), start + absl::Milliseconds(ms));
    EXPECT_EQ(out.str().size() > written, is_written) << ms;
    written = out.str().size();
  }
}

TEST(PairsProgress, ClearsTheLineOnATerminalOnly) {
  std::ostringstream out;
  PairsProgress(false, out).Clear();
  EXPECT_EQ(out.str(), "");
  PairsProgress(true, out).Clear();
  EXPECT_EQ(out.str(), "\r\x1b[K");
}

TEST(CollectionSummary, NamesOutcomesPairsAndTitles) {
  const std::vector<PlannedComparison> plans = {
      {.benchmark = "A", .comparison = tools::Comparison::kQuietControl}, {.benchmark = "B"}};
  Collection collection = OfPlans(plans);
  collection.comparisons[0].findings[0].outcome = tools::ChangeOutcome::kOk;
  collection.comparisons[0].findings[0].change = {.pairs = 3, .change = 0.5};
  collection.comparisons[0].measured.metrics["cpu_time"] = {{1, 1, 1}, {1, 1, 1}};
  collection.comparisons[1].measured.failures = {"pair 1: x"};
  EXPECT_EQ(CollectionSummary(collection),
            "ok             3 pairs  +50.00 %                          quiet_control A  cpu_time\n"
            "failed         0 pairs  -                                 B  cpu_time\n");
}

}  // namespace
}  // namespace slo::paired
