// APIs of which the truth is known, whose slow or failed requests come together: in runs, in
// phases, in pauses, for all clients at once.

#ifndef SLO_TESTS_CALIBRATION_DISTURBED_API_H_
#define SLO_TESTS_CALIBRATION_DISTURBED_API_H_

#include <cstdint>
#include <random>
#include <vector>

#include "bench/record/latency_recorder.h"
#include "bench/record/run_recorder.h"

namespace slo::calibration {

// Which of `requests` requests are disturbed: runs of exactly `length` one after another, so that
// `share` of all are in the long run, from a random one on. Domain: 0 < share < length / (1 +
// length).
std::vector<bool> DisturbedRuns(int length, double share, int requests, std::mt19937_64& random);

// A disturbed request takes 5 to 6 ms, another one 1 to 1.2 ms. Between them lies kRunsLimitMs.
inline constexpr double kRunsLimitMs = 3;
std::vector<double> LatenciesOf(const std::vector<bool>& disturbed, std::mt19937_64& random);

// Phases of exponential length, `slow` and `normal` requests in the mean. In a slow one latencies
// are twice as long; otherwise lognormal around 1 ms.
struct Phases {
  double slow_requests = 0;
  double normal_requests = 0;
};
std::vector<double> LatenciesOf(const Phases& phases, int requests, std::mt19937_64& random);
double LimitExceededBy(const Phases& phases, double share);

// P(latency > x) = x^-1.1 from 1 ms on: the variance is infinite.
std::vector<double> ParetoLatencies(int requests, std::mt19937_64& random);
double ParetoLimitExceededBy(double share);

// `clients` each send a request every millisecond, `requests` in all, and all feel the same phases:
// logarithms are normal, and most of their variance is a common autoregression of 0.9 a
// millisecond. The limit is that of LimitExceededBy of an undisturbed LatencyModel.
bench::LatencyRecorder CommonPhases(int clients, int requests, std::mt19937_64& random);

// An open loop of `rate` Poisson arrivals a second at a system that pauses for kPause, at random
// (exponential) times: latencies from the planned start, at which they are recorded. `share` take
// longer than kPausesLimit.
inline constexpr double kPauseMs = 50;
inline constexpr double kPausesLimitMs = 10;
bench::LatencyRecorder Pauses(double rate, double share, int requests, std::mt19937_64& random);

// Trials every millisecond, of which the disturbed ones failed.
bench::RunRecorder TrialsOf(const std::vector<bool>& disturbed, std::mt19937_64& random);

// `seconds` of 100 trials a second, all of which fail for 5 s in every 500 s, from a random time
// on.
bench::RunRecorder Outages(int seconds, std::mt19937_64& random);

}  // namespace slo::calibration

#endif  // SLO_TESTS_CALIBRATION_DISTURBED_API_H_
