#include "tests/calibration/latency_settings.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/calibration/disturbed_api.h"
#include "tests/calibration/fractional_noise.h"
#include "tests/calibration/simulated_api.h"

namespace slo::calibration {
namespace {

constexpr double kP99Allowance = 0.01;  // of a p99
constexpr double kDefaultLevel = 0.9995;
constexpr std::array<double, 3> kUsedShares = {0.5, 1.0, 2.0};

std::vector<Setting> LognormalSettings() {
  struct Case {
    const char* name;
    LatencyModel model;
    int64_t disturbed = 1;
    int samples = 4'000;
    double confidence = 0.95;
  };
  const std::vector<Case> cases = {
      {"independent", {}},
      {"independent", {}, 4},
      {"autocorrelation 0.5", {.autocorrelation = 0.5}},
      {"autocorrelation 0.9", {.autocorrelation = 0.9}},
      {"autocorrelation 0.99", {.autocorrelation = 0.99}},
      {"bimodal", {.is_bimodal = true}},
      {"a 50 ms stall each 200", {.stall_period = 200}},
      {"5 % drift", {.drift = 0.05}},
      {"independent", {}, 4, 64'000, kDefaultLevel},
      {"autocorrelation 0.5", {.autocorrelation = 0.5}, 4, 64'000, kDefaultLevel},
      {"autocorrelation 0.99 from 131072 on",
       {.change_after = 131'072, .later_autocorrelation = 0.99},
       1,
       200'000},
  };
  std::vector<Setting> settings;
  for (const Case& c : cases) {
    for (const double used : kUsedShares) {
      settings.push_back(LatencySetting({.name = c.name,
                                         .used_allowance = used,
                                         .samples = c.samples,
                                         .confidence = c.confidence,
                                         .disturbed_requests = c.disturbed},
                                        c.model));
    }
  }
  return settings;
}

// Runs of slow requests as long as is declared, and longer ones.
std::vector<Setting> RunsSettings() {
  struct Case {
    int length;
    int64_t disturbed;
    int samples = 4'000;
    double confidence = 0.95;
  };
  const std::vector<Case> cases = {{1, 1},
                                   {5, 5},
                                   {10, 10},
                                   {20, 20},
                                   {40, 40},
                                   {100, 100},
                                   {100, 100, 64'000, kDefaultLevel},
                                   {250, 250, 64'000, kDefaultLevel},
                                   {500, 500, 64'000, kDefaultLevel},
                                   {10, 1},
                                   {40, 1}};
  std::vector<Setting> settings;
  for (const Case& c : cases) {
    for (const double used : kUsedShares) {
      const bool is_declared = c.disturbed >= c.length;
      const LatencyCase about = {
          .name = absl::StrCat("runs of ", c.length, is_declared ? "" : ", longer than declared"),
          .used_allowance = used,
          .samples = c.samples,
          .confidence = c.confidence,
          .disturbed_requests = c.disturbed,
          .is_asserted = is_declared};
      settings.push_back(LatencySetting(about, kRunsLimitMs, [=](std::mt19937_64& random) {
        return RecordClosedLoop(
            LatenciesOf(DisturbedRuns(c.length, used * kP99Allowance, c.samples, random), random),
            random);
      }));
    }
  }
  return settings;
}

Setting PhasesSetting(const Phases& phases, double used, bool is_asserted) {
  constexpr int kRequests = 4'000;
  const LatencyCase about = {.name = absl::StrCat("phases of ", phases.slow_requests, " slow and ",
                                                  phases.normal_requests, " other ones"),
                             .used_allowance = used,
                             .disturbed_requests = 4,
                             .is_asserted = is_asserted};
  return LatencySetting(about, LimitExceededBy(phases, used * kP99Allowance),
                        [=](std::mt19937_64& random) {
                          return RecordClosedLoop(LatenciesOf(phases, kRequests, random), random);
                        });
}

// Disturbances of other kinds. Those of fractional noise have no greatest length.
std::vector<Setting> PhasesSettings() {
  constexpr int kRequests = 4'000;
  std::vector<Setting> settings;
  for (const double used : kUsedShares) {
    // A slot of time has about 80 requests.
    settings.push_back(PhasesSetting({30, 90}, used, true));
    settings.push_back(PhasesSetting({300, 900}, used, true));
    for (const double hurst : {0.8, 0.9}) {
      const auto noise = std::make_shared<FractionalNoise>(hurst, size_t{kRequests});
      const LatencyCase about = {
          .name = absl::StrCat("fractional noise, H ", hurst, ", longer than declared"),
          .used_allowance = used,
          .disturbed_requests = 4,
          .is_asserted = false};
      settings.push_back(LatencySetting(about,
                                        LimitExceededBy(LatencyModel(), used * kP99Allowance),
                                        [=](std::mt19937_64& random) {
                                          std::vector<double> latencies_ms = noise->Sample(random);
                                          for (double& value : latencies_ms)
                                            value = std::exp(0.5 * value);
                                          return RecordClosedLoop(latencies_ms, random);
                                        }));
    }
    settings.push_back(
        LatencySetting({.name = "Pareto 1.1", .used_allowance = used},
                       ParetoLimitExceededBy(used * kP99Allowance), [](std::mt19937_64& random) {
                         return RecordClosedLoop(ParetoLatencies(kRequests, random), random);
                       }));
    for (const int clients : {2, 4, 8, 16}) {
      settings.push_back(LatencySetting(
          {.name = absl::StrCat("common phases of ", clients, " clients"), .used_allowance = used},
          LimitExceededBy(LatencyModel(), used * kP99Allowance),
          [=](std::mt19937_64& random) { return CommonPhases(clients, kRequests, random); }));
    }
    // 2,000 a second: 100 are planned in a pause.
    for (const auto& [samples, confidence] : {std::pair{16'000, 0.95}, {64'000, kDefaultLevel}}) {
      settings.push_back(LatencySetting({.name = "open load with pauses of 50 ms",
                                         .used_allowance = used,
                                         .samples = samples,
                                         .confidence = confidence,
                                         .disturbed_requests = 100,
                                         .is_p95 = true},
                                        kPausesLimitMs, [=, samples = samples](auto& random) {
                                          return Pauses(2'000, used * 0.05, samples, random);
                                        }));
    }
  }
  return settings;
}

// Samples as small as can prove a p95.
std::vector<Setting> SmallSettings() {
  std::vector<Setting> settings;
  for (const int samples : {59, 60, 128}) {
    for (const double autocorrelation : {0.0, 0.5, 0.9}) {
      settings.push_back(LatencySetting({.name = absl::StrCat("autocorrelation ", autocorrelation),
                                         .samples = samples,
                                         .is_p95 = true},
                                        {.autocorrelation = autocorrelation}));
    }
  }
  return settings;
}

}  // namespace

std::vector<Setting> LatencySettings() {
  std::vector<Setting> settings = LognormalSettings();
  for (auto* const more : {RunsSettings, PhasesSettings, SmallSettings}) {
    for (Setting& setting : more()) settings.push_back(std::move(setting));
  }
  return settings;
}

}  // namespace slo::calibration
