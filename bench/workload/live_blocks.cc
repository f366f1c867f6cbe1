#include "bench/workload/live_blocks.h"

namespace slo::workload {

std::optional<int64_t> LiveBlocks() {
  if (&CountedLiveBlocks == nullptr) return std::nullopt;
  return CountedLiveBlocks();
}

}  // namespace slo::workload
