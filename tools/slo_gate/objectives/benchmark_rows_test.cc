#include "tools/slo_gate/objectives/benchmark_rows.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;

std::vector<Report> TwoFiles() {
  std::vector<Report> reports(2);
  reports[0].rows = {{.name = "BM_B/1"}, {.name = "BM_A"}, {.name = "BM_B/1"}};
  reports[0].aggregates = {{.name = "BM_A_mean", .run_name = "BM_A", .aggregate_name = "mean"},
                           {.name = "BM_C_mean", .run_name = "BM_C", .aggregate_name = "mean"},
                           {.name = "BM_D_BigO", .run_name = "BM_D", .aggregate_name = "BigO"},
                           {.name = "BM_D_RMS", .run_name = "BM_D", .aggregate_name = "RMS"}};
  reports[1].rows = {{.name = "BM_B/1"}, {.name = "BM_B*"}};
  return reports;
}

std::vector<std::string> NamesOf(const std::vector<const BenchmarkRows*>& benchmarks) {
  std::vector<std::string> names;
  for (const BenchmarkRows* benchmark : benchmarks) names.emplace_back(benchmark->name);
  return names;
}

TEST(BenchmarkList, HasTheRowsOfANameInTheOrderOfFilesAndRows) {
  const std::vector<Report> reports = TwoFiles();
  const BenchmarkList list(reports);
  ASSERT_EQ(list.all().size(), 4U) << "a curve over several benchmarks is none";
  EXPECT_EQ(list.all()[0].name, "BM_B/1");
  ASSERT_EQ(list.all()[0].rows.size(), 3U);
  EXPECT_EQ(list.all()[0].rows[0].row, &reports[0].rows[0]);
  EXPECT_EQ(list.all()[0].rows[1].row, &reports[0].rows[2]);
  EXPECT_EQ(list.all()[0].rows[2].report, &reports[1]);
  EXPECT_EQ(list.all()[3].name, "BM_C");
  EXPECT_TRUE(list.all()[3].rows.empty());
  ASSERT_EQ(list.all()[3].aggregates.size(), 1U);
  EXPECT_EQ(list.all()[3].aggregates[0].row, &reports[0].aggregates[1]);
}

TEST(BenchmarkList, FindsByGlobAndByName) {
  const std::vector<Report> reports = TwoFiles();
  const BenchmarkList list(reports);
  EXPECT_THAT(NamesOf(list.Matching("BM_B*")), ElementsAre("BM_B/1", "BM_B*"));
  EXPECT_THAT(NamesOf(list.Matching("BM_B\\*")), ElementsAre("BM_B*"));
  EXPECT_THAT(NamesOf(list.Matching("BM_?")), ElementsAre("BM_A", "BM_C"));
  EXPECT_THAT(NamesOf(list.Matching("BM_A")), ElementsAre("BM_A"));
  EXPECT_THAT(NamesOf(list.Matching("BM")), ElementsAre());
}

}  // namespace
}  // namespace slo::tools
