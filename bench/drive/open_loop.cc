#include "bench/drive/open_loop.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <latch>
#include <thread>

#include "absl/base/optimization.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "bench/machine/environment_monitor.h"
#include "bench/machine/monotonic_clock.h"
#include "bench/machine/precise_wait.h"
#include "bench/record/utc_offset.h"

namespace slo::bench {
namespace {

constexpr int64_t kNeverDue = -1;

// What became of a planned run.
struct Planned {
  int64_t latency_ns = kNeverDue;  // from its planned start
  bool has_completed = false;
};

// What the workers share. Each planned run is taken by one worker, who alone writes what became of
// it.
struct Shared {
  const OpenLoopOptions* options;
  std::vector<Planned> planned;
  std::atomic<size_t> next = 0;
  // The scenario begins when every thread is there, lest their start makes the first runs late.
  // Of the standard library, which ThreadSanitizer follows.
  std::latch missing_workers;
  std::latch begins{1};
  int64_t start_ns = 0;  // these two are set before it begins
  int64_t deadline_ns = 0;

  Shared(const OpenLoopOptions& open_loop, size_t workers)
      : options(&open_loop),
        planned(open_loop.planned_ns.size()),
        missing_workers(static_cast<std::ptrdiff_t>(workers)) {}

  void Begin() {
    missing_workers.wait();
    start_ns = MonotonicNs();
    const int64_t last_ns = options->planned_ns.empty() ? 0 : options->planned_ns.back();
    deadline_ns = start_ns + last_ns + absl::ToInt64Nanoseconds(options->drain);
    begins.count_down();
  }
};

// What one of them counts.
struct ABSL_CACHELINE_ALIGNED Counts {
  RunRecorder recorder;
  LatencyRecorder lateness;
  Ledger ledger;
  int64_t late_starts = 0;
  int64_t last_end_ns = 0;
  RunDigest digest;
  std::optional<absl::Duration> queue_wait;
};

class Worker {
 public:
  Worker(RunPath& run_path, Shared& shared, Counts& counts, bool shows_progress)
      : run_path_(run_path), shared_(shared), counts_(counts), shows_progress_(shows_progress) {}

  void Work() {
    SetFineTimers();
    shared_.missing_workers.count_down();
    shared_.begins.wait();
    const OpenLoopOptions& options = *shared_.options;
    const std::optional<absl::Duration> waited_before = RunQueueWait();
    for (size_t i = Take(); i < options.planned_ns.size(); i = Take()) {
      const int64_t planned_ns = shared_.start_ns + options.planned_ns[i];
      if (IsTooLate(planned_ns)) {
        shared_.planned[i] = Drop(planned_ns);
      } else if (WaitUntil(planned_ns, options.is_cancelled)) {
        shared_.planned[i] = Drive(planned_ns, static_cast<int64_t>(i));
      } else if (MonotonicNs() >= planned_ns) {
        shared_.planned[i] = Drop(planned_ns);
      }
      if (shows_progress_ && options.on_progress) options.on_progress(static_cast<int64_t>(i) + 1);
    }
    const std::optional<absl::Duration> waited = RunQueueWait();
    if (waited.has_value()) counts_.queue_wait = *waited - *waited_before;
  }

 private:
  size_t Take() {
    free_since_ns_ = MonotonicNs();
    return shared_.next.fetch_add(1, std::memory_order_relaxed);
  }

  bool IsTooLate(int64_t planned_ns) const {
    return free_since_ns_ > shared_.deadline_ns ||
           free_since_ns_ > planned_ns + absl::ToInt64Nanoseconds(shared_.options->drop_after);
  }

  Planned Drive(int64_t planned_ns, int64_t run) {
    run_path_.Seed(run);
    run_path_.KeepAnswers(RunDigest::Has(run));
    const int64_t started_ns = MonotonicNs();
    counts_.lateness.RecordNanoseconds(started_ns - std::max(planned_ns, free_since_ns_),
                                       started_ns);
    if (started_ns - planned_ns > absl::ToInt64Nanoseconds(shared_.options->late_after)) {
      ++counts_.late_starts;
    }
    const int64_t failures_before = counts_.recorder.failures();
    run_path_.Drive(counts_.recorder);
    counts_.last_end_ns = MonotonicNs();
    if (RunDigest::Has(run)) counts_.digest.Add(run_path_);
    Planned planned = {.latency_ns = started_ns - planned_ns + run_path_.run_latency_ns()};
    if (counts_.last_end_ns > shared_.deadline_ns) {
      ++counts_.ledger.in_flight;
    } else if (counts_.recorder.failures() > failures_before) {
      ++counts_.ledger.failed;
    } else {
      ++counts_.ledger.completed;
      planned.has_completed = true;
    }
    return planned;
  }

  // A dropped run waited at least until now: leaving it out would make an overload look fast.
  Planned Drop(int64_t planned_ns) {
    ++counts_.ledger.dropped;
    return {.latency_ns = MonotonicNs() - planned_ns};
  }

  RunPath& run_path_;
  Shared& shared_;
  Counts& counts_;
  bool shows_progress_;
  int64_t free_since_ns_ = 0;
};

OpenLoopResult Merge(const Shared& shared, const std::vector<Counts>& counts) {
  OpenLoopResult result = {.workers = static_cast<int64_t>(counts.size())};
  int64_t last_end_ns = shared.start_ns;
  for (const Counts& one : counts) {
    result.recorder.Merge(one.recorder);
    result.lateness.Merge(one.lateness);
    result.ledger.completed += one.ledger.completed;
    result.ledger.failed += one.ledger.failed;
    result.ledger.dropped += one.ledger.dropped;
    result.ledger.in_flight += one.ledger.in_flight;
    result.late_starts += one.late_starts;
    result.digest.Merge(one.digest);
    if (one.queue_wait.has_value()) {
      result.queue_wait = result.queue_wait.value_or(absl::ZeroDuration()) + *one.queue_wait;
    }
    last_end_ns = std::max(last_end_ns, one.last_end_ns);
  }
  int64_t last_planned_ns = 0;
  for (size_t i = 0; i < shared.planned.size(); ++i) {
    const Planned& planned = shared.planned[i];
    if (planned.latency_ns == kNeverDue) continue;
    ++result.ledger.planned;
    last_planned_ns = std::max(last_planned_ns, shared.options->planned_ns[i]);
    const int64_t planned_ns = shared.start_ns + shared.options->planned_ns[i];
    result.from_planned.RecordNanoseconds(planned.latency_ns, planned_ns);
    result.planned_trials.CountTrials(planned_ns + UtcOffsetNs());
    if (!planned.has_completed) result.planned_trials.CountFailures(planned_ns + UtcOffsetNs());
  }
  if (last_planned_ns > 0) {
    result.arrivals_per_second =
        static_cast<double>(result.ledger.planned) * 1e9 / static_cast<double>(last_planned_ns);
  }
  result.elapsed = absl::Nanoseconds(last_end_ns - shared.start_ns);
  return result;
}

absl::Status CheckLedger(const OpenLoopResult& result) {
  const Ledger& ledger = result.ledger;
  if (ledger.adds_up() && ledger.started() == result.recorder.trials() &&
      ledger.started() == result.lateness.count()) {
    return absl::OkStatus();
  }
  return absl::InternalError(
      absl::StrCat("the ledger does not add up: ", ledger.planned, " planned, ", ledger.completed,
                   " completed, ", ledger.failed, " failed, ", ledger.dropped, " dropped, ",
                   ledger.in_flight, " in flight; ", result.recorder.trials(), " were recorded"));
}

}  // namespace

absl::StatusOr<OpenLoopResult> RunOpenLoop(absl::Span<RunPath* const> workers,
                                           const OpenLoopOptions& options) {
  Shared shared(options, workers.size());
  std::vector<Counts> counts(workers.size());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < workers.size(); ++i) {
    threads.emplace_back(
        [&, i] { Worker(*workers[i], shared, counts[i], /*shows_progress=*/i == 0).Work(); });
  }
  shared.Begin();
  for (std::thread& thread : threads) thread.join();
  OpenLoopResult result = Merge(shared, counts);
  const absl::Status status = CheckLedger(result);
  if (!status.ok()) return status;
  return result;
}

}  // namespace slo::bench
