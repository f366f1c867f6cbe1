#include "tools/slo_gate/cli/merge.h"

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

TEST(MergeResults, NumbersProcessesInTheOrderOfTheFiles) {
  const auto two_rows = [](int x) {
    return json{{"benchmarks", {{{"name", "BM_B"}, {"x", x}}, {{"name", "BM_A"}, {"x", 2}}}}}
        .dump();
  };
  const auto processes = [&](const std::vector<std::pair<std::string, std::string>>& files) {
    std::vector<std::string> rows;
    const json merged = json::parse(MergeResults(files).value());
    for (const json& row : merged["benchmarks"]) {
      rows.push_back(row["name"].get<std::string>() + row["process"].dump());
    }
    return rows;
  };
  EXPECT_EQ(processes({{"a", two_rows(1)}, {"b", two_rows(2)}, {"c", two_rows(3)}}),
            (std::vector<std::string>{"BM_B0", "BM_A0", "BM_B1", "BM_A1", "BM_B2", "BM_A2"}));
  const std::string one_row = json{{"benchmarks", {{{"name", "BM_C"}, {"x", 1}}}}}.dump();
  EXPECT_EQ(processes({{"z", one_row}, {"a", two_rows(1)}}),
            (std::vector<std::string>{"BM_C0", "BM_B1", "BM_A1"}));
  EXPECT_EQ(processes({{"a", two_rows(1)}, {"z", one_row}}),
            (std::vector<std::string>{"BM_B0", "BM_A0", "BM_C1"}));
}

TEST(MergeResults, TakesTheFirstContextThereIs) {
  const std::string without = json{{"benchmarks", {{{"name", "BM_A"}, {"x", 1}}}}}.dump();
  const auto date = [](const char* day) {
    return json{{"context", {{"date", day}}}, {"benchmarks", json::array()}}.dump();
  };
  const auto merged = MergeResults({{"a", without}, {"b", date("1st")}, {"c", date("2nd")}});
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(json::parse(*merged)["context"]["date"], "1st");
  EXPECT_FALSE(json::parse(MergeResults({{"a", without}}).value()).contains("context"));
}

TEST(MergeResults, TakesAggregatesWhoseVariationIsNaN) {
  const auto merged =
      MergeResults({{"a", R"({"benchmarks": [{"name": "BM_A_cv", "run_type": "aggregate", "x": NaN},
                                {"name": "BM_A", "x": 1}]})"}});
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_TRUE(json::parse(*merged)["benchmarks"][0]["x"].is_null());
  EXPECT_EQ(json::parse(*merged)["benchmarks"][1]["x"], 1);
}

// A row whose number is none, or is there twice, must not be lost, nor become a wrong number.
TEST(MergeResults, WritesNullForANumberThatIsNone) {
  const auto merged = MergeResults({{"a", R"({"context": {"mhz": -nan}, "benchmarks": [
      {"name": "BM_A", "iterations": 7, "x": -nan(ind), "y": Infinity, "z": 1,
       "iterations": 9}]})"}});
  ASSERT_TRUE(merged.ok()) << merged.status();
  const json row = json::parse(*merged)["benchmarks"][0];
  EXPECT_TRUE(row["x"].is_null() && row["y"].is_null() && row["iterations"].is_null()) << row;
  EXPECT_EQ(row["z"], 1);
  EXPECT_EQ(MergeResults({{"merged", *merged}}).value(), *merged) << "it can be read again";
}

TEST(MergeResults, KeepsTheContextAsItStands) {
  const json context = {{"num_cpus", 2}, {"caches", {{{"level", 1}}}}, {"load_avg", {0.5, 1}}};
  const std::string results = json{{"context", context}, {"benchmarks", json::array()}}.dump();
  EXPECT_EQ(json::parse(MergeResults({{"a", results}}).value())["context"], context);
}

TEST(MergeResults, WritesALineARowAndKeepsItsLetters) {
  const std::string merged =
      MergeResults({{"a", R"({"benchmarks": [{"name": "BM_ä", "x": 1}, {"name": "BM_B"}]})"}})
          .value();
  EXPECT_EQ(merged,
            "{\n \"benchmarks\": [\n  {\"name\":\"BM_ä\",\"process\":0,\"x\":1},\n  "
            "{\"name\":\"BM_B\",\"process\":0}\n ]\n}\n");
}

TEST(MergeResults, OfNoFilesHasNoRows) {
  EXPECT_TRUE(json::parse(MergeResults({}).value())["benchmarks"].empty());
}

}  // namespace
}  // namespace slo::tools
