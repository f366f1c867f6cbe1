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
  collection.comparisons.push_back(
      {.plan = &plan,
       .change = {.pairs = 16, .change = 0.004, .interval = tools::ChangeInterval{-0.008, 0.017}}});
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

TEST(CollectionSummary, HasALineAComparison) {
  Collection collection = Some();
  EXPECT_THAT(CollectionSummary(collection), HasSubstr("undecided      0 pairs  +0.40 %"));
  collection.comparisons[0].measured.failures = {"pair 1: x"};
  EXPECT_THAT(CollectionSummary(collection), HasSubstr("failed"));
}

}  // namespace
}  // namespace slo::paired
