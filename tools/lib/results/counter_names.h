// The grammar of the counters that bench_workflow publishes, for the programs that compose the
// names and for those that read them. Of a file of another program these names mean nothing.
//
//   latency      prefix "latency_" statistic "_us": create_run_latency_p99_us; the statistic is
//                p50, p95, p99 or max
//   sample size  prefix "samples_count", of all latencies with the prefix
//   bound        counter with "_lower" or "_upper" before its unit: latency_p99_upper_us
//   worth        bound without its unit, "_effective_samples_count": the independent samples that
//                the sample is worth for that bound
//   process      "process": which of the processes in a merged file the row is of
//   trials       ratio with "_trials_count" for "_ratio": success_trials_count
//   dispersion   ratio with "_over_dispersion_factor" for "_ratio": how much more the failures
//                differ between batches of time than independent ones would, and
//                "_batches_count": how many batches there were
//   processes    "processes_count": the bounds of the row's percentiles are shares, which hold for
//                so many processes together; absent: for one

#ifndef SLO_TOOLS_LIB_RESULTS_COUNTER_NAMES_H_
#define SLO_TOOLS_LIB_RESULTS_COUNTER_NAMES_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

inline constexpr const char* kSuccessRatio = "success_ratio";
inline constexpr const char* kSuccessTrialsCount = "success_trials_count";
// How much more the failures vary over time than independent ones; the slots of time that say so.
inline constexpr const char* kSuccessOverDispersion = "success_over_dispersion_factor";
inline constexpr const char* kSuccessBatchesCount = "success_batches_count";
inline constexpr const char* kFailedCount = "failed_count";
// Heads the counts of failures: failed_status_count.
inline constexpr const char* kFailedPrefix = "failed_";
inline constexpr const char* kPlannedCount = "planned_count";
// How many planned runs a declared disturbance may reach, see DisturbedArrivals.
inline constexpr const char* kDisturbedRunsCount = "disturbed_runs_count";
inline constexpr const char* kCompletedCount = "completed_count";
inline constexpr const char* kRunsPerSecond = "runs_per_second";
inline constexpr const char* kRequestsPerSecond = "requests_per_second";
inline constexpr const char* kResponseDigest = "response_digest";
inline constexpr const char* kResponseDigestRunsCount = "response_digest_runs_count";
inline constexpr const char* kRunTimeTrendPValue = "run_time_trend_p_value";
inline constexpr const char* kWindowsCount = "windows_count";
inline constexpr const char* kProcessesCount = "processes_count";
// Context keys that say what the bounds allow for.
inline constexpr const char* kLongestDisturbanceKey = "slo_longest_disturbance";
inline constexpr const char* kDisturbedRequestsKey = "slo_disturbed_requests";
// Which process the results are of: "3/8".
inline constexpr const char* kProcessKey = "slo_process";
// Not ours alone: `merge` adds it to every row.
inline constexpr const char* kProcess = "process";

enum class BoundSide { kLower, kUpper };

// "create_run_", "p99" -> create_run_latency_p99_us.
std::string LatencyCounter(absl::string_view prefix, absl::string_view statistic);

// "create_run_" -> create_run_samples_count.
std::string SamplesCounter(absl::string_view prefix);

// latency_p99_us -> latency_p99_upper_us; runs_per_second -> runs_per_second_upper.
std::string BoundCounter(absl::string_view counter, BoundSide side);

// latency_p99_us -> latency_p99_upper_effective_samples_count.
std::string EffectiveSamplesCounter(absl::string_view counter, BoundSide side);

// Whether the counter says what a bound is worth.
bool IsEffectiveSamples(absl::string_view counter);

// success_ratio -> success_trials_count; nothing for what is no ratio.
std::optional<std::string> TrialsCounterOf(absl::string_view counter);

// success_ratio -> success_over_dispersion_factor; nothing for what is no ratio.
std::optional<std::string> OverDispersionCounterOf(absl::string_view counter);

// success_ratio -> success_batches_count; nothing for what is no ratio.
std::optional<std::string> BatchesCounterOf(absl::string_view counter);

// The sample size of a latency: create_run_latency_p99_us -> create_run_samples_count; nothing for
// other counters.
std::optional<std::string> SamplesCounterOf(absl::string_view counter);

// Whether bench_workflow publishes the counter with bounds whenever it has enough windows for them:
// throughput, drift factors, growth a run, capacity.
bool HasBounds(absl::string_view counter);

// 0.99 of latency_p99_us, 0.999 of p999_us; nothing where no part of the name is such a percentile.
std::optional<double> QuantileOf(absl::string_view counter);

// latency_p99_us -> latency_p99; runs_per_second stays as it is.
std::string WithoutUnit(absl::string_view counter);

// Whether the counter follows from the sample with that prefix alone: a percentile or the maximum
// of its latencies, a bound of one, what the sample is worth, or its size.
bool IsOfLatencies(absl::string_view counter, absl::string_view prefix);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_COUNTER_NAMES_H_
