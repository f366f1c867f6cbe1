#include "bench/machine/environment_monitor.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>

#include "bench/machine/monotonic_clock.h"
#include "bench/machine/precise_wait.h"

namespace slo::bench {
namespace {

constexpr int64_t kIntervalNs = 1'000'000;

}  // namespace

double Environment::stall_share() const {
  if (length <= absl::ZeroDuration()) return 0;
  return std::clamp(absl::FDivDuration(stalled, length), 0.0, 1.0);
}

EnvironmentMonitor::EnvironmentMonitor()
    : start_ns_(MonotonicNs()), cpu_times_(ReadCpuTimes()), thread_([this] { Watch(); }) {}

EnvironmentMonitor::~EnvironmentMonitor() {
  is_over_ = true;
  if (thread_.joinable()) thread_.join();
}

Environment EnvironmentMonitor::Stop() {
  environment_.length = absl::Nanoseconds(MonotonicNs() - start_ns_);
  is_over_ = true;
  thread_.join();
  const std::optional<CpuTimes> now = ReadCpuTimes();
  if (cpu_times_.has_value() && now.has_value() && now->all > cpu_times_->all) {
    environment_.steal_share = static_cast<double>(now->stolen - cpu_times_->stolen) /
                               static_cast<double>(now->all - cpu_times_->all);
  }
  return std::move(environment_);
}

// proc(5), stat: the first line has the times of all cores, the eighth of them is stolen, and the
// last two are part of the first two.
std::optional<EnvironmentMonitor::CpuTimes> EnvironmentMonitor::ReadCpuTimes() {
  constexpr int kStolen = 7;
  std::ifstream stat("/proc/stat");
  std::string label;
  stat >> label;
  CpuTimes times;
  for (int i = 0; i <= kStolen; ++i) {
    int64_t ticks = 0;
    if (!(stat >> ticks)) return std::nullopt;
    times.all += ticks;
    if (i == kStolen) times.stolen = ticks;
  }
  return times;
}

void EnvironmentMonitor::Watch() {
  SetFineTimers();
  while (!is_over_.load(std::memory_order_relaxed)) {
    const int64_t planned_ns = MonotonicNs() + kIntervalNs;
    SleepUntil(planned_ns);
    const int64_t late_ns = std::max<int64_t>(MonotonicNs() - planned_ns, 0);
    environment_.wake_up_lateness.RecordNanoseconds(late_ns);
    if (late_ns < absl::ToInt64Nanoseconds(Environment::kStall)) continue;
    environment_.stalled += absl::Nanoseconds(late_ns);
    ++environment_.stalls;
  }
}

std::optional<absl::Duration> RunQueueWait() {
  // Linux, Documentation/scheduler/sched-stats.rst: the second number, in nanoseconds.
  std::ifstream stat("/proc/thread-self/schedstat");
  int64_t ran_ns = 0;
  int64_t waited_ns = 0;
  if (!(stat >> ran_ns >> waited_ns)) return std::nullopt;
  return absl::Nanoseconds(waited_ns);
}

void AddWaitCounter(std::optional<absl::Duration> wait, absl::Duration time, int64_t threads,
                    tools::Counters& counters) {
  if (!wait.has_value() || time <= absl::ZeroDuration() || threads < 1) return;
  counters["environment_wait_share"] =
      absl::FDivDuration(*wait, time) / static_cast<double>(threads);
}

void AddEnvironmentCounters(const Environment& environment, tools::Counters& counters) {
  const LatencyHistogram& lateness = environment.wake_up_lateness;
  counters["environment_stall_share"] = environment.stall_share();
  counters["environment_stalls_count"] = static_cast<double>(environment.stalls);
  if (lateness.count() > 0) {
    counters["environment_stall_max_us"] = absl::ToDoubleMicroseconds(lateness.max());
    counters["environment_timer_floor_us"] =
        absl::ToDoubleMicroseconds(lateness.AtRank((lateness.count() + 1) / 2));
  }
  if (environment.steal_share.has_value()) {
    counters["environment_steal_share"] = *environment.steal_share;
  }
}

}  // namespace slo::bench
