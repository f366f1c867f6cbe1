#include "tests/calibration/trial.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <random>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/counters/counters.h"
#include "tests/calibration/judgement.h"
#include "tests/calibration/window_settings.h"

namespace slo::calibration {
namespace {

using bench::Counters;
using tools::CheckStatus;

constexpr double kAllowance = 0.01;  // of a p99, of a success ratio of 0.99
constexpr double kFamilyConfidence = 0.95;

Counters LatencyCounters(const LatencyModel& model, int requests, double confidence,
                         std::mt19937_64& random) {
  Counters counters;
  AddLatencyCounters(Simulate(model, requests, random), "", {.confidence = confidence}, counters);
  return counters;
}

CheckStatus RunFamilyTrial(int requests, double limit_ms, uint64_t seed) {
  constexpr int kEndpoints = 8;
  constexpr double kLevel = 1 - (1 - kFamilyConfidence) / kEndpoints;
  std::mt19937_64 random(seed);
  std::vector<tools::ReportRow> rows;
  std::vector<tools::Objective> objectives;
  for (int i = 0; i < kEndpoints; ++i) {
    const std::string name = absl::StrCat("BM_Endpoint/", i);
    rows.push_back(RowOf(name, LatencyCounters({}, requests, kLevel, random)));
    objectives.push_back(MaxObjective(name, "latency_p99_us", limit_ms * 1e3));
  }
  const tools::Verdict verdict =
      JudgeRows(std::move(rows), std::move(objectives), kLevel, kFamilyConfidence);
  if (verdict.summary.checks_passed > 0) return CheckStatus::kPass;
  return verdict.summary.checks_failed > 0 ? CheckStatus::kFail : CheckStatus::kInsufficient;
}

}  // namespace

Setting LatencySetting(const std::string& name, const LatencyModel& model, double used_allowance,
                       int requests, double confidence) {
  const double limit_us = 1e3 * LimitExceededBy(model, used_allowance * kAllowance);
  return {.name = absl::StrCat("p99 of ", requests, " requests, ", name),
          .used_allowance = used_allowance,
          .run = [=](uint64_t seed) {
            std::mt19937_64 random(seed);
            return JudgeRows({RowOf("BM", LatencyCounters(model, requests, confidence, random))},
                             {MaxObjective("BM", "latency_p99_us", limit_us)}, confidence,
                             confidence)
                .summary.overall_status;
          }};
}

Setting SuccessSetting(double used_allowance, int trials, double confidence) {
  return {.name = absl::StrCat("success ratio of ", trials, " runs"),
          .used_allowance = used_allowance,
          .run = [=](uint64_t seed) {
            std::mt19937_64 random(seed);
            std::bernoulli_distribution fails(used_allowance * kAllowance);
            bench::RunRecorder recorder;
            for (int i = 0; i < trials; ++i) {
              recorder.CountTrial();
              if (fails(random)) {
                recorder.CountFailure(bench::FailureReason::kStatus, "simulated");
              }
            }
            Counters counters;
            AddSuccessCounters(recorder, counters);
            return JudgeRows({RowOf("BM", std::move(counters))},
                             {MinObjective("BM", "success_ratio", 1 - kAllowance)}, confidence,
                             confidence)
                .summary.overall_status;
          }};
}

Setting FamilySetting(int requests) {
  const double limit_ms = LimitExceededBy({}, kAllowance);
  return {.name = absl::StrCat("any of 8 checks, p99 of ", requests, " requests each"),
          .used_allowance = 1,
          .run = [=](uint64_t seed) { return RunFamilyTrial(requests, limit_ms, seed); }};
}

std::vector<Setting> AllSettings() {
  constexpr double kLevel = 0.95;
  constexpr int kRequests = 4'000;
  struct Case {
    const char* name;
    LatencyModel model;
  };
  const std::vector<Case> cases = {
      {"independent", {}},
      {"autocorrelation 0.5", {.autocorrelation = 0.5}},
      {"autocorrelation 0.9", {.autocorrelation = 0.9}},
      {"bimodal", {.is_bimodal = true}},
      {"a 50 ms stall each 200", {.stall_period = 200}},
      {"5 % drift", {.drift = 0.05}},
  };
  std::vector<Setting> settings;
  for (const Case& c : cases) {
    for (const double used : {0.5, 1.0, 2.0}) {
      settings.push_back(LatencySetting(c.name, c.model, used, kRequests, kLevel));
    }
  }
  for (const double used : {0.5, 1.0, 2.0}) {
    settings.push_back(SuccessSetting(used, kRequests, kLevel));
  }
  settings.push_back(FamilySetting(1'000));
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
