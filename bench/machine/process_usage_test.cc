#include "bench/machine/process_usage.h"

#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(ReadProcessUsage, SeesMemoryThatIsTouched) {
  const ProcessUsage before = ReadProcessUsage();
  ASSERT_TRUE(before.resident_bytes.has_value());
  const std::vector<char> touched(size_t{32} << 20U, 1);
  EXPECT_GE(*ReadProcessUsage().resident_bytes - *before.resident_bytes, 30 << 20);
}

TEST(ReadProcessUsage, SeesThreadsComeAndGo) {
  // ThreadSanitizer has a thread of its own from the first one on.
  std::thread([] {}).join();
  const int64_t before = ReadProcessUsage().threads.value();
  std::atomic<bool> ends = false;
  std::thread thread([&] { ends.wait(false); });
  EXPECT_EQ(ReadProcessUsage().threads, before + 1);
  ends = true;
  ends.notify_one();
  thread.join();
}

TEST(ReadProcessUsage, SeesOpenFilesButNotItsOwn) {
  const int64_t before = ReadProcessUsage().descriptors.value();
  const std::ifstream open("/proc/self/status");
  EXPECT_EQ(ReadProcessUsage().descriptors, before + 1);
}

}  // namespace
}  // namespace slo::bench
