#include "bench/drive/scenario.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "bench/machine/monotonic_clock.h"

namespace slo::bench {
namespace {

constexpr int kWindows = 24;
constexpr int kSmallestWindowRuns = 2;

// The value of nearest rank; `sorted` has one.
absl::Duration Quantile(const std::vector<absl::Duration>& sorted, double quantile) {
  const auto rank = static_cast<size_t>(std::ceil(quantile * static_cast<double>(sorted.size())));
  return sorted[std::max<size_t>(rank, 1) - 1];
}

// Waits for the planned start of a run and counts the starts that came too late.
class Pacer {
 public:
  // The first start is when it is first awaited.
  explicit Pacer(absl::Duration pace) : pace_ns_(absl::ToInt64Nanoseconds(pace)) {}

  void AwaitNextStart() {
    if (pace_ns_ == 0) return;
    const int64_t now_ns = MonotonicNs();
    if (next_start_ns_ == 0) next_start_ns_ = now_ns;
    const int64_t wait_ns = next_start_ns_ - now_ns;
    if (wait_ns > 0) absl::SleepFor(absl::Nanoseconds(wait_ns));
    if (wait_ns < -pace_ns_) ++late_starts_;
    next_start_ns_ += pace_ns_;
  }

  int64_t late_starts() const { return late_starts_; }

 private:
  int64_t pace_ns_;
  int64_t next_start_ns_ = 0;
  int64_t late_starts_ = 0;
};

// What it takes to drive a scenario, and what comes of it.
class Driver {
 public:
  Driver(RunPath& run_path, const ScenarioOptions& options)
      : run_path_(run_path), options_(options), pacer_(options.pace) {
    // Afterwards nothing but the API takes memory.
    result_.run_ids.reserve(static_cast<size_t>(options.warm_up_runs + ExpectedRuns()));
  }

  ScenarioResult Drive() && {
    RunRecorder warm_up;
    for (int64_t run = 0; run < options_.warm_up_runs && !is_cancelled(); ++run) {
      pacer_.AwaitNextStart();
      Drive(warm_up);
      if (warm_up.unanswered() > 0) break;
    }
    const int64_t late_warm_ups = pacer_.late_starts();
    start_ns_ = MonotonicNs();
    answered_ns_ = start_ns_;
    const int windows = WindowCount(ExpectedRuns());
    for (int window = 1; window <= windows; ++window) {
      const int64_t last_run = options_.runs * window / windows;
      const int64_t end_ns =
          start_ns_ + absl::ToInt64Nanoseconds(options_.duration) / windows * window;
      const bool is_timed = options_.duration > absl::ZeroDuration();
      DriveWindow([&] { return is_timed ? MonotonicNs() >= end_ns : runs_ >= last_run; });
      if (result_.was_cancelled || is_gone()) break;
    }
    if (is_gone())
      result_.recorder.CountGone(UndrivenRuns(), "the API gave no answer any more", MonotonicNs());
    result_.late_starts = pacer_.late_starts() - late_warm_ups;
    return std::move(result_);
  }

 private:
  // Of a scenario for a time, how many fit at the pace; without one, a guess.
  int64_t ExpectedRuns() const {
    constexpr int64_t kGuess = 1'000'000;
    if (options_.duration == absl::ZeroDuration()) return options_.runs;
    return options_.pace > absl::ZeroDuration() ? options_.duration / options_.pace : kGuess;
  }

  bool is_cancelled() {
    result_.was_cancelled =
        result_.was_cancelled || (options_.is_cancelled && options_.is_cancelled());
    return result_.was_cancelled;
  }

  // Nothing was answered for too long.
  bool is_gone() const {
    return silent_runs_ >= 2 &&
           absl::Nanoseconds(MonotonicNs() - answered_ns_) >= options_.give_up_after;
  }

  // What the scenario still had to drive when answers ceased, without what was tried since.
  int64_t UndrivenRuns() const {
    if (options_.duration == absl::ZeroDuration()) return options_.runs - runs_;
    const int64_t answered_runs = runs_ - silent_runs_;
    if (answered_runs == 0) return 0;
    const absl::Duration a_run = absl::Nanoseconds(answered_ns_ - start_ns_) / answered_runs;
    const absl::Duration rest = options_.duration - absl::Nanoseconds(answered_ns_ - start_ns_);
    return std::max<int64_t>(rest / std::max(a_run, absl::Nanoseconds(1)) - silent_runs_, 0);
  }

  // Notes whether the run that was just driven was answered; a while until the next one if not.
  void NoteSilence(int64_t unanswered_before) {
    constexpr absl::Duration kBreather = absl::Milliseconds(10);
    if (result_.recorder.unanswered() == unanswered_before) {
      silent_runs_ = 0;
      answered_ns_ = MonotonicNs();
      return;
    }
    ++silent_runs_;
    absl::SleepFor(kBreather);
  }

  absl::Duration Drive(RunRecorder& recorder) {
    const bool is_digested = RunDigest::Has(runs_) && &recorder == &result_.recorder;
    run_path_.Seed(runs_);
    run_path_.KeepAnswers(is_digested);
    const int64_t start_ns = MonotonicNs();
    const std::optional<int64_t> run_id = run_path_.Drive(recorder);
    const absl::Duration busy = absl::Nanoseconds(MonotonicNs() - start_ns);
    if (run_id.has_value()) result_.run_ids.push_back(*run_id);
    if (is_digested) result_.digest.Add(run_path_);
    return busy;
  }

  void DriveWindow(const std::function<bool()>& is_over) {
    ScenarioWindow window;
    std::vector<absl::Duration> latencies;
    while (!is_over()) {
      if (is_cancelled() || is_gone()) return;
      pacer_.AwaitNextStart();
      const int64_t unanswered_before = result_.recorder.unanswered();
      const int64_t failures_before = result_.recorder.failures();
      latencies.push_back(Drive(result_.recorder));
      NoteSilence(unanswered_before);
      window.busy += latencies.back();
      const bool has_succeeded = result_.recorder.failures() == failures_before;
      if (has_succeeded) ++window.succeeded;
      result_.meter.Add(latencies.back(), has_succeeded);
      ++runs_;
      if (options_.on_progress) options_.on_progress(runs_);
    }
    if (latencies.empty()) return;  // a run took longer than a window
    std::sort(latencies.begin(), latencies.end());
    window.runs = static_cast<int64_t>(latencies.size());
    window.run_p10 = Quantile(latencies, 0.10);
    window.run_p50 = Quantile(latencies, 0.50);
    window.run_p99 = Quantile(latencies, 0.99);
    window.end = absl::Nanoseconds(MonotonicNs() - start_ns_);
    window.usage = ReadProcessUsage();
    result_.windows.push_back(window);
  }

  RunPath& run_path_;
  const ScenarioOptions& options_;
  Pacer pacer_;
  int64_t start_ns_ = 0;
  int64_t runs_ = 0;
  int64_t silent_runs_ = 0;  // the last ones, of which a request was not answered
  int64_t answered_ns_ = 0;  // the end of the last run before them
  ScenarioResult result_;
};

}  // namespace

Throughput ScenarioResult::throughput() const {
  const ClientLoad client = {.runs = &meter, .requests = recorder.requests()};
  return ThroughputOf({client});
}

int WindowCount(int64_t runs) {
  return static_cast<int>(std::clamp<int64_t>(runs / kSmallestWindowRuns, 1, kWindows));
}

ScenarioResult RunScenario(RunPath& run_path, const ScenarioOptions& options) {
  return Driver(run_path, options).Drive();
}

}  // namespace slo::bench
