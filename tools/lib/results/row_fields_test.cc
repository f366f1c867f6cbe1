#include "tools/lib/results/row_fields.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::Optional;

TEST(IsRowMetric, LeavesOutWhatDescribesTheRun) {
  for (const char* key : {"family_index", "per_family_instance_index", "repetitions",
                          "repetition_index", "threads", "iterations"}) {
    EXPECT_FALSE(IsRowMetric(key)) << key;
  }
  for (const char* key : {"real_time", "cpu_time", "x", "items_per_second", "thread"}) {
    EXPECT_TRUE(IsRowMetric(key)) << key;
  }
}

TEST(IsRowTime, KnowsTheTwo) {
  EXPECT_TRUE(IsRowTime("real_time") && IsRowTime("cpu_time"));
  EXPECT_FALSE(IsRowTime("manual_time") || IsRowTime("time_unit") || IsRowTime(""));
}

TEST(NanosecondsPer, KnowsGoogleBenchmarksUnits) {
  EXPECT_THAT(NanosecondsPer("ns"), Optional(1.0));
  EXPECT_THAT(NanosecondsPer("us"), Optional(1e3));
  EXPECT_THAT(NanosecondsPer("ms"), Optional(1e6));
  EXPECT_THAT(NanosecondsPer("s"), Optional(1e9));
  for (const char* unit : {"", "m", "NS", "min"}) EXPECT_FALSE(NanosecondsPer(unit)) << unit;
}

TEST(RowError, TellsErrorsFromSkips) {
  EXPECT_THAT(RowError(true, "broken", false, ""), Optional(std::string("broken")));
  EXPECT_THAT(RowError(false, "", true, "no GPU"), Optional(std::string("skipped: no GPU")));
  EXPECT_THAT(RowError(true, "broken", true, "no GPU"), Optional(std::string("broken")));
  EXPECT_FALSE(RowError(false, "left over", false, "left over").has_value());
}

}  // namespace
}  // namespace slo::tools
