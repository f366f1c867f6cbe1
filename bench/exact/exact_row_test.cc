#include "bench/exact/exact_row.h"

#include <algorithm>
#include <set>

#include "bench/families/rows.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::exact {
namespace {

ExactRow RowNamed(const std::string& name) {
  const std::vector<ExactRow> rows = ExactRows();
  return *std::find_if(rows.begin(), rows.end(),
                       [&](const ExactRow& row) { return row.name == name; });
}

TEST(ExactRows, AreNamedAsInBenchWorkflowAndOnlyOnce) {
  std::set<std::string> names;
  for (const ExactRow& row : ExactRows()) EXPECT_TRUE(names.insert(row.name).second) << row.name;
  for (const bench::StageRow& row : bench::StageRows(bench::BenchOptions())) {
    EXPECT_EQ(names.contains(row.name()), row.stored_runs == 0) << row.name();
  }
  for (const bench::RunPathRow& row : bench::RunPathRows(bench::BenchOptions())) {
    EXPECT_TRUE(names.contains(row.name()));
  }
}

TEST(ExactRows, GiveTheSameTwiceAndAnswersThatTheSeedDecides) {
  for (const ExactRow& row : ExactRows()) {
    const auto one = row.run(40, 1);
    const auto other = row.run(40, 1);
    ASSERT_TRUE(one.ok() && other.ok()) << row.name << one.status();
    EXPECT_EQ(one->allocated, other->allocated) << row.name;
    EXPECT_EQ(one->digest.value(), other->digest.value()) << row.name;
  }
  const ExactRow fan_out = RowNamed("BM_RunPath/shape:fan_out/steps:10");
  EXPECT_NE(fan_out.run(40, 1)->digest.value(), fan_out.run(40, 2)->digest.value());
}

TEST(ExactRows, MeterTheRequestsOfTheirStageOnly) {
  const auto stage = RowNamed("BM_ReadRun/shape:chain/steps:3/stored_runs:0").run(50, 1);
  ASSERT_TRUE(stage.ok()) << stage.status();
  EXPECT_EQ(stage->requests, 50);
  const auto runs = RowNamed("BM_RunPath/shape:chain/steps:3").run(10, 1);
  ASSERT_TRUE(runs.ok()) << runs.status();
  EXPECT_EQ(runs->requests, 10 * 8);
}

TEST(ExactCounters, AreOfAnIteration) {
  Meter meter;
  meter.allocated = {.allocations = 30, .bytes = 900};
  const auto counters = ExactCounters(meter, {.name = "BM_A", .per = "run", .run = {}}, 10);
  EXPECT_EQ(counters.at("allocations_per_run"), 3);
  EXPECT_EQ(counters.at("allocated_bytes_per_run"), 90);
  EXPECT_EQ(counters.at("response_digest"), 0);
}

}  // namespace
}  // namespace slo::exact
