// The ledger of an open loop, and what its options and its result are before anything is set.

#include "bench/drive/open_loop.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(Ledger, AddsUpOrDoesNot) {
  EXPECT_TRUE(
      (Ledger{.planned = 10, .completed = 4, .failed = 3, .dropped = 2, .in_flight = 1}.adds_up()));
  EXPECT_FALSE((Ledger{.planned = 10, .completed = 4, .failed = 3, .dropped = 2}.adds_up()));
}

TEST(Ledger, CountsWhatWasStarted) {
  EXPECT_EQ((Ledger{.planned = 100, .completed = 4, .failed = 20, .dropped = 7, .in_flight = 30}
                 .started()),
            54);
  EXPECT_TRUE((Ledger{.planned = 1, .dropped = 1}.adds_up()));
  EXPECT_FALSE((Ledger{.planned = 2, .dropped = 1}.adds_up()));
  EXPECT_TRUE(Ledger().adds_up());
}

TEST(OpenLoopOptions, HaveTheDefaultsThatAreDocumented) {
  EXPECT_EQ(OpenLoopOptions().late_after, absl::Milliseconds(1));
  EXPECT_EQ(OpenLoopOptions().drop_after, absl::Seconds(1));
  EXPECT_EQ(OpenLoopOptions().drain, absl::Seconds(2));
}

TEST(OpenLoopResult, HasNothingBeforeARun) {
  const OpenLoopResult result;
  EXPECT_EQ(result.late_starts, 0);
  EXPECT_EQ(result.workers, 0);
  EXPECT_EQ(result.ledger.planned + result.ledger.dropped + result.ledger.in_flight, 0);
  EXPECT_EQ(result.ledger.completed, 0);
  EXPECT_EQ(result.ledger.failed, 0);
}

}  // namespace
}  // namespace slo::bench
