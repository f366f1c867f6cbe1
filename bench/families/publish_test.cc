#include "bench/families/publish.h"

#include <cmath>
#include <string>
#include <vector>

#include "benchmark/benchmark.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

// Keeps the rows instead of printing them.
class KeepingReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    rows_.insert(rows_.end(), runs.begin(), runs.end());
  }
  std::vector<Run> rows_;
};

benchmark::BenchmarkReporter::Run RunOnce(const Counters& counters, const RunRecorder& recorder,
                                          int threads, const tools::BoundOptions& bounds = {}) {
  benchmark::ClearRegisteredBenchmarks();
  benchmark::RegisterBenchmark("BM_Test",
                               [&](benchmark::State& state) {
                                 for (auto _ : state) {
                                 }
                                 if (state.thread_index() == 0)
                                   Publish(counters, recorder, bounds, state);
                               })
      ->Iterations(1)
      ->Threads(threads);
  KeepingReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter);
  benchmark::ClearRegisteredBenchmarks();
  return reporter.rows_.at(0);
}

TEST(Publish, SetsEachCounterOnceHoweverManyThreadsThereAre) {
  const auto row = RunOnce({{"latency_p99_us", 7.0}}, RunRecorder(), 2);
  EXPECT_EQ(row.counters.at("latency_p99_us").value, 7.0);
  EXPECT_EQ(row.report_label, "");
}

TEST(Publish, SaysOfHowManyProcessesTheRowIsOne) {
  const auto row = RunOnce({}, RunRecorder(), 1, {.processes = 8});
  EXPECT_EQ(row.counters.at("processes_count").value, 8);
}

TEST(Publish, LeavesOutWhatIsNoNumber) {
  const auto row = RunOnce({{"good_count", 1.0}, {"nan_count", NAN}, {"infinite_count", INFINITY}},
                           RunRecorder(), 1);
  EXPECT_EQ(row.counters.size(), 1);
  EXPECT_EQ(row.counters.at("good_count").value, 1.0);
}

TEST(Publish, ShowsTheFirstFailureAsTheLabel) {
  RunRecorder recorder;
  recorder.CountFailure(FailureReason::kBody, "read_run: no id", 1);
  recorder.CountFailure(FailureReason::kBody, "later", 2);
  EXPECT_EQ(RunOnce({}, recorder, 1).report_label, "first failure: read_run: no id");
}

}  // namespace
}  // namespace slo::bench
