#include "tools/lib/results/aggregate_rows.h"

#include "gtest/gtest.h"
#include "tools/lib/results/report.h"

namespace slo::tools {
namespace {

TEST(WithReadableAggregates, ReplacesWhatIsNotFiniteInAggregatesOnly) {
  EXPECT_EQ(WithReadableAggregates(
                R"([{"run_type": "aggregate", "a": NaN, "b": -Infinity, "c": "NaN \" NaN"},)"
                R"( {"run_type": "iteration", "a": NaN}])"),
            R"([{"run_type": "aggregate", "a": null, "b": null, "c": "NaN \" NaN"},)"
            R"( {"run_type": "iteration", "a": NaN}])");
}

TEST(WithReadableAggregates, LeavesEveryOtherTextAsItIs) {
  for (const char* text : {"", "\"", "\"\\", "{\"a\": [1, {}]}", "NaN", "{\"aggregate\": Na"}) {
    EXPECT_EQ(WithReadableAggregates(text), text);
  }
}

TEST(ParseReport, ReadsRepetitionsOfACounterThatIsZero) {
  const auto report = ParseReport("r.json", R"({"benchmarks": [
    {"name": "BM_A", "run_type": "iteration", "x": 0, "time_unit": "ns"},
    {"name": "BM_A_cv", "run_type": "aggregate", "x": NaN}]})");
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->rows.size(), 1u);
  EXPECT_FALSE(ParseReport("r.json", R"({"benchmarks": [
    {"name": "BM_A", "run_type": "iteration", "x": NaN}]})")
                   .ok());
}

}  // namespace
}  // namespace slo::tools
