#include "tests/calibration/trial.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <memory>
#include <random>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/counters/counters.h"
#include "bench/drive/scenario.h"
#include "tests/calibration/disturbed_api.h"
#include "tests/calibration/fractional_noise.h"
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
                    int run_length,
                    std::function<bench::RunRecorder(std::mt19937_64& random)> simulate) {
  return {.name = name,
          .used_allowance = used_allowance,
          .confidence = confidence,
          .is_asserted = run_length == 1,
          .samples = trials,
          .run = [=, simulate = std::move(simulate)](uint64_t seed) {
            std::mt19937_64 random(seed);
            Counters counters;
            AddSuccessCounters(simulate(random),
                               {.confidence = confidence, .disturbed_requests = run_length},
                               counters);
            return JudgeRows({RowOf("BM", std::move(counters))},
                             {MinObjective("BM", "success_ratio", 1 - kAllowance)}, confidence,
                             confidence)
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

bench::Throughput SimulateRuns(int runs, std::mt19937_64& random) {
  constexpr double kAutocorrelation = 0.6;
  const int windows = bench::WindowCount(runs);
  const std::vector<double> latencies_ms =
      SimulateLatencies({.autocorrelation = kAutocorrelation}, runs, random);
  bench::Throughput throughput;
  double all_seconds = 0;
  for (int window = 0; window < windows; ++window) {
    const auto first =
        static_cast<size_t>(window) * latencies_ms.size() / static_cast<size_t>(windows);
    const auto last =
        (static_cast<size_t>(window) + 1) * latencies_ms.size() / static_cast<size_t>(windows);
    double seconds = 0;
    for (size_t i = first; i < last; ++i) seconds += latencies_ms[i] * 1e-3;
    throughput.window_seconds_per_run.push_back(seconds / static_cast<double>(last - first));
    all_seconds += seconds;
  }
  throughput.runs_per_second = runs / all_seconds;
  return throughput;
}

constexpr double kDefaultLevel = 0.9995;
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
                     used_allowance, trials, confidence, run_length, [=](std::mt19937_64& random) {
                       return TrialsOf(
                           DisturbedRuns(run_length, used_allowance * kAllowance, trials, random),
                           random);
                     });
}

Setting ThroughputSetting(double used_allowance, int runs, double confidence) {
  // The mean of a lognormal around 1 ms with a spread of 0.5.
  const double true_rate = 1e3 / std::exp(0.125);
  return {.name = absl::StrCat("throughput of ", runs, " runs"),
          .used_allowance = used_allowance,
          .confidence = confidence,
          .samples = runs,
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
  const double limit_ms = LimitExceededBy(LatencyModel(), kAllowance);
  return {.name = absl::StrCat("any of 8 checks, p99 of ", requests, " requests each"),
          .used_allowance = 1,
          .samples = 8 * requests,
          .run = [=](uint64_t seed) { return RunFamilyTrial(requests, limit_ms, seed); }};
}

namespace {

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
    for (const double used : kUsed) {
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
    for (const double used : kUsed) {
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
            LatenciesOf(DisturbedRuns(c.length, used * kAllowance, c.samples, random), random),
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
  return LatencySetting(about, LimitExceededBy(phases, used * kAllowance),
                        [=](std::mt19937_64& random) {
                          return RecordClosedLoop(LatenciesOf(phases, kRequests, random), random);
                        });
}

// Disturbances of other kinds. Those of fractional noise have no greatest length.
std::vector<Setting> PhasesSettings() {
  constexpr int kRequests = 4'000;
  std::vector<Setting> settings;
  for (const double used : kUsed) {
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
      settings.push_back(LatencySetting(about, LimitExceededBy(LatencyModel(), used * kAllowance),
                                        [=](std::mt19937_64& random) {
                                          std::vector<double> latencies_ms = noise->Sample(random);
                                          for (double& value : latencies_ms)
                                            value = std::exp(0.5 * value);
                                          return RecordClosedLoop(latencies_ms, random);
                                        }));
    }
    settings.push_back(
        LatencySetting({.name = "Pareto 1.1", .used_allowance = used},
                       ParetoLimitExceededBy(used * kAllowance), [](std::mt19937_64& random) {
                         return RecordClosedLoop(ParetoLatencies(kRequests, random), random);
                       }));
    for (const int clients : {2, 4, 8, 16}) {
      settings.push_back(LatencySetting(
          {.name = absl::StrCat("common phases of ", clients, " clients"), .used_allowance = used},
          LimitExceededBy(LatencyModel(), used * kAllowance),
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

std::vector<Setting> SuccessSettings() {
  constexpr int kTrials = 8'000;
  constexpr int kOutageSeconds = 60;
  std::vector<Setting> settings;
  for (const double used : kUsed) {
    for (const int run_length : {1, 5, 20, 100, 500}) {
      settings.push_back(SuccessSetting(used, kTrials, kFamilyConfidence, run_length));
    }
  }
  settings.push_back(
      SuccessCase("success ratio of 60 s, outages of 5 s, longer than declared, D=4", 1,
                  100 * kOutageSeconds, kFamilyConfidence, 4,
                  [](std::mt19937_64& random) { return Outages(kOutageSeconds, random); }));
  return settings;
}

}  // namespace

std::vector<Setting> AllSettings() {
  std::vector<Setting> settings = LognormalSettings();
  for (auto* const more : {RunsSettings, PhasesSettings, SmallSettings, SuccessSettings}) {
    for (Setting& setting : more()) settings.push_back(std::move(setting));
  }
  for (const double used : {0.9, 1.0, 1.1}) {
    settings.push_back(ThroughputSetting(used, 2'000, kFamilyConfidence));
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
