// CPU work of a known amount, for slowing something down on purpose.

#ifndef SLO_BENCH_FAULTS_SPIN_H_
#define SLO_BENCH_FAULTS_SPIN_H_

#include <cstdint>

namespace slo::bench {

// Does `operations` multiplications, each of which waits for the one before it: a few cycles each,
// the same number on every call, no memory, no clock. Returns a value that depends on all of them
// and on `start`; handed to the next call, it makes calls wait for one another too. Thread-safe.
uint64_t Spin(int64_t operations, uint64_t start);

// How many operations a call needs to take `nanoseconds` (at least 1), and what it then takes:
// the minimum over blocks of calls, by the CPU clock of the thread. Takes about 20 ms, or 25 times
// `nanoseconds` if that is more.
struct SpinCalibration {
  int64_t operations = 1;
  double nanoseconds = 0;  // of one call
};
SpinCalibration CalibrateSpin(double nanoseconds);

}  // namespace slo::bench

#endif  // SLO_BENCH_FAULTS_SPIN_H_
