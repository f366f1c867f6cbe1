// Ctrl-C and SIGTERM end a measurement early without losing what was measured: a scenario ends
// after the run under way, rows that have not begun are skipped, and the results are written. A
// second signal ends the program at once.

#ifndef SLO_BENCH_FAMILIES_STOP_SIGNAL_H_
#define SLO_BENCH_FAMILIES_STOP_SIGNAL_H_

#include "benchmark/benchmark.h"

namespace slo::bench {

// From now on the signals are counted instead of ending the program.
void InstallStopSignals();

// The signal that came, 0 when none did. Thread-safe.
int StopSignal();

inline bool StopWasRequested() { return StopSignal() != 0; }

// True, with an error in the row, when a stop was requested: to be asked before anything is
// prepared.
bool SkipIfStopped(benchmark::State& state);

}  // namespace slo::bench

#endif  // SLO_BENCH_FAMILIES_STOP_SIGNAL_H_
