// What is written as a trace is what is read from it.

#include "tools/lib/results/trace_text.h"

#include <cstdint>
#include <limits>
#include <string>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;

constexpr int64_t kLargest = int64_t{1} << 53U;

// A trace with every member that a trace can have.
// Three latencies, about now.
stats::LatencySlots SomeSlots() {
  constexpr int64_t kStartNs = 1'800'000'000'000'000'000;
  stats::LatencySlots slots;
  for (int64_t i = 0; i < 3; ++i) slots.Record(kStartNs + i * 70'000'000, 5 + 1'000 * i);
  return slots;
}

stats::TrialSlots SomeTrials() {
  stats::TrialSlots trials;
  trials.CountTrials(-5'000'000'000, 7);
  trials.CountFailures(-5'000'000'000, 2);
  trials.CountTrials(5'000'000'000);
  return trials;
}

TraceFile Full() {
  return {.file = "t.json",
          .generated_at_utc = "2026-11-28T06:00:00Z",
          .context = {{"slo_seed", "1"}, {"slo_command_line", "bench \"x\"\\ \xC3\xA4"}},
          .scenarios = {{.row = "BM_Soak/runs:2",
                         .start_utc = "2026-11-28T05:59:00Z",
                         .seconds = 1.0 / 3,
                         .response_digest = kLargest - 1,
                         .response_digest_runs = 7,
                         .histograms = {{.prefix = "",
                                         .basis = "service_time",
                                         .count = 3,
                                         .min_ns = 5,
                                         .max_ns = 98,
                                         .buckets = {{5, 2}, {99, 1}},
                                         .slots = SomeSlots()},
                                        {.prefix = "run_", .basis = "planned_start"}},
                         .windows = {{.end_seconds = 1.5,
                                      .runs = 3,
                                      .succeeded = 2,
                                      .runs_per_second = 0.1,
                                      .run_p10_us = 1.25,
                                      .run_p50_us = 2.5,
                                      .run_p99_us = 1e6,
                                      .heap_bytes = kLargest,
                                      .live_blocks = 0,
                                      .resident_bytes = 8,
                                      .threads = 1,
                                      .descriptors = 9}},
                         .trials = SomeTrials()}}};
}

TEST(TraceFileText, IsReadBackAsTheSameTrace) {
  const TraceFile trace = Full();
  const absl::StatusOr<TraceFile> read = ParseTraceFile("t.json", TraceFileText(trace));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, trace);
}

TEST(TraceFileText, LeavesOutWhatATraceDoesNotHave) {
  const TraceFile trace = {.file = "t.json",
                           .scenarios = {{.row = "BM_A", .windows = {TraceWindow{}}}}};
  const std::string text = TraceFileText(trace);
  EXPECT_EQ(ParseTraceFile("t.json", text).value(), trace);
  const json document = json::parse(text);
  EXPECT_EQ(document.size(), 4U);
  EXPECT_EQ(document["scenarios"][0].size(), 3U);
  EXPECT_EQ(document["scenarios"][0]["windows"][0].size(), 3U);
}

// A trace that lacks one of the optional members lacks that one only.
TEST(TraceFileText, KeepsEachOptionalMemberApart) {
  const json full = json::parse(TraceFileText(Full()));
  for (const char* part : {"/scenarios/0", "/scenarios/0/windows/0"}) {
    const json::json_pointer place(part);
    for (const auto& [key, value] : full[place].items()) {
      json without = full;
      without[place].erase(key);
      const absl::StatusOr<TraceFile> read = ParseTraceFile("t.json", without.dump());
      if (!read.ok()) continue;  // a member that a trace must have
      EXPECT_EQ(json::parse(TraceFileText(*read)), without) << key;
    }
  }
}

TEST(TraceFileText, IsOneLineWhateverItsBytes) {
  TraceFile trace = Full();
  trace.context["slo_command_line"] = "a\nb\xff";
  const std::string text = TraceFileText(trace);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  EXPECT_EQ(ParseTraceFile("t.json", text)->context["slo_command_line"], "a b\xEF\xBF\xBD");
}

}  // namespace
}  // namespace slo::tools
