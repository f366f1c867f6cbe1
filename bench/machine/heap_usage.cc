#include "bench/machine/heap_usage.h"

#include <malloc.h>

namespace slo::bench {

std::optional<int64_t> HeapBytesInUse() {
  const struct mallinfo2 info = mallinfo2();
  const auto in_use = static_cast<int64_t>(info.uordblks) + static_cast<int64_t>(info.hblkhd);
  if (in_use == 0) return std::nullopt;
  return in_use;
}

}  // namespace slo::bench
