#include "tools/lib/results/longest_disturbance.h"

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(LongestDisturbance, IsWhatTheContextSays) {
  const Report report = {
      .context = {{"slo_longest_disturbance", "2.5ms"}, {"slo_disturbed_requests", "84"}}};
  EXPECT_EQ(DisturbanceAllowedFor(report), (LongestDisturbance{.seconds = 0.0025, .requests = 84}));
}

TEST(LongestDisturbance, IsNoneWhereTheContextDoesNotSayOrSaysNone) {
  EXPECT_EQ(DisturbanceAllowedFor(Report()), LongestDisturbance());
  const Report report = {
      .context = {{"slo_longest_disturbance", "soon"}, {"slo_disturbed_requests", "-3"}}};
  EXPECT_EQ(DisturbanceAllowedFor(report), (LongestDisturbance{.seconds = 0, .requests = 1}));
}

TEST(LongestDisturbance, CoversWhatIsLongerInNeitherWay) {
  const LongestDisturbance some = {.seconds = 1, .requests = 10};
  EXPECT_TRUE(some.Covers(some));
  EXPECT_TRUE(some.Covers({.seconds = 0.5, .requests = 10}));
  EXPECT_FALSE(some.Covers({.seconds = 1, .requests = 11}));
  EXPECT_FALSE(some.Covers({.seconds = 1.1, .requests = 1}));
}

}  // namespace
}  // namespace slo::tools
