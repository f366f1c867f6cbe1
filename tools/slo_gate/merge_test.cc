#include "tools/slo_gate/merge.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::string Results(double cpu_time, const char* seed) {
  return json{{"context", {{"slo_seed", seed}}},
              {"benchmarks", {{{"name", "BM_A"}, {"cpu_time", cpu_time}, {"time_unit", "us"}}}}}
      .dump();
}

TEST(MergeResults, KeepsEveryRowAndTellsTheProcessesApart) {
  const auto merged = MergeResults({{"a", Results(1, "1")}, {"b", Results(2, "1")}});
  ASSERT_TRUE(merged.ok()) << merged.status();
  const json document = json::parse(*merged);
  ASSERT_EQ(document["benchmarks"].size(), 2U);
  EXPECT_EQ(document["benchmarks"][1]["cpu_time"], 2);
  EXPECT_EQ(document["benchmarks"][1]["process"], 1);
  EXPECT_EQ(document["benchmarks"][1]["time_unit"], "us");
  EXPECT_EQ(document["context"]["slo_seed"], "1");
}

TEST(MergeResults, NamesEveryProblem) {
  const auto merged =
      MergeResults({{"a", Results(1, "1")}, {"b", "nothing"}, {"c", Results(2, "7")}});
  const std::string problems(merged.status().message());
  EXPECT_THAT(problems, HasSubstr("b: "));
  EXPECT_THAT(problems, HasSubstr("c: context.slo_seed: expected \"1\" as in a, found \"7\""));
}

}  // namespace
}  // namespace slo::tools
