#include "bench/machine/process_usage.h"

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

#include "bench/machine/heap_usage.h"
#include "bench/machine/live_blocks.h"
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

TEST(ReadProcessUsage, KnowsMemoryInPages) {
  const int64_t bytes = ReadProcessUsage().resident_bytes.value();
  EXPECT_EQ(bytes % sysconf(_SC_PAGESIZE), 0);
  rusage usage = {};
  ASSERT_EQ(getrusage(RUSAGE_SELF, &usage), 0);
  // The greatest that it was, in KiB; the two count pages that are shared a little differently.
  EXPECT_LE(bytes, usage.ru_maxrss * 1'024 + (int64_t{4} << 20));
}

TEST(ReadProcessUsage, KnowsHeapAndBlocksAsTheirReadersDo) {
  EXPECT_EQ(ReadProcessUsage().heap_bytes.has_value(), HeapBytesInUse().has_value());
  EXPECT_EQ(ReadProcessUsage().live_blocks, LiveBlocks());
}

}  // namespace
}  // namespace slo::bench
