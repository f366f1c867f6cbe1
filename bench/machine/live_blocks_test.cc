#include "bench/machine/live_blocks.h"

#include <malloc.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

struct alignas(128) Wide {
  char bytes[128];
};

TEST(LiveBlocks, CountsWhatIsNotGivenBack) {
  const int64_t before = LiveBlocks().value();
  std::vector<std::unique_ptr<std::string>> kept(10);
  EXPECT_EQ(LiveBlocks(), before + 1);
  for (auto& one : kept) one = std::make_unique<std::string>(100, 'x');
  EXPECT_EQ(LiveBlocks(), before + 21);
  kept.clear();
  kept.shrink_to_fit();
  EXPECT_EQ(LiveBlocks(), before);
}

TEST(LiveBlocks, CountsEveryForm) {
  const int64_t before = LiveBlocks().value();
  auto wide = std::make_unique<Wide[]>(3);
  auto* maybe = new (std::nothrow) int[5];
  EXPECT_EQ(LiveBlocks(), before + 2);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(wide.get()) % alignof(Wide), 0U);
  delete[] maybe;
  wide.reset();
  EXPECT_EQ(LiveBlocks(), before);
  delete static_cast<int*>(nullptr);
  EXPECT_EQ(LiveBlocks(), before);
}

TEST(LiveBlocks, GivesMemoryOfEverySizeAndAlignment) {
  const int64_t before = LiveBlocks().value();
  for (const size_t alignment : {16U, 32U, 64U, 256U}) {
    for (const size_t size : {0U, 1U, 31U, 32U, 33U, 1'000U}) {
      void* memory = ::operator new(size, std::align_val_t(alignment));
      ASSERT_NE(memory, nullptr);
      EXPECT_EQ(reinterpret_cast<uintptr_t>(memory) % alignment, 0U);
      EXPECT_GE(malloc_usable_size(memory), size);
      std::memset(memory, 1, size);
      EXPECT_EQ(LiveBlocks(), before + 1);
      ::operator delete(memory, std::align_val_t(alignment));
    }
  }
  EXPECT_EQ(LiveBlocks(), before);
}

TEST(LiveBlocks, GivesMemoryOfNoSizeAnAddress) {
  void* one = ::operator new(0);
  void* other = ::operator new(0);
  EXPECT_NE(one, nullptr);
  EXPECT_NE(one, other);
  ::operator delete(one);
  ::operator delete(other);
}

TEST(LiveBlocks, CountsEachOfTheForms) {
  const int64_t before = LiveBlocks().value();
  const auto align = std::align_val_t(64);
  const auto expect_one = [&](void* memory, const auto& give_back) {
    EXPECT_NE(memory, nullptr);
    EXPECT_GE(malloc_usable_size(memory), 100U);
    EXPECT_EQ(LiveBlocks(), before + 1);
    give_back(memory);
    EXPECT_EQ(LiveBlocks(), before);
  };
  expect_one(::operator new(100), [](void* m) { ::operator delete(m); });
  expect_one(::operator new[](100), [](void* m) { ::operator delete[](m); });
  expect_one(::operator new(100), [](void* m) { ::operator delete (m, size_t{100}); });
  expect_one(::operator new[](100), [](void* m) { ::operator delete[](m, size_t{100}); });
  expect_one(::operator new(100, std::nothrow),
             [](void* m) { ::operator delete(m, std::nothrow); });
  expect_one(::operator new[](100, std::nothrow),
             [](void* m) { ::operator delete[](m, std::nothrow); });
  expect_one(::operator new(100, align), [&](void* m) { ::operator delete(m, align); });
  expect_one(::operator new[](100, align), [&](void* m) { ::operator delete[](m, align); });
  expect_one(::operator new(100, align),
             [&](void* m) { ::operator delete (m, size_t{100}, align); });
  expect_one(::operator new[](100, align),
             [&](void* m) { ::operator delete[](m, size_t{100}, align); });
  expect_one(::operator new(100, align, std::nothrow),
             [&](void* m) { ::operator delete(m, align); });
  expect_one(::operator new[](100, align, std::nothrow),
             [&](void* m) { ::operator delete[](m, align); });
}

TEST(LiveBlocks, ThrowsOrHasNothingWithoutMemory) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's allocator ends the program instead";
#endif
  constexpr size_t kTooMuch = size_t{1} << 62U;
  volatile size_t too_much = kTooMuch;  // the compiler would refuse a constant
  EXPECT_THROW(::operator delete(::operator new(too_much)), std::bad_alloc);
  EXPECT_EQ(::operator new(too_much, std::nothrow), nullptr);
}

}  // namespace
}  // namespace slo::bench
