#include "bench/machine/heap_usage.h"

#include <string>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(HeapBytesInUse, GrowsByWhatIsAllocatedAndShrinksAgain) {
  const auto before = HeapBytesInUse();
  if (!before.has_value()) GTEST_SKIP() << "this allocator does not tell";
  constexpr int64_t kBytes = 1 << 20;
  auto block = std::make_unique<std::string>(static_cast<size_t>(kBytes), 'x');
  const int64_t grown = HeapBytesInUse().value() - *before;
  block.reset();
  EXPECT_GE(grown, kBytes);
  EXPECT_LT(grown, kBytes + int64_t{64} * 1024);
  EXPECT_LT(HeapBytesInUse().value() - *before, kBytes / 2);
}

TEST(HeapBytesInUse, CountsLargeBlocksThatAreMappedApart) {
  const auto before = HeapBytesInUse();
  if (!before.has_value()) GTEST_SKIP() << "this allocator does not tell";
  constexpr int64_t kBytes = int64_t{64} << 20;
  const auto large = std::make_unique<char[]>(static_cast<size_t>(kBytes));
  EXPECT_GE(HeapBytesInUse().value() - *before, kBytes);
}

}  // namespace
}  // namespace slo::bench
