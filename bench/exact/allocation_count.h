// How often and how much the calling thread allocates. A program that links this file's source has
// every form of operator new and delete replaced by ones that count; bench_workflow does not, so
// that nothing is timed that counts.

#ifndef SLO_BENCH_EXACT_ALLOCATION_COUNT_H_
#define SLO_BENCH_EXACT_ALLOCATION_COUNT_H_

#include <cstdint>

namespace slo::exact {

struct AllocationCount {
  int64_t allocations = 0;
  int64_t bytes = 0;  // as they were asked for

  bool operator==(const AllocationCount&) const = default;
};

// Of the calling thread since it began.
AllocationCount ThreadAllocations();

// While an object lives, the calling thread's memory comes from and goes to the heap through
// HeapAllocate and HeapFree, by whose names tools/count-instructions leaves the heap's own
// instructions out: how many these are depends on all that was allocated before, start-up included,
// so that an unrelated change would show. Objects do not nest.
class ScopedHeapCalls {
 public:
  ScopedHeapCalls();
  ~ScopedHeapCalls();
  ScopedHeapCalls(const ScopedHeapCalls&) = delete;
  ScopedHeapCalls& operator=(const ScopedHeapCalls&) = delete;
};

}  // namespace slo::exact

#endif  // SLO_BENCH_EXACT_ALLOCATION_COUNT_H_
