// Load and soak: N runs, back to back or paced, in windows whose latency and memory can be
// compared.

#ifndef SLO_BENCH_DRIVE_SCENARIO_H_
#define SLO_BENCH_DRIVE_SCENARIO_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/time/time.h"
#include "bench/drive/run_digest.h"
#include "bench/drive/run_path.h"
#include "bench/drive/throughput.h"
#include "bench/machine/process_usage.h"
#include "bench/record/run_recorder.h"

namespace slo::bench {

struct ScenarioOptions {
  int64_t runs = 1;                               // measured runs, at least 1, unless for a time
  absl::Duration duration;                        // not zero: as many runs as fit into it
  int64_t warm_up_runs = 0;                       // driven first and not recorded
  absl::Duration pace = absl::ZeroDuration();     // between the planned starts of two runs; zero:
                                                  // back to back
  std::function<void(int64_t done)> on_progress;  // after each run; may be empty
  std::function<bool()> is_cancelled;             // asked before each run; may be empty
  // When no request was answered for so long, over two runs or more, the rest is not driven: it is
  // counted as failed, a run of a timed scenario for each that took this time while answers came.
  absl::Duration give_up_after = absl::Seconds(5);
};

// A stretch of consecutive runs.
struct ScenarioWindow {
  int64_t runs = 0;
  int64_t succeeded = 0;
  absl::Duration busy;  // in runs, without the waiting between them
  // Of the runs, checks included, by nearest rank. The 10th percentile is what the code itself
  // costs: a busy machine makes runs dearer, never cheaper.
  absl::Duration run_p10;
  absl::Duration run_p50;
  absl::Duration run_p99;
  absl::Duration end;  // after the scenario's start, the warm-up not counted
  ProcessUsage usage;  // at its end
};

struct ScenarioResult {
  RunRecorder recorder;
  std::vector<ScenarioWindow> windows;
  RunMeter meter;                // of each run
  int64_t late_starts = 0;       // paced runs that began after their planned start plus one pace
  std::vector<int64_t> run_ids;  // of the runs that were created, warm-up included
  RunDigest digest;
  bool was_cancelled = false;  // then the window under way is missing, not its runs

  Throughput throughput() const;
};

// How many windows `runs` runs are cut into: 24, or fewer when a window would hold less than two.
int WindowCount(int64_t runs);

// Drives the runs one after the other (a closed loop: the latencies are service times).
ScenarioResult RunScenario(RunPath& run_path, const ScenarioOptions& options);

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_SCENARIO_H_
