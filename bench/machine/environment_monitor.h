// What the machine did while something was measured, told apart from what the API did: a thread
// that does nothing but sleep and see how late it wakes up (as jHiccup does), the time that the
// measuring threads stood in the scheduler's queue, and what the hypervisor took away.

#ifndef SLO_BENCH_MACHINE_ENVIRONMENT_MONITOR_H_
#define SLO_BENCH_MACHINE_ENVIRONMENT_MONITOR_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <thread>

#include "absl/time/time.h"
#include "bench/record/latency_histogram.h"
#include "tools/lib/results/latency_counters.h"

namespace slo::bench {

struct Environment {
  absl::Duration length;
  LatencyHistogram wake_up_lateness;
  // Together, of the wake-ups that were late by at least kStall: nobody ran, or not when it had to.
  absl::Duration stalled;
  int64_t stalls = 0;
  std::optional<double> steal_share;  // of the machine's CPU time, gone to others on its host

  static constexpr absl::Duration kStall = absl::Milliseconds(1);

  // From 0 to 1.
  double stall_share() const;
};

// Watches from its construction on. The thread runs for some microseconds of each millisecond.
class EnvironmentMonitor {
 public:
  EnvironmentMonitor();
  ~EnvironmentMonitor();
  EnvironmentMonitor(const EnvironmentMonitor&) = delete;
  EnvironmentMonitor& operator=(const EnvironmentMonitor&) = delete;

  // Ends the watch. To be called once.
  Environment Stop();

 private:
  struct CpuTimes {
    int64_t stolen = 0;
    int64_t all = 0;
  };
  static std::optional<CpuTimes> ReadCpuTimes();
  void Watch();

  int64_t start_ns_;
  std::optional<CpuTimes> cpu_times_;
  Environment environment_;
  std::atomic<bool> is_over_ = false;
  std::thread thread_;
};

// Time that the calling thread could have run in but stood in the queue of its core, since it
// began. Nothing where the kernel does not say.
std::optional<absl::Duration> RunQueueWait();

// The share of `time` that stood in the queue, of `threads` threads, as environment_wait_share.
void AddWaitCounter(std::optional<absl::Duration> wait, absl::Duration time, int64_t threads,
                    tools::Counters& counters);

// Adds environment_stall_share, environment_stalls_count, environment_stall_max_us,
// environment_timer_floor_us (the median lateness of a wake-up) and environment_steal_share.
void AddEnvironmentCounters(const Environment& environment, tools::Counters& counters);

}  // namespace slo::bench

#endif  // SLO_BENCH_MACHINE_ENVIRONMENT_MONITOR_H_
