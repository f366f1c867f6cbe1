#include "bench/workload/counters.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "tools/stats/batch_means.h"
#include "tools/stats/quantile_limits.h"

namespace slo::workload {
namespace {

struct Percentile {
  absl::string_view name;
  double quantile;
  bool has_limits;
};

constexpr std::array<Percentile, 3> kPercentiles = {{
    {"p50", 0.50, false},
    {"p95", 0.95, true},
    {"p99", 0.99, true},
}};

double Microseconds(absl::Duration duration) { return absl::ToDoubleMicroseconds(duration); }

// The nearest-rank definition: the smallest value with at least quantile * n values up to it.
int64_t NearestRank(int64_t count, double quantile) {
  return std::max<int64_t>(1, std::llround(std::ceil(quantile * static_cast<double>(count))));
}

}  // namespace

void AddLatencyCounters(const LatencyRecorder& latencies, absl::string_view prefix,
                        double confidence, Counters& counters) {
  const LatencyHistogram& histogram = latencies.histogram();
  const int64_t count = histogram.count();
  counters[absl::StrCat(prefix, "samples_count")] = static_cast<double>(count);
  if (count == 0) return;
  const stats::OverDispersion dispersion(latencies.series().values());
  for (const Percentile& percentile : kPercentiles) {
    const std::string name = absl::StrCat(prefix, "latency_", percentile.name);
    counters[absl::StrCat(name, "_us")] =
        Microseconds(histogram.AtRank(NearestRank(count, percentile.quantile)));
    if (!percentile.has_limits) continue;
    const stats::QuantileLimits limits =
        stats::DependentQuantileLimits(count, dispersion, percentile.quantile, confidence);
    const auto add_limit = [&](absl::string_view side,
                               const std::optional<stats::RankLimit>& limit) {
      if (!limit.has_value()) return;
      counters[absl::StrCat(name, "_", side, "_us")] = Microseconds(histogram.AtRank(limit->rank));
      counters[absl::StrCat(name, "_", side, "_effective_samples_count")] =
          static_cast<double>(limit->effective_samples);
    };
    add_limit("lower", limits.lower);
    add_limit("upper", limits.upper);
  }
  counters[absl::StrCat(prefix, "latency_max_us")] = Microseconds(histogram.max());
}

void AddSuccessCounters(const RunRecorder& recorder, Counters& counters) {
  const double trials = static_cast<double>(recorder.trials());
  const double failures = static_cast<double>(recorder.failures());
  counters["success_trials_count"] = trials;
  counters["failed_count"] = failures;
  if (trials > 0) counters["success_ratio"] = (trials - failures) / trials;
  for (size_t i = 0; i < kFailureReasons; ++i) {
    const auto reason = static_cast<FailureReason>(i);
    if (recorder.failures(reason) == 0) continue;
    counters[absl::StrCat("failed_", FailureReasonName(reason), "_count")] =
        static_cast<double>(recorder.failures(reason));
  }
}

void AddThroughputCounters(const Throughput& throughput, double confidence, Counters& counters) {
  counters["runs_per_second"] = throughput.runs_per_second;
  counters["requests_per_second"] = throughput.requests_per_second;
  const auto seconds_per_run =
      stats::BatchMeansInterval(throughput.window_seconds_per_run, confidence);
  if (!seconds_per_run.has_value() || seconds_per_run->upper <= 0) return;
  counters["runs_per_second_lower"] = 1 / seconds_per_run->upper;
  // With few or very uneven windows no time is short enough to be excluded.
  if (seconds_per_run->lower > 0) counters["runs_per_second_upper"] = 1 / seconds_per_run->lower;
}

void AddDigestCounters(const RunDigest& digest, Counters& counters) {
  counters["response_digest"] = static_cast<double>(digest.value());
  counters["response_digest_runs_count"] = static_cast<double>(digest.runs());
}

}  // namespace slo::workload
