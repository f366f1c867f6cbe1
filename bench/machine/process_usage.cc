#include "bench/machine/process_usage.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "bench/machine/heap_usage.h"
#include "bench/machine/live_blocks.h"

namespace slo::bench {
namespace {

std::optional<int64_t> ResidentBytes() {
  // proc(5), statm: the second number is the resident pages.
  std::ifstream statm("/proc/self/statm");
  int64_t total_pages = 0;
  int64_t resident_pages = 0;
  if (!(statm >> total_pages >> resident_pages)) return std::nullopt;
  return resident_pages * sysconf(_SC_PAGESIZE);
}

// Entries of a folder below /proc/self.
std::optional<int64_t> Entries(const char* folder) {
  std::error_code error;
  const std::filesystem::directory_iterator entries(folder, error);
  if (error) return std::nullopt;
  return std::distance(begin(entries), end(entries));
}

}  // namespace

ProcessUsage ReadProcessUsage() {
  ProcessUsage usage = {.heap_bytes = HeapBytesInUse(),
                        .live_blocks = LiveBlocks(),
                        .resident_bytes = ResidentBytes(),
                        .threads = Entries("/proc/self/task"),
                        .descriptors = Entries("/proc/self/fd")};
  // Looking costs one itself.
  if (usage.descriptors.has_value()) --*usage.descriptors;
  return usage;
}

}  // namespace slo::bench
