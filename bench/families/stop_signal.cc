#include "bench/families/stop_signal.h"

#include <atomic>
#include <csignal>

namespace slo::bench {
namespace {

std::atomic<int> stop_signal = 0;
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may not wait");

void RememberSignal(int signal) { stop_signal = signal; }

}  // namespace

void InstallStopSignals() {
  struct sigaction action = {};
  action.sa_handler = RememberSignal;
  // The first signal of each kind restores the default.
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

int StopSignal() { return stop_signal; }

bool SkipIfStopped(benchmark::State& state) {
  if (!StopWasRequested()) return false;
  state.SkipWithError("interrupted before it began");
  return true;
}

}  // namespace slo::bench
