#include "bench/faults/spin.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "bench/machine/monotonic_clock.h"

namespace slo::bench {
namespace {

constexpr int kBlocks = 25;
// Long beside a reading of the clock (a system call), short beside the time between two
// interruptions of the thread.
constexpr double kBlockNs = 200'000;
constexpr int64_t kProbeOperations = 100'000;
// Above this a call's fixed costs are less than a tenth of a percent of it.
constexpr double kShortSpinNs = 20'000;

// Keeps the compiler from seeing through the value, so that neither loop nor call is folded.
void Opaque(uint64_t& value) {
  asm volatile("" : "+r"(value));  // NOLINT(hicpp-no-assembler): nothing else is portable
}

// The fastest of the blocks: an interruption only ever adds.
double SmallestNsPerCall(int64_t operations, int64_t calls) {
  double smallest_ns = std::numeric_limits<double>::infinity();
  uint64_t state = 1;
  for (int block = 0; block < kBlocks; ++block) {
    const int64_t start_ns = ThreadCpuNs();
    for (int64_t call = 0; call < calls; ++call) state = Spin(operations, state);
    const int64_t spent_ns = ThreadCpuNs() - start_ns;
    smallest_ns = std::min(smallest_ns, static_cast<double>(spent_ns));
  }
  Opaque(state);
  return smallest_ns / static_cast<double>(calls);
}

int64_t AtLeastOne(double operations) { return std::max<int64_t>(1, std::llround(operations)); }

}  // namespace

// A linear congruential step (Knuth, MMIX).
uint64_t Spin(int64_t operations, uint64_t start) {
  uint64_t state = start;
  for (int64_t i = 0; i < operations; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    Opaque(state);
  }
  return state;
}

SpinCalibration CalibrateSpin(double nanoseconds) {
  const double ns_per_operation =
      SmallestNsPerCall(kProbeOperations, 1) / static_cast<double>(kProbeOperations);
  const int64_t first_guess = AtLeastOne(nanoseconds / ns_per_operation);
  const double first_ns = static_cast<double>(first_guess) * ns_per_operation;
  if (first_ns > kShortSpinNs) return {.operations = first_guess, .nanoseconds = first_ns};
  // What a call costs beside its operations counts in a short spin: measured with such calls.
  const auto calls_of = [](double ns) { return AtLeastOne(kBlockNs / ns); };
  const double guess_ns = SmallestNsPerCall(first_guess, calls_of(first_ns));
  const double excess_operations = (guess_ns - nanoseconds) / ns_per_operation;
  const int64_t operations = AtLeastOne(static_cast<double>(first_guess) - excess_operations);
  return {.operations = operations,
          .nanoseconds = SmallestNsPerCall(operations, calls_of(guess_ns))};
}

}  // namespace slo::bench
