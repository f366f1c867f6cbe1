#include "tools/lib/results/row_fields.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::Optional;

TEST(FieldOf, TellsWhatIsAMetric) {
  for (const char* key :
       {"family_index", "per_family_instance_index", "repetitions", "repetition_index"}) {
    EXPECT_FALSE(IsMetric(FieldOf(key))) << key;
  }
  for (const char* key :
       {"real_time", "cpu_time", "threads", "iterations", "x", "items_per_second", "thread"}) {
    EXPECT_TRUE(IsMetric(FieldOf(key))) << key;
  }
  for (const char* key : {"name", "label", "time_unit", "big_o", "skip_message", "run_type"}) {
    EXPECT_TRUE(IsText(FieldOf(key))) << key;
  }
  EXPECT_FALSE(IsText(FieldOf("threads")) || IsText(FieldOf("x")));
}

TEST(FieldOf, KnowsTheTwoTimes) {
  EXPECT_TRUE(FieldOf("real_time") == RowField::kTime && FieldOf("cpu_time") == RowField::kTime);
  for (const char* key : {"manual_time", "time_unit", ""}) {
    EXPECT_NE(FieldOf(key), RowField::kTime) << key;
  }
}

TEST(RepeatedRowKey, TellsFieldsThatACounterMayBeNamedLike) {
  EXPECT_EQ(RepeatedRowKey("iterations"), RepeatedKey::kBecomesNull);
  EXPECT_EQ(RepeatedRowKey("items_per_second"), RepeatedKey::kBecomesNull);
  EXPECT_EQ(RepeatedRowKey("repetition_index"), RepeatedKey::kFirstCounts);
  for (const char* key : {"name", "time_unit", "x"}) {
    EXPECT_EQ(RepeatedRowKey(key), RepeatedKey::kIsError) << key;
  }
}

TEST(NanosecondsPer, KnowsGoogleBenchmarksUnits) {
  EXPECT_THAT(NanosecondsPer("ns"), Optional(1.0));
  EXPECT_THAT(NanosecondsPer("us"), Optional(1e3));
  EXPECT_THAT(NanosecondsPer("ms"), Optional(1e6));
  EXPECT_THAT(NanosecondsPer("s"), Optional(1e9));
  for (const char* unit : {"", "m", "NS", "min"}) EXPECT_FALSE(NanosecondsPer(unit)) << unit;
}

TEST(TimeScale, TakesARatioAsItIs) {
  EXPECT_THAT(TimeScale({.time_unit = "us"}), Optional(1e3));
  EXPECT_THAT(TimeScale({.aggregate_unit = "time", .time_unit = "us"}), Optional(1e3));
  EXPECT_THAT(TimeScale({.aggregate_unit = "percentage", .time_unit = "us"}), Optional(1.0));
  EXPECT_THAT(TimeScale({.name = "BM_A_cv", .run_type = "aggregate", .time_unit = "us"}),
              Optional(1.0));
  EXPECT_FALSE(TimeScale({}).has_value());
  EXPECT_FALSE(TimeScale({.time_unit = "h"}).has_value());
}

TEST(RowError, TellsErrorsFromSkips) {
  EXPECT_THAT(RowError({.error_occurred = true, .error_message = "broken"}),
              Optional(std::string("broken")));
  EXPECT_THAT(RowError({.skipped = true, .skip_message = "no GPU"}),
              Optional(std::string("skipped: no GPU")));
  EXPECT_THAT(RowError({.error_occurred = true, .skipped = true, .error_message = "broken"}),
              Optional(std::string("broken")));
  EXPECT_FALSE(RowError({.error_occurred = false, .skipped = false}).has_value());
}

}  // namespace
}  // namespace slo::tools
