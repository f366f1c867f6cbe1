#include "bench/machine/live_blocks.h"

namespace slo::bench {

std::optional<int64_t> LiveBlocks() {
  if (&CountedLiveBlocks == nullptr) return std::nullopt;
  return CountedLiveBlocks();
}

}  // namespace slo::bench
