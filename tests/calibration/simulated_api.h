// An API of which the truth is known: latencies with a given share above a limit, dependence,
// faults.

#ifndef SLO_TESTS_CALIBRATION_SIMULATED_API_H_
#define SLO_TESTS_CALIBRATION_SIMULATED_API_H_

#include <cstdint>
#include <random>
#include <vector>

#include "bench/record/latency_recorder.h"

namespace slo::calibration {

// Latencies are lognormal around 1 ms; their logarithms follow an autoregression of order one.
struct LatencyModel {
  double autocorrelation = 0;  // of neighbouring logarithms, from 0 to below 1
  // One request in five takes ten times as long, independently of the others.
  bool is_bimodal = false;
  // Every so many requests one takes 50 ms longer, from a random one on; 0: never.
  int stall_period = 0;
  // From so many requests on their autocorrelation is the second one; 0: never.
  int change_after = 0;
  double later_autocorrelation = 0;
  // By this share the last request is slower than the first; the ones between lie on a line.
  double drift = 0;
};

// The latency in milliseconds that the given share of all requests exceeds in the long run.
// Domain: 0 < share < 1.
double LimitExceededBy(const LatencyModel& model, double share);

// `requests` latencies in milliseconds, in the order in which they are observed.
std::vector<double> SimulateLatencies(const LatencyModel& model, int requests,
                                      std::mt19937_64& random);

// Latencies in milliseconds of a closed loop: each request follows the one before, the first one at
// a random time.
bench::LatencyRecorder RecordClosedLoop(const std::vector<double>& latencies_ms,
                                        std::mt19937_64& random);

// Both.
bench::LatencyRecorder Simulate(const LatencyModel& model, int requests, std::mt19937_64& random);

}  // namespace slo::calibration

#endif  // SLO_TESTS_CALIBRATION_SIMULATED_API_H_
