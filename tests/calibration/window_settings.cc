#include "tests/calibration/window_settings.h"

#include <cmath>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/counters/counters.h"
#include "bench/counters/drift.h"
#include "bench/drive/throughput.h"
#include "tests/calibration/judgement.h"

namespace slo::calibration {
namespace {

using bench::Counters;

constexpr int kWindows = 24;
constexpr double kSlowRunFactor = 500;
constexpr double kFailedFactor = 0.1;
constexpr double kRunSpread = 0.5;         // of the logarithms of run times
constexpr double kWindowScatter = 0.1;     // of the logarithms of windows
constexpr double kIncrementScatter = 0.3;  // of the growth of windows
constexpr int64_t kRunsPerWindow = 100;
constexpr double kBytesPerRun = 1'000;

// Normal values of variance one, each correlated with the one before.
class Autoregression {
 public:
  Autoregression(double autocorrelation, std::mt19937_64& random)
      : autocorrelation_(autocorrelation), state_(normal_(random)) {}

  double Next(std::mt19937_64& random) {
    const double value = state_;
    state_ = autocorrelation_ * state_ +
             std::sqrt(1 - autocorrelation_ * autocorrelation_) * normal_(random);
    return value;
  }

 private:
  double autocorrelation_;
  std::normal_distribution<double> normal_;
  double state_;
};

// Runs a second of all clients that succeed, in the long run.
double TrueRate(const RunModel& model) {
  const double mean_seconds = 1e-3 * std::exp(kRunSpread * kRunSpread / 2) *
                              (1 + model.slow_share * (kSlowRunFactor - 1)) *
                              (1 + model.failed_share * (kFailedFactor - 1));
  return model.clients * (1 - model.failed_share) / mean_seconds;
}

bench::Throughput SimulateRuns(const RunModel& model, std::mt19937_64& random) {
  std::bernoulli_distribution is_slow(model.slow_share);
  std::bernoulli_distribution has_failed(model.failed_share);
  std::vector<Autoregression> own;
  for (int i = 0; i < model.clients; ++i) own.emplace_back(model.autocorrelation, random);
  Autoregression common(model.autocorrelation, random);
  std::vector<bench::RunMeter> meters(own.size());
  for (int run = 0; run < model.runs; ++run) {
    const double shared = std::sqrt(model.common_share) * common.Next(random);
    for (size_t i = 0; i < own.size(); ++i) {
      const double logarithm = shared + std::sqrt(1 - model.common_share) * own[i].Next(random);
      double ns = 1e6 * std::exp(kRunSpread * logarithm);
      if (is_slow(random)) ns *= kSlowRunFactor;
      const bool failed = has_failed(random);
      if (failed) ns *= kFailedFactor;
      meters[i].Add(absl::Nanoseconds(std::llround(ns)), !failed);
    }
  }
  std::vector<bench::ClientLoad> clients;
  for (const bench::RunMeter& meter : meters) clients.push_back({.runs = &meter});
  return bench::ThroughputOf(clients);
}

tools::CheckStatus Judge(Counters counters, tools::Objective objective, double confidence) {
  return JudgeRows({RowOf("BM", std::move(counters))}, {std::move(objective)}, confidence,
                   confidence)
      .summary.overall_status;
}

}  // namespace

Setting ThroughputSetting(const std::string& name, const RunModel& model, double used_allowance,
                          double confidence) {
  const double limit = used_allowance * TrueRate(model);
  return {.name = absl::StrCat("throughput of ", model.runs, " runs, ", name, ", ",
                               absl::FormatDuration(model.declared), " declared"),
          .used_allowance = used_allowance,
          .run = [=](uint64_t seed) {
            std::mt19937_64 random(seed);
            Counters counters;
            AddThroughputCounters(SimulateRuns(model, random),
                                  {.confidence = confidence, .longest_disturbance = model.declared},
                                  counters);
            return Judge(std::move(counters), MinObjective("BM", "runs_per_second", limit),
                         confidence);
          }};
}

Setting DriftSetting(double autocorrelation, double true_factor, double limit, double confidence) {
  return {.name = absl::StrCat("drift of a factor ", true_factor, " over ", kWindows,
                               " windows, limit ", limit, ", autocorrelation ", autocorrelation),
          .used_allowance = true_factor / limit,
          .run = [=](uint64_t seed) {
            std::mt19937_64 random(seed);
            Autoregression noise(autocorrelation, random);
            std::vector<bench::ScenarioWindow> windows;
            for (int i = 0; i < kWindows; ++i) {
              const double logarithm =
                  kWindowScatter * noise.Next(random) + std::log(true_factor) * i / (kWindows - 1);
              const absl::Duration time = absl::Microseconds(1e3 * std::exp(logarithm));
              windows.push_back({.runs = kRunsPerWindow, .run_p10 = time, .run_p99 = time});
            }
            Counters counters = {{"samples_count", kWindows * kRunsPerWindow}};
            AddSoakCounters(windows, confidence, counters);
            return Judge(std::move(counters), MaxObjective("BM", "latency_drift_factor", limit),
                         confidence);
          }};
}

Setting GrowthSetting(double autocorrelation, double chunks_per_window, double used_allowance,
                      double confidence) {
  const std::string kind = chunks_per_window > 0
                               ? absl::StrCat(chunks_per_window, " chunks a window")
                               : absl::StrCat("autocorrelation ", autocorrelation);
  return {.name = absl::StrCat("growth over ", kWindows, " windows, ", kind),
          .used_allowance = used_allowance,
          .run = [=](uint64_t seed) {
            std::mt19937_64 random(seed);
            Autoregression noise(autocorrelation, random);
            const double per_window = kBytesPerRun * kRunsPerWindow;
            double heap_bytes = 1e7;
            std::vector<bench::ScenarioWindow> windows;
            for (int i = 0; i < kWindows; ++i) {
              if (chunks_per_window > 0) {
                std::poisson_distribution<int> chunks(chunks_per_window);
                heap_bytes += chunks(random) * per_window / chunks_per_window;
              } else {
                heap_bytes += per_window * (1 + kIncrementScatter * noise.Next(random));
              }
              windows.push_back(
                  {.runs = kRunsPerWindow, .usage = {.heap_bytes = std::llround(heap_bytes)}});
            }
            Counters counters;
            AddSoakCounters(windows, confidence, counters);
            return Judge(
                std::move(counters),
                MaxObjective("BM", "heap_growth_per_run_bytes", kBytesPerRun / used_allowance),
                confidence);
          }};
}

std::vector<Setting> WindowSettings() {
  constexpr double kLevel = 0.95;
  constexpr absl::Duration kHalfASecond = absl::Milliseconds(500);
  std::vector<Setting> settings;
  const auto add = [&](const std::string& name, const RunModel& model, double used = 1) {
    settings.push_back(ThroughputSetting(name, model, used, kLevel));
  };
  for (const double used : {1 / 1.1, 1.0, 1.1}) {
    add("independent", {}, used);
    add("autocorrelation 0.6", {.autocorrelation = 0.6}, used);
  }
  add("autocorrelation 0.9", {.autocorrelation = 0.9});
  add("autocorrelation 0.99", {.autocorrelation = 0.99});
  add("0.02 % take 500 times as long", {.slow_share = 2e-4, .declared = kHalfASecond});
  add("0.02 % take 500 times as long",
      {.runs = 20'000, .slow_share = 2e-4, .declared = kHalfASecond});
  add("10 % fail in a tenth of the time", {.failed_share = 0.1});
  add("4 clients in common phases", {.autocorrelation = 0.9, .clients = 4, .common_share = 0.8});
  for (const double autocorrelation : {0.0, 0.3, 0.5, 0.9}) {
    settings.push_back(DriftSetting(autocorrelation, 1.2, 1.2, kLevel));
    settings.push_back(DriftSetting(autocorrelation, 1, 1.5, kLevel));
    settings.push_back(DriftSetting(autocorrelation, 2, 1, kLevel));
  }
  for (const double autocorrelation : {0.0, 0.5, 0.9}) {
    settings.push_back(GrowthSetting(autocorrelation, 0, 1, kLevel));
  }
  for (const double chunks : {0.5, 2.0}) {
    settings.push_back(GrowthSetting(0, chunks, 1, kLevel));
  }
  for (const double used : {0.5, 2.0}) settings.push_back(GrowthSetting(0.5, 0, used, kLevel));
  return settings;
}

}  // namespace slo::calibration
