// An open loop: runs start when the schedule says, whether or not earlier ones have ended, as users
// do who know nothing of one another. A stall then delays all that was planned meanwhile, and the
// latency from the planned start says so; a closed loop would wait with it and see one slow sample
// (coordinated omission; G. Tene, "How NOT to Measure Latency", 2013).

#ifndef SLO_BENCH_DRIVE_OPEN_LOOP_H_
#define SLO_BENCH_DRIVE_OPEN_LOOP_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "bench/drive/run_digest.h"
#include "bench/drive/run_path.h"
#include "bench/record/latency_recorder.h"
#include "bench/record/run_recorder.h"
#include "tools/lib/stats/trial_slots.h"

namespace slo::bench {

// Where every planned run went: each is in exactly one of the four.
struct Ledger {
  int64_t planned = 0;
  int64_t completed = 0;  // ended as it must, before the deadline
  int64_t failed = 0;     // ended otherwise, before the deadline
  int64_t dropped = 0;    // never started: no worker was free in time
  int64_t in_flight = 0;  // started, and still running at the deadline

  int64_t started() const { return completed + failed + in_flight; }
  bool adds_up() const { return planned == started() + dropped; }

  bool operator==(const Ledger&) const = default;
};

struct OpenLoopOptions {
  std::vector<int64_t> planned_ns;  // see PlanArrivals
  // A run that started later than this after its planned start is late.
  absl::Duration late_after = absl::Milliseconds(1);
  // One that no worker has taken up this long after its planned start is dropped.
  absl::Duration drop_after = absl::Seconds(1);
  // So long after the last planned start is the deadline.
  absl::Duration drain = absl::Seconds(2);
  std::function<void(int64_t done)> on_progress;  // by the first worker; may be empty
  // Ends the schedule early: what was not due yet was then never planned. Thread-safe; may be
  // empty.
  std::function<bool()> is_cancelled;
};

struct OpenLoopResult {
  RunRecorder recorder;  // service times: from the actual start
  // Of each planned run, at its planned start; of a dropped one until it was.
  LatencyRecorder from_planned;
  // Each planned run, at its planned start, in UTC; a failure unless it completed.
  stats::TrialSlots planned_trials;
  LatencyRecorder lateness;  // the generator's own: a free worker's start after the planned one
  Ledger ledger;
  int64_t late_starts = 0;
  RunDigest digest;
  std::optional<absl::Duration> queue_wait;  // of all workers together; see RunQueueWait
  int64_t workers = 0;
  double arrivals_per_second = 0;  // planned runs, over the time until the last planned start
  absl::Duration elapsed;          // from the scenario's start to the end of the last run
};

// Drives runs by each of `workers`, in a thread of its own; they must share no state but the API.
// Blocks until every run has ended, at most a run's time after the deadline. Internal when the
// ledger does not add up, or not with what was recorded: a defect of this code.
absl::StatusOr<OpenLoopResult> RunOpenLoop(absl::Span<RunPath* const> workers,
                                           const OpenLoopOptions& options);

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_OPEN_LOOP_H_
