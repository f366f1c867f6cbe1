// Every form of operator new and delete ([new.delete]), in terms of two functions: to be included
// by exactly one source file of a program, which defines them. All forms are there because those of
// a sanitizer for arrays do not call the others, as the standard library's do.

#ifndef SLO_BENCH_MACHINE_REPLACED_NEW_H_
#define SLO_BENCH_MACHINE_REPLACED_NEW_H_

#include <cstddef>
#include <new>

namespace slo::heap {

// Null when there is no memory. `alignment` is at least 1; a `size` of 0 has an address too.
void* Allocate(std::size_t size, std::size_t alignment);
void Free(void* memory);

inline void* AllocateOrThrow(std::size_t size, std::size_t alignment) {
  void* memory = Allocate(size, alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace slo::heap

// NOLINTBEGIN(misc-new-delete-overloads,misc-definitions-in-headers): one file includes this
void* operator new(std::size_t size) { return slo::heap::AllocateOrThrow(size, 1); }
void* operator new[](std::size_t size) { return slo::heap::AllocateOrThrow(size, 1); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return slo::heap::AllocateOrThrow(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return slo::heap::AllocateOrThrow(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return slo::heap::Allocate(size, 1);
}
void* operator new[](std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return slo::heap::Allocate(size, 1);
}
void* operator new(std::size_t size, std::align_val_t alignment,
                   const std::nothrow_t& /*tag*/) noexcept {
  return slo::heap::Allocate(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment,
                     const std::nothrow_t& /*tag*/) noexcept {
  return slo::heap::Allocate(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { slo::heap::Free(memory); }
void operator delete[](void* memory) noexcept { slo::heap::Free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { slo::heap::Free(memory); }
void operator delete[](void* memory, std::size_t /*size*/) noexcept { slo::heap::Free(memory); }
void operator delete(void* memory, std::align_val_t /*alignment*/) noexcept {
  slo::heap::Free(memory);
}
void operator delete[](void* memory, std::align_val_t /*alignment*/) noexcept {
  slo::heap::Free(memory);
}
void operator delete(void* memory, std::size_t /*size*/, std::align_val_t /*alignment*/) noexcept {
  slo::heap::Free(memory);
}
void operator delete[](void* memory, std::size_t /*size*/,
                       std::align_val_t /*alignment*/) noexcept {
  slo::heap::Free(memory);
}
void operator delete(void* memory, const std::nothrow_t& /*tag*/) noexcept {
  slo::heap::Free(memory);
}
void operator delete[](void* memory, const std::nothrow_t& /*tag*/) noexcept {
  slo::heap::Free(memory);
}
// NOLINTEND(misc-new-delete-overloads,misc-definitions-in-headers)

#endif  // SLO_BENCH_MACHINE_REPLACED_NEW_H_
