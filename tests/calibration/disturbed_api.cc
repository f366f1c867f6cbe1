#include "tests/calibration/disturbed_api.h"

#include <algorithm>
#include <cmath>

namespace slo::calibration {
namespace {

constexpr double kLogarithmSpread = 0.5;  // the standard deviation of the logarithm
constexpr double kSlowFactor = 2;
constexpr double kParetoExponent = 1.1;
constexpr double kCommonShare = 0.8;  // of the variance
constexpr double kCommonAutocorrelation = 0.9;
constexpr int64_t kMsNs = 1'000'000;

int64_t RandomStartNs(std::mt19937_64& random) {
  constexpr int64_t kHourNs = 3'600'000'000'000;
  return std::uniform_int_distribution<int64_t>(0, kHourNs)(random);
}

double PhaseShareOver(double limit_ms, double median_ms) {
  return 0.5 * std::erfc(std::log(limit_ms / median_ms) / kLogarithmSpread / std::sqrt(2.0));
}

}  // namespace

std::vector<bool> DisturbedRuns(int length, double share, int requests, std::mt19937_64& random) {
  std::uniform_real_distribution<double> uniform;
  // Between two runs at least one request, geometrically many: memoryless.
  const double begins = share / (length * (1 - share));
  int left = 0;
  if (uniform(random) < share) left = 1 + static_cast<int>(uniform(random) * length);
  bool may_begin = false;  // the first request is in a run, or not, as was drawn
  std::vector<bool> disturbed;
  disturbed.reserve(static_cast<size_t>(requests));
  for (int i = 0; i < requests; ++i) {
    if (left == 0 && may_begin && uniform(random) < begins) left = length;
    disturbed.push_back(left > 0);
    may_begin = left == 0;
    if (left > 0) --left;
  }
  return disturbed;
}

std::vector<double> LatenciesOf(const std::vector<bool>& disturbed, std::mt19937_64& random) {
  std::uniform_real_distribution<double> uniform;
  std::vector<double> latencies_ms;
  latencies_ms.reserve(disturbed.size());
  for (const bool is_disturbed : disturbed) {
    latencies_ms.push_back((is_disturbed ? 5 : 1) * (1 + 0.2 * uniform(random)));
  }
  return latencies_ms;
}

std::vector<double> LatenciesOf(const Phases& phases, int requests, std::mt19937_64& random) {
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  std::exponential_distribution<double> exponential;
  const double slow_share = phases.slow_requests / (phases.slow_requests + phases.normal_requests);
  bool is_slow = uniform(random) < slow_share;
  const auto length = [&] {
    return exponential(random) * (is_slow ? phases.slow_requests : phases.normal_requests);
  };
  double left = length();
  std::vector<double> latencies_ms;
  latencies_ms.reserve(static_cast<size_t>(requests));
  for (int i = 0; i < requests; ++i) {
    for (; left < 0; left += length()) is_slow = !is_slow;
    --left;
    latencies_ms.push_back(std::exp(kLogarithmSpread * normal(random)) *
                           (is_slow ? kSlowFactor : 1));
  }
  return latencies_ms;
}

double LimitExceededBy(const Phases& phases, double share) {
  const double slow_share = phases.slow_requests / (phases.slow_requests + phases.normal_requests);
  double low = 1e-3;
  double high = 1e6;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    const double over = slow_share * PhaseShareOver(middle, kSlowFactor) +
                        (1 - slow_share) * PhaseShareOver(middle, 1);
    (over > share ? low : high) = middle;
  }
  return high;
}

std::vector<double> ParetoLatencies(int requests, std::mt19937_64& random) {
  std::uniform_real_distribution<double> uniform;
  std::vector<double> latencies_ms(static_cast<size_t>(requests));
  for (double& latency_ms : latencies_ms) {
    latency_ms = std::pow(1 - uniform(random), -1 / kParetoExponent);
  }
  return latencies_ms;
}

double ParetoLimitExceededBy(double share) { return std::pow(share, -1 / kParetoExponent); }

bench::LatencyRecorder CommonPhases(int clients, int requests, std::mt19937_64& random) {
  std::normal_distribution<double> normal;
  const int each = requests / clients;
  std::vector<double> common;
  double state = normal(random);
  for (int i = 0; i < each; ++i) {
    common.push_back(state);
    state = kCommonAutocorrelation * state +
            std::sqrt(1 - kCommonAutocorrelation * kCommonAutocorrelation) * normal(random);
  }
  const int64_t start_ns = RandomStartNs(random);
  bench::LatencyRecorder all(/*to_utc_ns=*/0);
  for (int client = 0; client < clients; ++client) {
    bench::LatencyRecorder own(/*to_utc_ns=*/0);
    for (int i = 0; i < each; ++i) {
      const double logarithm = std::sqrt(kCommonShare) * common[static_cast<size_t>(i)] +
                               std::sqrt(1 - kCommonShare) * normal(random);
      own.RecordNanoseconds(std::llround(std::exp(kLogarithmSpread * logarithm) * 1e6),
                            start_ns + i * kMsNs);
    }
    all.Merge(own);
  }
  return all;
}

bench::LatencyRecorder Pauses(double rate, double share, int requests, std::mt19937_64& random) {
  constexpr double kServiceMs = 0.1;
  std::exponential_distribution<double> exponential;
  std::uniform_real_distribution<double> uniform;
  // Of a cycle, what arrives in a pause more than the limit before its end.
  const double cycle_ms = (kPauseMs - kPausesLimitMs) / share;
  const double gap_ms = cycle_ms - kPauseMs;
  // Stationary: the pause that lies around the start, or the first after it.
  double begin_ms = uniform(random) < kPauseMs / cycle_ms ? -uniform(random) * kPauseMs
                                                          : exponential(random) * gap_ms;
  const int64_t start_ns = RandomStartNs(random);
  bench::LatencyRecorder from_planned(/*to_utc_ns=*/0);
  double now_ms = 0;
  for (int i = 0; i < requests; ++i) {
    now_ms += exponential(random) * 1e3 / rate;
    while (now_ms >= begin_ms + kPauseMs) begin_ms += kPauseMs + exponential(random) * gap_ms;
    const double waiting_ms = now_ms >= begin_ms ? begin_ms + kPauseMs - now_ms : 0;
    const double latency_ms = waiting_ms + kServiceMs * uniform(random);
    // That of the service is not part of the limit.
    const double counted_ms =
        waiting_ms > kPausesLimitMs ? latency_ms : std::min(latency_ms, kPausesLimitMs);
    from_planned.RecordNanoseconds(std::llround(counted_ms * 1e6),
                                   start_ns + std::llround(now_ms * 1e6));
  }
  return from_planned;
}

bench::RunRecorder TrialsOf(const std::vector<bool>& disturbed, std::mt19937_64& random) {
  bench::RunRecorder recorder(/*to_utc_ns=*/0);
  int64_t now_ns = RandomStartNs(random);
  for (const bool has_failed : disturbed) {
    now_ns += kMsNs;
    recorder.CountTrial(now_ns);
    if (has_failed) recorder.CountFailure(bench::FailureReason::kStatus, "simulated", now_ns);
  }
  return recorder;
}

bench::RunRecorder Outages(int seconds, std::mt19937_64& random) {
  constexpr int64_t kPeriodMs = 500'000;
  constexpr int64_t kOutageMs = 5'000;
  constexpr int64_t kTrialMs = 10;
  const int64_t start_ms = std::uniform_int_distribution<int64_t>(0, kPeriodMs - 1)(random);
  bench::RunRecorder recorder(/*to_utc_ns=*/0);
  for (int64_t ms = 0; ms < int64_t{seconds} * 1'000; ms += kTrialMs) {
    const int64_t now_ns = (start_ms + ms) * kMsNs;
    recorder.CountTrial(now_ns);
    if ((start_ms + ms) % kPeriodMs < kOutageMs) {
      recorder.CountFailure(bench::FailureReason::kStatus, "simulated", now_ns);
    }
  }
  return recorder;
}

}  // namespace slo::calibration
