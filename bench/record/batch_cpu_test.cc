#include "bench/record/batch_cpu.h"

#include <utility>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

tools::Counters CountersOf(const BatchCpu& cpu) {
  tools::Counters counters;
  cpu.AddCounters("stage_cpu", counters);
  return counters;
}

TEST(BatchCpu, HasTheMeanOfAllAndTheLowPercentileOfTheBatches) {
  BatchCpu cpu;
  for (int64_t batch = 1; batch <= 20; ++batch) cpu.Add(100'000 * batch, 100);
  EXPECT_DOUBLE_EQ(CountersOf(cpu).at("stage_cpu_us"), 10.5);
  EXPECT_DOUBLE_EQ(CountersOf(cpu).at("stage_cpu_p10_us"), 2);
  cpu.Add(2'100'000, 100);
  EXPECT_DOUBLE_EQ(CountersOf(cpu).at("stage_cpu_p10_us"), 3) << "the third of 21";
}

TEST(BatchCpu, OfOneBatchIsThatBatch) {
  BatchCpu cpu;
  cpu.Add(3'000, 2);
  EXPECT_DOUBLE_EQ(CountersOf(cpu).at("stage_cpu_us"), 1.5);
  EXPECT_DOUBLE_EQ(CountersOf(cpu).at("stage_cpu_p10_us"), 1.5);
}

TEST(BatchCpu, MergesAsIfAllHadBeenAddedToOne) {
  BatchCpu one;
  BatchCpu other;
  one.Add(1'000, 1);
  other.Add(9'000, 3);
  one.Merge(other);
  EXPECT_DOUBLE_EQ(CountersOf(one).at("stage_cpu_us"), 2.5);
  EXPECT_DOUBLE_EQ(CountersOf(one).at("stage_cpu_p10_us"), 1);
}

TEST(BatchCpu, HasNoCountersWithoutABatch) { EXPECT_TRUE(CountersOf(BatchCpu()).empty()); }

TEST(BatchCpu, TakesTheNearestRankOfATenth) {
  for (const auto& [batches, rank] :
       {std::pair(1, 1), {9, 1}, {10, 1}, {11, 2}, {19, 2}, {20, 2}, {21, 3}, {30, 3}, {31, 4}}) {
    BatchCpu cpu;
    for (int batch = batches; batch >= 1; --batch) cpu.Add(1'000 * batch, 1);
    EXPECT_DOUBLE_EQ(CountersOf(cpu).at("stage_cpu_p10_us"), rank) << batches;
  }
}

TEST(BatchCpu, WeighsTheMeanByIterations) {
  BatchCpu cpu;
  cpu.Add(1'000, 1);
  cpu.Add(9'000, 3);
  EXPECT_DOUBLE_EQ(CountersOf(cpu).at("stage_cpu_us"), 2.5);
  EXPECT_EQ(CountersOf(cpu).size(), 2U);
}

TEST(FirstBatches, AreOfEachThreadAndCountOnce) {
  const auto batch = [](int64_t cpu_ns) {
    BatchCpu cpu;
    cpu.Add(cpu_ns, 1);
    return cpu;
  };
  FirstBatches first;
  first.Resize(2);
  first.Note(0, batch(1'000));
  first.Note(0, batch(9'000));
  first.Note(1, batch(2'000));
  first.Resize(2);
  for (int row = 0; row < 2; ++row) {
    BatchCpu cpu = batch(3'000);
    first.MergeInto(cpu);
    tools::Counters counters;
    cpu.AddCounters("cpu", counters);
    EXPECT_DOUBLE_EQ(counters.at("cpu_us"), 2);
  }
}

}  // namespace
}  // namespace slo::bench
