#include "bench/workload/scenario.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "absl/time/clock.h"
#include "bench/workload/monotonic_clock.h"

namespace slo::workload {
namespace {

constexpr int kWindows = 20;
constexpr int kSmallestWindowRuns = 2;
constexpr size_t kSmallestWindowsForDrift = 8;

double PerSecond(int64_t count, absl::Duration time) {
  return time > absl::ZeroDuration() ? static_cast<double>(count) / absl::ToDoubleSeconds(time)
                                     : 0.0;
}

// The middle element by rank, the lower one of two.
absl::Duration Median(std::vector<absl::Duration> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

absl::Duration MedianOfWindows(std::span<const ScenarioWindow> windows) {
  std::vector<absl::Duration> medians;
  for (const ScenarioWindow& window : windows) medians.push_back(window.run_p50);
  return Median(std::move(medians));
}

// Waits for the planned start of a run and counts the starts that came too late.
class Pacer {
 public:
  explicit Pacer(absl::Duration pace)
      : pace_ns_(absl::ToInt64Nanoseconds(pace)), next_start_ns_(MonotonicNs()) {}

  void AwaitNextStart() {
    if (pace_ns_ == 0) return;
    const int64_t wait_ns = next_start_ns_ - MonotonicNs();
    if (wait_ns > 0) absl::SleepFor(absl::Nanoseconds(wait_ns));
    if (wait_ns < -pace_ns_) ++late_starts_;
    next_start_ns_ += pace_ns_;
  }

  int64_t late_starts() const { return late_starts_; }

 private:
  int64_t pace_ns_;
  int64_t next_start_ns_;
  int64_t late_starts_ = 0;
};

// Drives the runs from `range.first` to before `range.second` of the scenario.
ScenarioWindow RunWindow(RunPath& run_path, Pacer& pacer, std::pair<int64_t, int64_t> range,
                         const ScenarioOptions& options, RunRecorder& recorder) {
  const auto [first, last] = range;
  ScenarioWindow window;
  std::vector<absl::Duration> latencies;
  const int64_t failures_before = recorder.failures();
  for (int64_t run = first; run < last; ++run) {
    pacer.AwaitNextStart();
    const int64_t start_ns = MonotonicNs();
    run_path.Drive(recorder);
    const absl::Duration busy = absl::Nanoseconds(MonotonicNs() - start_ns);
    window.busy += busy;
    latencies.push_back(busy);
    if (options.on_progress) options.on_progress(run + 1);
  }
  window.succeeded = (last - first) - (recorder.failures() - failures_before);
  window.run_p50 = Median(std::move(latencies));
  return window;
}

}  // namespace

double ScenarioWindow::seconds_per_run() const {
  return absl::ToDoubleSeconds(busy) / static_cast<double>(succeeded);
}

Throughput ScenarioResult::throughput() const {
  Throughput throughput = {
      .runs_per_second = PerSecond(recorder.trials() - recorder.failures(), busy),
      .requests_per_second = PerSecond(recorder.requests(), busy)};
  for (const ScenarioWindow& window : windows) {
    throughput.window_seconds_per_run.push_back(window.seconds_per_run());
  }
  return throughput;
}

int WindowCount(int64_t runs) {
  return static_cast<int>(std::clamp<int64_t>(runs / kSmallestWindowRuns, 1, kWindows));
}

double LatencyDriftFactor(const std::vector<ScenarioWindow>& windows) {
  if (windows.size() < kSmallestWindowsForDrift) return 1.0;
  const std::span<const ScenarioWindow> all(windows);
  const size_t quarter = windows.size() / 4;
  const absl::Duration first = MedianOfWindows(all.first(quarter));
  const absl::Duration last = MedianOfWindows(all.last(quarter));
  if (first <= absl::ZeroDuration()) return 1.0;
  return absl::FDivDuration(last, first);
}

ScenarioResult RunScenario(RunPath& run_path, const ScenarioOptions& options) {
  RunRecorder warm_up;
  Pacer pacer(options.pace);
  for (int64_t run = 0; run < options.warm_up_runs; ++run) {
    pacer.AwaitNextStart();
    run_path.Drive(warm_up);
  }
  const int64_t late_warm_ups = pacer.late_starts();

  ScenarioResult result;
  const int windows = WindowCount(options.runs);
  for (int64_t window = 0; window < windows; ++window) {
    const int64_t first = window * options.runs / windows;
    const int64_t last = (window + 1) * options.runs / windows;
    result.windows.push_back(RunWindow(run_path, pacer, {first, last}, options, result.recorder));
    result.busy += result.windows.back().busy;
  }
  result.late_starts = pacer.late_starts() - late_warm_ups;
  return result;
}

}  // namespace slo::workload
