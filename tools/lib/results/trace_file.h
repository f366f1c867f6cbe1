// Traces: every latency of the scenarios of a run, in histograms, and their windows. Written by
// bench_workflow --slo_trace, with trace_text.h; docs/TRACE.md explains the members. A trace may
// lack those that are optional here, and the pooled one of shards does.

#ifndef SLO_TOOLS_LIB_RESULTS_TRACE_FILE_H_
#define SLO_TOOLS_LIB_RESULTS_TRACE_FILE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json_fwd.hpp"
#include "tools/lib/stats/latency_slots.h"
#include "tools/lib/stats/trial_slots.h"

namespace slo::tools {

inline constexpr absl::string_view kTraceKind = "workflow-slo-trace";

struct TraceHistogram {
  std::string prefix;  // of the row's counters for these latencies
  std::string basis;   // "service_time" or "planned_start"
  int64_t count = 0;
  int64_t min_ns = 0;
  int64_t max_ns = 0;
  std::map<int64_t, int64_t> buckets;  // the largest value in each, and how many are in it
  // The same over time, in UTC; of shards.
  std::optional<stats::LatencySlots> slots;

  // The order statistic of 1-based `rank`, as the end of its bucket, at most max_ns.
  int64_t AtRank(int64_t rank) const;
  // The same as the beginning of its bucket, at least min_ns.
  int64_t LowestAtRank(int64_t rank) const;

  // The order statistic of nearest rank, as the end of its bucket. 0 < quantile <= 1, count > 0.
  int64_t AtQuantile(double quantile) const;

  bool operator==(const TraceHistogram&) const = default;
};

struct TraceWindow {
  double end_seconds = 0;
  std::optional<int64_t> runs;
  std::optional<int64_t> succeeded;
  std::optional<double> runs_per_second;
  std::optional<double> run_p10_us;
  double run_p50_us = 0;
  double run_p99_us = 0;
  std::optional<int64_t> heap_bytes;
  std::optional<int64_t> live_blocks;
  std::optional<int64_t> resident_bytes;
  std::optional<int64_t> threads;
  std::optional<int64_t> descriptors;

  bool operator==(const TraceWindow&) const = default;
};

struct TraceScenario {
  std::string row;  // without what Google Benchmark adds
  std::optional<std::string> start_utc;
  std::optional<double> seconds;
  std::optional<int64_t> response_digest;
  std::optional<int64_t> response_digest_runs;
  std::vector<TraceHistogram> histograms;
  std::vector<TraceWindow> windows;
  // What success_ratio is a ratio of, over time, in UTC; of shards.
  std::optional<stats::TrialSlots> trials;

  bool operator==(const TraceScenario&) const = default;
};

struct TraceFile {
  std::string file;
  std::optional<std::string> generated_at_utc;
  std::map<std::string, std::string> context;
  std::vector<TraceScenario> scenarios;

  bool operator==(const TraceFile&) const = default;
};

// InvalidArgument lists every problem: not JSON, another kind or version, members that are missing
// or of the wrong type, a histogram whose buckets do not add up to its count.
absl::StatusOr<TraceFile> ParseTraceFile(absl::string_view file, absl::string_view text);

// The same of a document that was parsed already, for example as a part of another one.
absl::StatusOr<TraceFile> TraceFileOf(absl::string_view file, const nlohmann::json& document);

// Whether the benchmark `name` is `row` with no more than what Google Benchmark adds to a name
// ("/iterations:1", "/manual_time", "/threads:2", ...).
bool IsRowOf(absl::string_view name, absl::string_view row);

// The scenarios of all files, in order of appearance. Histograms of one row, from shards or
// repetitions, are added up, which loses nothing; slots are added to those of the same time, unless
// one has none. Times, windows and digests of such a row are left out, since those of different
// processes belong to no common time.
std::vector<TraceScenario> MergedScenarios(const std::vector<TraceFile>& files);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_TRACE_FILE_H_
