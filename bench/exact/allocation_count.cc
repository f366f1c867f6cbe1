#include "bench/exact/allocation_count.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "bench/machine/replaced_new.h"

namespace slo::exact {

// NOLINTBEGIN(cppcoreguidelines-no-malloc): this is the allocator
[[gnu::noinline]] void* HeapAllocate(std::size_t alignment, std::size_t size) {
  return std::aligned_alloc(alignment, size);
}

[[gnu::noinline]] void HeapFree(void* memory) { std::free(memory); }

namespace {

// All memory begins a cache line: memchr and the like take more or fewer instructions by where in a
// line a string lies, which would depend on all that was allocated before.
constexpr std::size_t kCacheLine = 64;

thread_local constinit AllocationCount thread_count;
thread_local constinit bool thread_calls_heap = false;

}  // namespace

AllocationCount ThreadAllocations() { return thread_count; }

ScopedHeapCalls::ScopedHeapCalls() { thread_calls_heap = true; }
ScopedHeapCalls::~ScopedHeapCalls() { thread_calls_heap = false; }

}  // namespace slo::exact

namespace slo::heap {

void* Allocate(std::size_t size, std::size_t alignment) {
  ++exact::thread_count.allocations;
  exact::thread_count.bytes += static_cast<int64_t>(size);
  if (size > PTRDIFF_MAX) return nullptr;
  alignment = std::max(alignment, exact::kCacheLine);
  // aligned_alloc wants a multiple of the alignment, and may answer 0 bytes with null.
  size = size == 0 ? alignment : (size + alignment - 1) / alignment * alignment;
  return exact::thread_calls_heap ? exact::HeapAllocate(alignment, size)
                                  : std::aligned_alloc(alignment, size);
}

void Free(void* memory) {
  if (exact::thread_calls_heap) return exact::HeapFree(memory);
  std::free(memory);
}

}  // namespace slo::heap
// NOLINTEND(cppcoreguidelines-no-malloc)
