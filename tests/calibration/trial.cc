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
#include "bench/drive/scenario.h"
#include "tools/slo_gate/objectives/judge.h"

namespace slo::calibration {
namespace {

using bench::Counters;
using tools::CheckStatus;

constexpr double kAllowance = 0.01;  // of a p99, of a success ratio of 0.99
constexpr double kFamilyConfidence = 0.95;

// What the gate would read from the results file.
tools::ReportRow RowOf(const std::string& name, Counters counters) {
  counters["real_time"] = 1;
  return {.name = name,
          .metrics = std::vector<tools::RowMetrics::Named>(counters.begin(), counters.end())};
}

tools::Objective MaxObjective(const std::string& name, const std::string& metric, double limit) {
  return {.id = name,
          .benchmark = name,
          .metric = metric,
          .max = tools::Limit{.value = limit, .text = absl::StrCat(limit)}};
}

tools::Objective MinObjective(const std::string& name, const std::string& metric, double limit) {
  return {.id = name,
          .benchmark = name,
          .metric = metric,
          .min = tools::Limit{.value = limit, .text = absl::StrCat(limit)}};
}

tools::Verdict JudgeRows(std::vector<tools::ReportRow> rows,
                         std::vector<tools::Objective> objectives, double published_level,
                         double family_confidence) {
  return tools::Judge({{.file = "simulated",
                        .confidence = published_level,
                        .context = {{"slo_build_type", "release"}, {"slo_schema", "1"}},
                        .rows = std::move(rows)}},
                      {.confidence = family_confidence, .objectives = std::move(objectives)}, {});
}

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

bench::Throughput SimulateRuns(int runs, std::mt19937_64& random) {
  constexpr double kAutocorrelation = 0.6;
  const int windows = bench::WindowCount(runs);
  const bench::LatencyRecorder recorder =
      Simulate({.autocorrelation = kAutocorrelation}, runs, random);
  const absl::Span<const uint32_t> latencies = recorder.series().values();
  bench::Throughput throughput;
  double all_seconds = 0;
  for (int window = 0; window < windows; ++window) {
    const auto first =
        static_cast<size_t>(window) * latencies.size() / static_cast<size_t>(windows);
    const auto last =
        (static_cast<size_t>(window) + 1) * latencies.size() / static_cast<size_t>(windows);
    double seconds = 0;
    for (size_t i = first; i < last; ++i) seconds += latencies[i] * 1e-9;
    throughput.window_seconds_per_run.push_back(seconds / static_cast<double>(last - first));
    all_seconds += seconds;
  }
  throughput.runs_per_second = runs / all_seconds;
  return throughput;
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

Setting ThroughputSetting(double used_allowance, int runs, double confidence) {
  // The mean of a lognormal around 1 ms with a spread of 0.5.
  const double true_rate = 1e3 / std::exp(0.125);
  return {.name = absl::StrCat("throughput of ", runs, " runs"),
          .used_allowance = used_allowance,
          .run = [=](uint64_t seed) {
            std::mt19937_64 random(seed);
            Counters counters;
            AddThroughputCounters(SimulateRuns(runs, random), {.confidence = confidence}, counters);
            return JudgeRows({RowOf("BM", std::move(counters))},
                             {MinObjective("BM", "runs_per_second", used_allowance * true_rate)},
                             confidence, confidence)
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
  for (const double used : {0.9, 1.0, 1.1}) {
    settings.push_back(ThroughputSetting(used, 2'000, kLevel));
  }
  settings.push_back(FamilySetting(1'000));
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
