#include "tools/lib/results/trace_identity.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kCommand[] = "slo_command_line";

TEST(IsOfSameCommand, ComparesCommandRevisionAndSeed) {
  const std::map<std::string, std::string> context = {
      {kCommand, "bench"}, {"slo_git_revision", "abc"}, {"slo_seed", "1"}, {"host_name", "h"}};
  EXPECT_TRUE(IsOfSameCommand({.context = context}, {.context = context}));
  for (const char* key : kTraceIdentity) {
    auto other = context;
    other[key] = "other";
    EXPECT_FALSE(IsOfSameCommand({.context = context}, {.context = other})) << key;
    other.erase(key);
    EXPECT_FALSE(IsOfSameCommand({.context = other}, {.context = context})) << key;
    EXPECT_FALSE(IsOfSameCommand({.context = other}, {.context = other})) << "neither says " << key;
  }
  auto elsewhere = context;
  elsewhere["host_name"] = "other";
  EXPECT_TRUE(IsOfSameCommand({.context = context}, {.context = elsewhere}));
}

TraceScenario ScenarioOf(const std::string& row, int64_t count, int64_t max_ns) {
  return {.row = row,
          .histograms = {{.prefix = "run_", .count = count, .max_ns = max_ns, .buckets = {}}}};
}

ReportRow RowOf(const std::string& name, double count, double max_us) {
  return {.name = name, .metrics = {{"run_samples_count", count}, {"run_latency_max_us", max_us}}};
}

std::string ProblemsOf(std::vector<TraceScenario> scenarios, std::vector<ReportRow> rows) {
  const TraceFile trace = {.file = "t.json", .scenarios = std::move(scenarios)};
  const Report report = {.file = "r.json", .rows = std::move(rows)};
  return std::string(CheckSameSamples(trace, report).message());
}

TEST(CheckSameSamples, ComparesTheNumberOfLatenciesAndTheLargest) {
  EXPECT_EQ(ProblemsOf({ScenarioOf("BM_A", 9, 7'000)}, {RowOf("BM_A/iterations:1", 9, 7)}), "");
  for (const auto& [count, max_us] : {std::pair(8.0, 7.0), {10, 7}, {9, 6.9}, {9, 7.1}, {9, 0}}) {
    EXPECT_THAT(ProblemsOf({ScenarioOf("BM_A", 9, 7'000)}, {RowOf("BM_A", count, max_us)}),
                AllOf(HasSubstr("t.json: BM_A: is of another run"), HasSubstr("r.json has")))
        << count << " " << max_us;
  }
  EXPECT_NE(ProblemsOf({ScenarioOf("BM_A", 9, 7'000)}, {{.name = "BM_A"}}), "");
}

TEST(CheckSameSamples, AllowsOnePercentForRounding) {
  EXPECT_EQ(ProblemsOf({ScenarioOf("BM_A", 1, 100'000)}, {RowOf("BM_A", 1, 101)}), "");
  EXPECT_EQ(ProblemsOf({ScenarioOf("BM_A", 1, 100'000)}, {RowOf("BM_A", 1, 99)}), "");
  EXPECT_NE(ProblemsOf({ScenarioOf("BM_A", 1, 100'000)}, {RowOf("BM_A", 1, 101.1)}), "");
  EXPECT_NE(ProblemsOf({ScenarioOf("BM_A", 1, 100'000)}, {RowOf("BM_A", 1, 98.9)}), "");
}

TEST(CheckSameSamples, TakesAnEmptyHistogramOfARowWithoutACount) {
  EXPECT_EQ(ProblemsOf({ScenarioOf("BM_A", 0, 0)}, {{.name = "BM_A"}}), "");
}

TEST(CheckSameSamples, AddsUpTheRepetitionsOfARow) {
  EXPECT_EQ(ProblemsOf({ScenarioOf("BM_A", 9, 7'000), ScenarioOf("BM_A", 2, 5'000)},
                       {RowOf("BM_A", 2, 5), RowOf("BM_A", 9, 7)}),
            "");
}

TEST(CheckSameSamples, NamesEveryRowThatDiffers) {
  EXPECT_THAT(ProblemsOf({ScenarioOf("BM_A", 9, 7'000), ScenarioOf("BM_B", 9, 7'000),
                          ScenarioOf("BM_C", 9, 7'000)},
                         {RowOf("BM_A", 9, 7), RowOf("BM_B", 8, 7)}),
              AllOf(Not(HasSubstr("BM_A")), HasSubstr("BM_B: is of another run"),
                    HasSubstr("BM_C: r.json has no such row")));
}

}  // namespace
}  // namespace slo::tools
