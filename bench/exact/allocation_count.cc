#include "bench/exact/allocation_count.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

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

void* CountedAlloc(std::size_t size, std::size_t alignment) {
  ++thread_count.allocations;
  thread_count.bytes += static_cast<int64_t>(size);
  if (size > PTRDIFF_MAX) return nullptr;
  if (alignment < kCacheLine) alignment = kCacheLine;
  // aligned_alloc wants a multiple of the alignment, and may answer 0 bytes with null.
  size = size == 0 ? alignment : (size + alignment - 1) / alignment * alignment;
  return thread_calls_heap ? HeapAllocate(alignment, size) : std::aligned_alloc(alignment, size);
}

void* CountedAlloc(std::size_t size) { return CountedAlloc(size, 1); }

void* CountedAlloc(std::size_t size, std::align_val_t alignment) {
  return CountedAlloc(size, static_cast<std::size_t>(alignment));
}

void Free(void* memory) {
  if (thread_calls_heap) return HeapFree(memory);
  std::free(memory);
}
// NOLINTEND(cppcoreguidelines-no-malloc)

void* OrThrow(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

AllocationCount ThreadAllocations() { return thread_count; }

ScopedHeapCalls::ScopedHeapCalls() { thread_calls_heap = true; }
ScopedHeapCalls::~ScopedHeapCalls() { thread_calls_heap = false; }

}  // namespace slo::exact

using slo::exact::CountedAlloc;
using slo::exact::Free;
using slo::exact::OrThrow;

// The replaceable functions ([new.delete]), all of them: the arrays' forms of the standard library
// call the others, but those of a sanitizer do not.
// NOLINTBEGIN(misc-new-delete-overloads): each has its partner here
void* operator new(std::size_t size) { return OrThrow(CountedAlloc(size)); }
void* operator new[](std::size_t size) { return OrThrow(CountedAlloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return OrThrow(CountedAlloc(size, alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return OrThrow(CountedAlloc(size, alignment));
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return CountedAlloc(size);
}
void* operator new[](std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return CountedAlloc(size);
}
void* operator new(std::size_t size, std::align_val_t alignment,
                   const std::nothrow_t& /*tag*/) noexcept {
  return CountedAlloc(size, alignment);
}
void* operator new[](std::size_t size, std::align_val_t alignment,
                     const std::nothrow_t& /*tag*/) noexcept {
  return CountedAlloc(size, alignment);
}
void operator delete(void* memory) noexcept { Free(memory); }
void operator delete[](void* memory) noexcept { Free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { Free(memory); }
void operator delete[](void* memory, std::size_t /*size*/) noexcept { Free(memory); }
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept { Free(memory); }
void operator delete[](void* memory, std::align_val_t /*alignment*/) noexcept { Free(memory); }
void operator delete(void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
  Free(memory);
}
void operator delete[](void* memory, std::size_t /*size*/,
                       std::align_val_t /*alignment*/) noexcept {
  Free(memory);
}
void operator delete(void* memory, const std::nothrow_t& /*tag*/) noexcept { Free(memory); }
void operator delete[](void* memory, const std::nothrow_t& /*tag*/) noexcept { Free(memory); }
// NOLINTEND(misc-new-delete-overloads)
