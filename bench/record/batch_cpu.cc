#include "bench/record/batch_cpu.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"

namespace slo::bench {

void BatchCpu::Add(int64_t cpu_ns, int64_t iterations) {
  total_ns_ += cpu_ns;
  iterations_ += iterations;
  batch_us_.push_back(static_cast<double>(cpu_ns) / 1e3 / static_cast<double>(iterations));
}

void BatchCpu::Merge(const BatchCpu& other) {
  total_ns_ += other.total_ns_;
  iterations_ += other.iterations_;
  batch_us_.insert(batch_us_.end(), other.batch_us_.begin(), other.batch_us_.end());
}

void BatchCpu::AddCounters(const std::string& name, tools::Counters& counters) const {
  if (batch_us_.empty()) return;
  counters[absl::StrCat(name, "_us")] =
      static_cast<double>(total_ns_) / 1e3 / static_cast<double>(iterations_);
  std::vector<double> batches = batch_us_;
  // The smallest that at least a tenth of the batches do not exceed.
  const auto rank = static_cast<std::ptrdiff_t>((batches.size() + 9) / 10 - 1);
  std::nth_element(batches.begin(), batches.begin() + rank, batches.end());
  counters[absl::StrCat(name, "_p10_us")] = batches[static_cast<size_t>(rank)];
}

}  // namespace slo::bench
