// Load and soak: N runs, back to back or paced, in windows whose throughput and latency can be
// compared.

#ifndef SLO_BENCH_WORKLOAD_SCENARIO_H_
#define SLO_BENCH_WORKLOAD_SCENARIO_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/time/time.h"
#include "bench/workload/run_path.h"
#include "bench/workload/run_recorder.h"

namespace slo::workload {

struct ScenarioOptions {
  int64_t runs = 1;                               // measured runs, at least 1
  int64_t warm_up_runs = 0;                       // driven first and not recorded
  absl::Duration pace = absl::ZeroDuration();     // between the planned starts of two runs; zero:
                                                  // back to back
  std::function<void(int64_t done)> on_progress;  // after each run; may be empty
};

// A stretch of consecutive runs.
struct ScenarioWindow {
  int64_t succeeded = 0;
  absl::Duration busy;     // in runs, without the waiting between them
  absl::Duration run_p50;  // the median of the runs' latencies

  // Infinite when no run succeeded.
  double seconds_per_run() const;
};

// Rates, with what their confidence limits come from. Times and not rates of windows: the mean of
// times is the time a run takes overall, while a mean of rates hides the slow windows.
struct Throughput {
  double runs_per_second = 0;  // runs that succeeded: failing fast is not fast
  double requests_per_second = 0;
  std::vector<double> window_seconds_per_run;  // by window; of runs that succeeded
};

struct ScenarioResult {
  RunRecorder recorder;
  std::vector<ScenarioWindow> windows;
  absl::Duration busy;
  int64_t late_starts = 0;  // paced runs that began after their planned start plus one pace

  Throughput throughput() const;
};

// How many windows `runs` runs are cut into: 20, or fewer when a window would hold less than two.
int WindowCount(int64_t runs);

// The last quarter of the windows compared with the first: the ratio of the medians of their median
// run times, above 1 when runs become slower. 1 with too few windows to say.
double LatencyDriftFactor(const std::vector<ScenarioWindow>& windows);

// Drives the runs one after the other (a closed loop: the latencies are service times).
ScenarioResult RunScenario(RunPath& run_path, const ScenarioOptions& options);

}  // namespace slo::workload

#endif  // SLO_BENCH_WORKLOAD_SCENARIO_H_
