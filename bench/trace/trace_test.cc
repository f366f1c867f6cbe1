#include "bench/trace/trace.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "bench/system/stored_stack.h"
#include "bench/trace/hdr_log.h"
#include "bench/trace/trace_json.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/lib/stats/split_mix.h"

namespace slo::trace {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr bench::Workflow kWorkflow = {.shape = bench::Shape::kChain, .steps = 3};

json ScenarioOf(const TracedScenario& scenario) {
  return json::parse(TraceJson({scenario}, {{"slo_seed", "1"}}, absl::UnixEpoch()))["scenarios"][0];
}

int64_t SumOf(const json& histogram) {
  int64_t sum = 0;
  for (const json& bucket : histogram["buckets"]) sum += bucket[1].get<int64_t>();
  return sum;
}

TEST(TraceJson, HasEveryLatencyAndWindowOfASoak) {
  auto prepared = bench::PrepareStack(kWorkflow, /*stored_runs=*/0, {}).value();
  bench::Lifecycle lifecycle(prepared.client(), prepared.template_id, kWorkflow, "test");
  bench::RunPath run_path(lifecycle, 1);
  const auto result = RunScenario(run_path, {.runs = 48});
  const json scenario =
      ScenarioOf(TraceOf("BM_S/runs:48", absl::UnixEpoch(), absl::Seconds(1), result));
  EXPECT_EQ(scenario["row"], "BM_S/runs:48");
  EXPECT_EQ(scenario["response_digest"], result.digest.value());
  ASSERT_EQ(scenario["histograms"].size(), 6u);
  EXPECT_EQ(scenario["histograms"][0]["prefix"], "");
  EXPECT_EQ(SumOf(scenario["histograms"][0]), 48 * 8);
  EXPECT_EQ(scenario["histograms"][1]["prefix"], "create_run_");
  EXPECT_EQ(SumOf(scenario["histograms"][1]), 48);
  EXPECT_EQ(scenario["histograms"][5]["prefix"], "run_");
  EXPECT_EQ(scenario["histograms"][5]["basis"], "service_time");
  ASSERT_EQ(scenario["windows"].size(), 24u);
  EXPECT_EQ(scenario["windows"][0]["runs"], 2);
  EXPECT_LE(scenario["windows"][0]["end_seconds"], scenario["windows"][23]["end_seconds"]);
}

TEST(TraceJson, HasSlotsOfTimeIfAskedFor) {
  bench::OpenLoopResult result;
  result.from_planned.RecordNanoseconds(7, 0);
  result.planned_trials.CountTrials(0);
  const json without = ScenarioOf(TraceOf("BM_O", absl::UnixEpoch(), result));
  EXPECT_FALSE(without["histograms"][0].contains("slots"));
  EXPECT_FALSE(without.contains("trials"));
  const json with = ScenarioOf(TraceOf("BM_O", absl::UnixEpoch(), result, /*has_slots=*/true));
  EXPECT_EQ(with["histograms"][0]["slots"]["counts"], json({{{7, 1}}}));
  EXPECT_EQ(with["trials"]["counts"], json({{1, 0}}));
}

TEST(TraceJson, TellsThePlannedStartFromTheActualOne) {
  bench::OpenLoopResult result;
  result.from_planned.RecordNanoseconds(7, 0);
  const json scenario = ScenarioOf(TraceOf("BM_O", absl::UnixEpoch(), result));
  EXPECT_EQ(scenario["histograms"][0]["basis"], "planned_start");
  EXPECT_EQ(scenario["histograms"][0]["buckets"], json({{7, 1}}));
  EXPECT_EQ(scenario["histograms"][1]["prefix"], "service_");
  EXPECT_EQ(scenario["histograms"][1]["basis"], "service_time");
  EXPECT_EQ(scenario["histograms"].back()["prefix"], "generator_lateness_");
  EXPECT_TRUE(scenario["windows"].empty());
}

// The members and their order, as docs/TRACE.md lists them; programs that read lines rely on it.
TEST(TraceJson, HasTheMembersInTheirOrder) {
  TracedScenario scenario = {
      .row = "BM_S", .start = absl::FromUnixSeconds(60), .length = absl::Milliseconds(1'500)};
  scenario.histograms.resize(2);
  scenario.histograms[0].prefix = "run_";
  scenario.histograms[0].histogram.RecordNanoseconds(7);
  scenario.histograms[0].slots.emplace();
  scenario.histograms[0].slots->Record(2'048, 7);
  scenario.trials.emplace();
  scenario.trials->CountTrials(5'000);
  scenario.windows = {{.runs = 3,
                       .succeeded = 2,
                       .busy = absl::Seconds(4),
                       .run_p10 = absl::Microseconds(1),
                       .run_p50 = absl::Nanoseconds(2'500),
                       .run_p99 = absl::Microseconds(3),
                       .end = absl::Seconds(1),
                       .usage = {.heap_bytes = 1,
                                 .live_blocks = 2,
                                 .resident_bytes = 3,
                                 .threads = 4,
                                 .descriptors = 5}},
                      {}};
  EXPECT_EQ(
      TraceJson({scenario}, {{"slo_seed", "1"}, {"slo_a", "\xff"}}, absl::UnixEpoch()),
      R"({"kind":"workflow-slo-trace","version":1,"generated_at_utc":"1970-01-01T00:00:00Z",)"
      R"("context":{"slo_a":")"
      "\xEF\xBF\xBD"
      R"(","slo_seed":"1"},"scenarios":[{"row":"BM_S",)"
      R"("start_utc":"1970-01-01T00:01:00Z","seconds":1.5,"response_digest":0,)"
      R"("response_digest_runs":0,"histograms":[{"prefix":"run_","basis":"service_time","count":1,)"
      R"("min_ns":7,"max_ns":7,"buckets":[[7,1]],)"
      R"("slots":{"width_ns":1024,"first":2,"counts":[[[7,1]]]}},{"prefix":"",)"
      R"("basis":"service_time","count":0,"min_ns":0,"max_ns":0,"buckets":[]}],"windows":[)"
      R"({"end_seconds":1.0,"runs":3,"succeeded":2,"runs_per_second":0.5,"run_p10_us":1.0,)"
      R"("run_p50_us":2.5,"run_p99_us":3.0,"resident_bytes":3,"heap_bytes":1,"live_blocks":2,)"
      R"("threads":4,"descriptors":5},{"end_seconds":0.0,"runs":0,"succeeded":0,)"
      R"("runs_per_second":0.0,"run_p10_us":0.0,"run_p50_us":0.0,"run_p99_us":0.0}],)"
      R"("trials":{"width_ns":1024,"first":4,"counts":[[1,0]]}}]})"
      "\n");
}

// As many buckets as values over four powers of ten fill, in every histogram, and 30 windows.
TEST(TraceJson, OfALongSoakStaysBelowAMebibyte) {
  TracedScenario scenario;
  stats::SplitMix64 random(1);
  for (int i = 0; i < 7; ++i) {
    scenario.histograms.emplace_back();
    for (int sample = 0; sample < 100'000; ++sample) {
      scenario.histograms.back().histogram.RecordNanoseconds(static_cast<int64_t>(
          500 * std::pow(10, static_cast<double>(random.Next() >> 11U) * 0x1.0p-53 * 4)));
    }
  }
  scenario.windows.resize(30);
  EXPECT_LT(TraceJson({scenario}, {}, absl::UnixEpoch()).size(), size_t{1} << 20U);
  EXPECT_LT(HdrLog({scenario}, absl::UnixEpoch()).size(), size_t{1} << 18U);
}

TEST(Trace, WritesBothFilesOrSaysWhyNot) {
  const auto directory = std::filesystem::path(::testing::TempDir()) / "trace_test";
  std::filesystem::remove_all(directory);
  Trace trace;
  trace.Add({.row = "BM_A"});
  ASSERT_TRUE(trace.Write(directory / "t.json", {}).ok());
  std::ifstream in(directory / "t.json");
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  EXPECT_EQ(json::parse(text)["scenarios"][0]["row"], "BM_A");
  EXPECT_TRUE(std::filesystem::exists(directory / "t.hlog"));
  EXPECT_TRUE(Trace::CheckWritable(directory / "t.json").ok());
  EXPECT_GT(std::filesystem::file_size(directory / "t.json"), 0u) << "what is there stays";
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory), {}), 2);
  EXPECT_THAT(std::string(Trace::CheckWritable(directory).message()),
              HasSubstr("expected the name of a JSON file"));
  EXPECT_FALSE(Trace::CheckWritable("/proc/no/such.json").ok());
  EXPECT_FALSE(Trace::CheckWritable(directory / "t.hlog").ok());
}

}  // namespace
}  // namespace slo::trace
