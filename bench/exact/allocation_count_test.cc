#include "bench/exact/allocation_count.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace slo::exact {
namespace {

struct alignas(256) Wide {
  char bytes[256];
};

// Keeps the compiler from leaving an allocation out.
void* volatile kept;

template <typename Work>
AllocationCount CountOf(const Work& work) {
  const AllocationCount before = ThreadAllocations();
  work();
  const AllocationCount after = ThreadAllocations();
  return {after.allocations - before.allocations, after.bytes - before.bytes};
}

TEST(ThreadAllocations, CountsEveryForm) {
  EXPECT_EQ(CountOf([] {}), (AllocationCount{0, 0}));
  EXPECT_EQ(CountOf([] {
              auto* one = new int64_t(7);
              kept = one;
              delete one;
            }),
            (AllocationCount{1, 8}));
  EXPECT_EQ(CountOf([] {
              auto* many = new char[100];
              kept = many;
              delete[] many;
            }),
            (AllocationCount{1, 100}));
  EXPECT_EQ(CountOf([] {
              auto* wide = new Wide;
              kept = wide;
              delete wide;
            }),
            (AllocationCount{1, 256}));
  EXPECT_EQ(CountOf([] {
              auto* maybe = new (std::nothrow) char[10];
              kept = maybe;
              delete[] maybe;
            }),
            (AllocationCount{1, 10}));
  EXPECT_EQ(CountOf([] { kept = std::vector<int>(1'000).data(); }), (AllocationCount{1, 4'000}));
}

// What instructions memchr takes depends on where in a cache line it begins.
TEST(ThreadAllocations, BeginACacheLine) {
  for (size_t size = 0; size < 200; size += 33) {
    auto* memory = new char[size];
    kept = memory;
    EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % 64, 0U) << size;
    delete[] memory;
  }
}

TEST(ThreadAllocations, FailAsTheStandardSays) {
  volatile size_t size = SIZE_MAX - 8;
  EXPECT_EQ(::operator new(size, std::nothrow), nullptr);
  EXPECT_THROW(kept = ::operator new(size), std::bad_alloc);
}

TEST(ThreadAllocations, AreCountedThroughTheHeapCallsToo) {
  EXPECT_EQ(CountOf([] {
              const ScopedHeapCalls heap_calls;
              kept = std::vector<int>(1'000).data();
            }),
            (AllocationCount{1, 4'000}));
}

TEST(ThreadAllocations, AreThoseOfTheCallingThread) {
  EXPECT_EQ(CountOf([] { kept = nullptr; }), (AllocationCount{0, 0}));
  AllocationCount in_thread;
  std::thread([&] { in_thread = CountOf([] { kept = std::string(1'000, 'x').data(); }); }).join();
  EXPECT_EQ(in_thread, (AllocationCount{1, 1'001}));
}

}  // namespace
}  // namespace slo::exact
