#include "tests/calibration/process_settings.h"

#include <array>
#include <cmath>
#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/counters/counters.h"
#include "tests/calibration/disturbed_api.h"
#include "tests/calibration/judgement.h"
#include "tests/calibration/simulated_api.h"
#include "tools/lib/results/counter_names.h"

namespace slo::calibration {
namespace {

constexpr int kProcesses = 10;
constexpr int kRequests = 1'000;  // of a process
constexpr double kProcessesLevel = 0.95;
constexpr double kSlowShare = 0.01;
constexpr double kWithinProcess = 0.5;  // of the logarithms of latencies within a process

struct ProcessModel {
  std::string name;
  double autocorrelation = 0;
  int run_length = 0;  // of slow requests; 0: they do not come in runs
  double between = 0;  // the standard deviation of the logarithms between processes
  int64_t disturbed_requests = 1;
};

// Latencies of one process around 1 ms. The limit of slow runs is kRunsLimitMs.
std::vector<double> LatenciesOfProcess(const ProcessModel& model, double used,
                                       std::mt19937_64& random) {
  if (model.run_length > 0) {
    return LatenciesOf(DisturbedRuns(model.run_length, used * kSlowShare, kRequests, random),
                       random);
  }
  std::vector<double> latencies_ms =
      SimulateLatencies({.autocorrelation = model.autocorrelation}, kRequests, random);
  const double factor = std::exp(model.between * std::normal_distribution<double>()(random));
  for (double& latency_ms : latencies_ms) latency_ms *= factor;
  return latencies_ms;
}

// That the used part of the allowance exceeds, over all processes that there could be.
double LimitMs(const ProcessModel& model, double used) {
  if (model.run_length > 0) return kRunsLimitMs;
  // The logarithms of a mixture of normal ones with normal means are normal.
  const double within_ms = LimitExceededBy(LatencyModel(), used * kSlowShare);
  return std::pow(within_ms, std::hypot(kWithinProcess, model.between) / kWithinProcess);
}

tools::ReportRow RowOfProcess(int process, bench::Counters counters) {
  counters[tools::kProcess] = process;
  counters[tools::kProcessesCount] = kProcesses;
  return RowOf("BM", std::move(counters));
}

tools::CheckStatus RunProcessesTrial(const ProcessModel& model, double used, double limit_us,
                                     uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<tools::ReportRow> rows;
  for (int process = 0; process < kProcesses; ++process) {
    bench::Counters counters;
    AddLatencyCounters(RecordClosedLoop(LatenciesOfProcess(model, used, random), random), "",
                       {.confidence = kProcessesLevel,
                        .disturbed_requests = model.disturbed_requests,
                        .processes = kProcesses},
                       counters);
    rows.push_back(RowOfProcess(process, std::move(counters)));
  }
  return JudgeRows(std::move(rows), {MaxObjective("BM", "latency_p99_us", limit_us)},
                   kProcessesLevel, kProcessesLevel, model.disturbed_requests)
      .summary.overall_status;
}

}  // namespace

std::vector<Setting> ProcessSettings() {
  const std::vector<ProcessModel> models = {
      {.name = "independent"},
      {.name = "autocorrelation 0.9", .autocorrelation = 0.9},
      {.name = "runs of 10", .run_length = 10, .disturbed_requests = 10},
      {.name = "processes differ by 20 %", .between = 0.2}};
  std::vector<Setting> settings;
  for (const ProcessModel& model : models) {
    for (const double used : {0.5, 1.0, 2.0}) {
      const double limit_us = 1e3 * LimitMs(model, used);
      settings.push_back(
          {.name = absl::StrCat("p99 of ", kProcesses, " processes with ", kRequests,
                                " requests each, ", model.name, ", D=", model.disturbed_requests),
           .used_allowance = used,
           .confidence = kProcessesLevel,
           .samples = kProcesses * kRequests,
           .run = [=](uint64_t seed) { return RunProcessesTrial(model, used, limit_us, seed); }});
    }
  }
  return settings;
}

Setting DefaultSuccessSetting(double used_allowance) {
  constexpr int kRuns = 8'000;
  return {.name = absl::StrCat("success ratio of ", kProcesses, " processes with ", kRuns, " runs"),
          .used_allowance = used_allowance,
          .confidence = tools::BoundOptions().confidence,
          .samples = kProcesses * kRuns,
          .run = [=](uint64_t seed) {
            const tools::BoundOptions bounds = {.processes = kProcesses};
            std::mt19937_64 random(seed);
            std::vector<tools::ReportRow> rows;
            for (int process = 0; process < kProcesses; ++process) {
              bench::Counters counters;
              AddSuccessCounters(
                  TrialsOf(DisturbedRuns(1, used_allowance * kSlowShare, kRuns, random), random),
                  bounds, counters);
              rows.push_back(RowOfProcess(process, std::move(counters)));
            }
            return JudgeRows(std::move(rows), {MinObjective("BM", "success_ratio", 1 - kSlowShare)},
                             bounds.confidence, bounds.confidence, bounds.disturbed_requests)
                .summary.overall_status;
          }};
}

}  // namespace slo::calibration
