#include "tests/calibration/simulated_api.h"

#include <cmath>

namespace slo::calibration {
namespace {

constexpr double kSpread = 0.5;  // the standard deviation of the logarithm
constexpr double kDearShare = 0.2;
constexpr double kDearFactor = 10;
constexpr double kStallMs = 50;

// P(latency > limit) of a lognormal one around `median_ms`.
double ShareOver(double limit_ms, double median_ms) {
  if (limit_ms <= 0) return 1;
  return 0.5 * std::erfc(std::log(limit_ms / median_ms) / kSpread / std::sqrt(2.0));
}

double ShareOver(const LatencyModel& model, double limit_ms, double drift_factor) {
  const double plain = ShareOver(limit_ms, drift_factor);
  if (!model.is_bimodal) return plain;
  return (1 - kDearShare) * plain + kDearShare * ShareOver(limit_ms, kDearFactor * drift_factor);
}

// Of all requests, over the whole drift and with the stalls.
double LongRunShareOver(const LatencyModel& model, double limit_ms) {
  constexpr int kSteps = 200;
  const double stalled = model.stall_period > 0 ? 1.0 / model.stall_period : 0;
  double sum = 0;
  for (int step = 0; step < kSteps; ++step) {
    const double factor = 1 + model.drift * (step + 0.5) / kSteps;
    sum += (1 - stalled) * ShareOver(model, limit_ms, factor) +
           stalled * ShareOver(model, limit_ms - kStallMs, factor);
  }
  return sum / kSteps;
}

}  // namespace

double LimitExceededBy(const LatencyModel& model, double share) {
  double low = 0;
  double high = 1e6;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    (LongRunShareOver(model, middle) > share ? low : high) = middle;
  }
  return high;
}

std::vector<double> SimulateLatencies(const LatencyModel& model, int requests,
                                      std::mt19937_64& random) {
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform;
  double autocorrelation = model.autocorrelation;
  const int phase =
      model.stall_period > 0 ? static_cast<int>(uniform(random) * model.stall_period) : 0;
  double state = normal(random);
  std::vector<double> latencies_ms;
  latencies_ms.reserve(static_cast<size_t>(requests));
  for (int i = 0; i < requests; ++i) {
    double latency_ms = std::exp(kSpread * state) * (1 + model.drift * (i + 0.5) / requests);
    if (model.is_bimodal && uniform(random) < kDearShare) latency_ms *= kDearFactor;
    if (model.stall_period > 0 && i % model.stall_period == phase) latency_ms += kStallMs;
    latencies_ms.push_back(latency_ms);
    if (model.change_after > 0 && i >= model.change_after) {
      autocorrelation = model.later_autocorrelation;
    }
    state =
        autocorrelation * state + std::sqrt(1 - autocorrelation * autocorrelation) * normal(random);
  }
  return latencies_ms;
}

bench::LatencyRecorder RecordClosedLoop(const std::vector<double>& latencies_ms,
                                        std::mt19937_64& random) {
  constexpr int64_t kHourNs = 3'600'000'000'000;
  int64_t now_ns = std::uniform_int_distribution<int64_t>(0, kHourNs)(random);
  bench::LatencyRecorder latencies(/*to_utc_ns=*/0);
  for (const double latency_ms : latencies_ms) {
    const int64_t latency_ns = std::llround(latency_ms * 1e6);
    now_ns += latency_ns;
    latencies.RecordNanoseconds(latency_ns, now_ns);
  }
  return latencies;
}

bench::LatencyRecorder Simulate(const LatencyModel& model, int requests, std::mt19937_64& random) {
  return RecordClosedLoop(SimulateLatencies(model, requests, random), random);
}

}  // namespace slo::calibration
