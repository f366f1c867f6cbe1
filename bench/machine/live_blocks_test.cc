#include "bench/machine/live_blocks.h"

#include <memory>
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

}  // namespace
}  // namespace slo::bench
