// How much of the heap is in use, as the allocator sees it.

#ifndef SLO_BENCH_MACHINE_HEAP_USAGE_H_
#define SLO_BENCH_MACHINE_HEAP_USAGE_H_

#include <cstdint>
#include <optional>

namespace slo::bench {

// Bytes handed out and not freed, allocator headers included, of the main arena (that of the main
// thread) and of mapped blocks. Nothing where another allocator stands in (sanitizers).
std::optional<int64_t> HeapBytesInUse();

}  // namespace slo::bench

#endif  // SLO_BENCH_MACHINE_HEAP_USAGE_H_
