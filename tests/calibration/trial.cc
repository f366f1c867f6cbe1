#include "tests/calibration/trial.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <random>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/counters/counters.h"
#include "tests/calibration/disturbed_api.h"
#include "tests/calibration/judgement.h"
#include "tests/calibration/latency_settings.h"
#include "tests/calibration/process_settings.h"
#include "tests/calibration/window_settings.h"

namespace slo::calibration {
namespace {

using bench::Counters;
using tools::CheckStatus;

constexpr double kAllowance = 0.01;  // of a p99, of a success ratio of 0.99
constexpr double kFamilyConfidence = 0.95;

Counters LatencyCounters(const bench::LatencyRecorder& latencies, double confidence,
                         int64_t disturbed_requests) {
  Counters counters;
  AddLatencyCounters(latencies, "",
                     {.confidence = confidence, .disturbed_requests = disturbed_requests},
                     counters);
  return counters;
}

double AllowanceOf(const LatencyCase& about) { return about.is_p95 ? 0.05 : kAllowance; }

// Against a success ratio of 0.99. The gate knows of no disturbances yet, nor of dependence: only
// failures one by one are no longer than is declared.
Setting SuccessCase(const std::string& name, double used_allowance, int trials, double confidence,
                    int64_t disturbed, bool is_asserted,
                    std::function<bench::RunRecorder(std::mt19937_64& random)> simulate) {
  return {.name = name,
          .used_allowance = used_allowance,
          .confidence = confidence,
          .is_asserted = is_asserted,
          .samples = trials,
          .run = [=, simulate = std::move(simulate)](uint64_t seed) {
            std::mt19937_64 random(seed);
            Counters counters;
            AddSuccessCounters(simulate(random),
                               {.confidence = confidence, .disturbed_requests = disturbed},
                               counters);
            return JudgeRows({RowOf("BM", std::move(counters))},
                             {MinObjective("BM", "success_ratio", 1 - kAllowance)}, confidence,
                             confidence, disturbed)
                .summary.overall_status;
          }};
}

CheckStatus RunFamilyTrial(int requests, double limit_ms, uint64_t seed) {
  constexpr int kEndpoints = 8;
  constexpr double kLevel = 1 - (1 - kFamilyConfidence) / kEndpoints;
  std::mt19937_64 random(seed);
  std::vector<tools::ReportRow> rows;
  std::vector<tools::Objective> objectives;
  for (int i = 0; i < kEndpoints; ++i) {
    const std::string name = absl::StrCat("BM_Endpoint/", i);
    rows.push_back(RowOf(name, LatencyCounters(Simulate({}, requests, random), kLevel, 1)));
    objectives.push_back(MaxObjective(name, "latency_p99_us", limit_ms * 1e3));
  }
  const tools::Verdict verdict =
      JudgeRows(std::move(rows), std::move(objectives), kLevel, kFamilyConfidence);
  if (verdict.summary.checks_passed > 0) return CheckStatus::kPass;
  return verdict.summary.checks_failed > 0 ? CheckStatus::kFail : CheckStatus::kInsufficient;
}

constexpr std::array<double, 3> kUsed = {0.5, 1.0, 2.0};

}  // namespace

Setting LatencySetting(const LatencyCase& about, double limit_ms,
                       std::function<bench::LatencyRecorder(std::mt19937_64& random)> simulate) {
  const std::string percentile = about.is_p95 ? "p95" : "p99";
  const std::string metric = absl::StrCat("latency_", percentile, "_us");
  return {.name = absl::StrCat(percentile, " of ", about.samples, " requests, ", about.name,
                               ", D=", about.disturbed_requests),
          .used_allowance = about.used_allowance,
          .confidence = about.confidence,
          .is_asserted = about.is_asserted,
          .samples = about.samples,
          .run = [=, simulate = std::move(simulate)](uint64_t seed) {
            std::mt19937_64 random(seed);
            return JudgeRows({RowOf("BM", LatencyCounters(simulate(random), about.confidence,
                                                          about.disturbed_requests))},
                             {MaxObjective("BM", metric, limit_ms * 1e3)}, about.confidence,
                             about.confidence)
                .summary.overall_status;
          }};
}

Setting LatencySetting(const LatencyCase& about, const LatencyModel& model) {
  return LatencySetting(about, LimitExceededBy(model, about.used_allowance * AllowanceOf(about)),
                        [model, samples = about.samples](std::mt19937_64& random) {
                          return Simulate(model, samples, random);
                        });
}

Setting SuccessSetting(double used_allowance, int trials, double confidence, int run_length) {
  return SuccessCase(absl::StrCat("success ratio of ", trials, " runs, failures in runs of ",
                                  run_length, ", D=", run_length),
                     used_allowance, trials, confidence, run_length, /*is_asserted=*/true,
                     [=](std::mt19937_64& random) {
                       return TrialsOf(
                           DisturbedRuns(run_length, used_allowance * kAllowance, trials, random),
                           random);
                     });
}

Setting FamilySetting(int requests) {
  const double limit_ms = LimitExceededBy(LatencyModel(), kAllowance);
  return {.name = absl::StrCat("any of 8 checks, p99 of ", requests, " requests each"),
          .used_allowance = 1,
          .samples = 8 * requests,
          .run = [=](uint64_t seed) { return RunFamilyTrial(requests, limit_ms, seed); }};
}

namespace {

std::vector<Setting> SuccessSettings() {
  constexpr int kTrials = 8'000;
  constexpr int kOutageSeconds = 60;
  std::vector<Setting> settings;
  for (const double used : kUsed) {
    for (const int run_length : {1, 5, 20, 100, 500}) {
      settings.push_back(SuccessSetting(used, kTrials, kFamilyConfidence, run_length));
    }
  }
  settings.push_back(SuccessCase("success ratio of 60 s, outages of 5 s, longer than declared, D=4",
                                 1, 100 * kOutageSeconds, kFamilyConfidence, 4,
                                 /*is_asserted=*/false, [](std::mt19937_64& random) {
                                   return Outages(kOutageSeconds, random);
                                 }));
  return settings;
}

}  // namespace

std::vector<Setting> AllSettings() {
  std::vector<Setting> settings = LatencySettings();
  for (Setting& setting : SuccessSettings()) settings.push_back(std::move(setting));
  settings.push_back(FamilySetting(1'000));
  for (Setting& setting : ProcessSettings()) settings.push_back(std::move(setting));
  for (Setting& setting : WindowSettings()) settings.push_back(std::move(setting));
  return settings;
}

Rates RunTrials(const Setting& setting, int trials, uint64_t seed) {
  // Every trial stands for itself, so that it does not matter which thread runs it.
  std::atomic<int> next = 0;
  std::array<std::atomic<int>, static_cast<size_t>(CheckStatus::kFail) + 1> counts = {};
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
    threads.emplace_back([&] {
      for (int trial = next++; trial < trials; trial = next++) {
        ++counts[static_cast<size_t>(setting.run(seed + static_cast<uint64_t>(trial)))];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto count = [&](CheckStatus status) { return counts[static_cast<size_t>(status)].load(); };
  return {.trials = trials,
          .passed = count(CheckStatus::kPass),
          .failed = count(CheckStatus::kFail),
          .insufficient = count(CheckStatus::kInsufficient)};
}

}  // namespace slo::calibration
