#include "bench/exact/allocation_count.h"

#include <cstddef>
#include <cstdlib>
#include <new>

namespace slo::exact {
namespace {

thread_local constinit AllocationCount thread_count;

void* CountedAlloc(std::size_t size) {
  ++thread_count.allocations;
  thread_count.bytes += static_cast<int64_t>(size);
  // NOLINTNEXTLINE(cppcoreguidelines-no-malloc): this is the allocator
  return std::malloc(size == 0 ? 1 : size);
}

void* CountedAlloc(std::size_t size, std::align_val_t alignment) {
  ++thread_count.allocations;
  thread_count.bytes += static_cast<int64_t>(size);
  const auto align = static_cast<std::size_t>(alignment);
  // The size must be a multiple of the alignment.
  return std::aligned_alloc(align, (size + align - 1) / align * align);
}

void* OrThrow(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

AllocationCount ThreadAllocations() { return thread_count; }

}  // namespace slo::exact

// The replaceable functions ([new.delete]); the forms for arrays and the sized ones of the standard
// library call these.
void* operator new(std::size_t size) { return slo::exact::OrThrow(slo::exact::CountedAlloc(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return slo::exact::OrThrow(slo::exact::CountedAlloc(size, alignment));
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return slo::exact::CountedAlloc(size);
}
void* operator new(std::size_t size, std::align_val_t alignment,
                   const std::nothrow_t& /*tag*/) noexcept {
  return slo::exact::CountedAlloc(size, alignment);
}
// NOLINTBEGIN(cppcoreguidelines-no-malloc): this is the allocator
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
  std::free(memory);
}
// NOLINTEND(cppcoreguidelines-no-malloc)
