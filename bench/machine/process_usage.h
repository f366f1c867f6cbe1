// What this process holds of the machine.

#ifndef SLO_BENCH_MACHINE_PROCESS_USAGE_H_
#define SLO_BENCH_MACHINE_PROCESS_USAGE_H_

#include <cstdint>
#include <optional>

namespace slo::bench {

struct ProcessUsage {
  std::optional<int64_t> heap_bytes;      // see HeapBytesInUse
  std::optional<int64_t> live_blocks;     // see LiveBlocks; of the calling thread
  std::optional<int64_t> resident_bytes;  // in memory now
  std::optional<int64_t> threads;
  std::optional<int64_t> descriptors;  // open files
};

// Absent is what the system does not tell. Takes some tens of microseconds. Thread-safe.
ProcessUsage ReadProcessUsage();

}  // namespace slo::bench

#endif  // SLO_BENCH_MACHINE_PROCESS_USAGE_H_
