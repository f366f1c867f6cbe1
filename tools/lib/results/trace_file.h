// Traces: every latency of the scenarios of a run, in histograms, and their windows. Written by
// bench_workflow --slo_trace; docs/TRACE.md explains the members.

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

namespace slo::tools {

struct TraceHistogram {
  std::string prefix;  // of the row's counters for these latencies
  std::string basis;   // "service_time" or "planned_start"
  int64_t count = 0;
  int64_t min_ns = 0;
  int64_t max_ns = 0;
  std::map<int64_t, int64_t> buckets;  // the largest value in each, and how many are in it
  std::vector<uint32_t> series_ns;     // the first ones in order; of shards

  // The order statistic of 1-based `rank`, as the end of its bucket, at most max_ns.
  int64_t AtRank(int64_t rank) const;

  // The order statistic of nearest rank, as the end of its bucket. 0 < quantile <= 1, count > 0.
  int64_t AtQuantile(double quantile) const;
};

struct TraceWindow {
  double end_seconds = 0;
  double run_p50_us = 0;
  double run_p99_us = 0;
  std::optional<double> heap_bytes;
  std::optional<double> resident_bytes;
  std::optional<double> runs_per_second;
};

struct TraceScenario {
  std::string row;  // without what Google Benchmark adds
  std::vector<TraceHistogram> histograms;
  std::vector<TraceWindow> windows;
};

struct TraceFile {
  std::string file;
  std::string text;  // as it was read
  std::map<std::string, std::string> context;
  std::vector<TraceScenario> scenarios;
};

// InvalidArgument lists every problem: not JSON, another kind or version, members that are missing
// or of the wrong type, a histogram whose buckets do not add up to its count.
absl::StatusOr<TraceFile> ParseTraceFile(absl::string_view file, absl::string_view text);

// Whether the benchmark `name` is `row` with no more than what Google Benchmark adds to a name
// ("/iterations:1", "/manual_time", "/threads:2", ...).
bool IsRowOf(absl::string_view name, absl::string_view row);

// The scenarios of all files, in order of appearance. Histograms of one row, from shards or
// repetitions, are added up, which loses nothing; windows of such a row are left out, since those
// of different processes belong to no common time; series follow one another.
std::vector<TraceScenario> MergedScenarios(const std::vector<TraceFile>& files);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_TRACE_FILE_H_
