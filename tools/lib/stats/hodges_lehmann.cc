#include "tools/lib/stats/hodges_lehmann.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/base/macros.h"
#include "tools/lib/stats/median.h"
#include "tools/lib/stats/signed_rank.h"

namespace slo::stats {
namespace {

constexpr size_t kMaxSample = 10'000;

}  // namespace

std::optional<LocationInterval> HodgesLehmann(absl::Span<const double> sample, double confidence) {
  ABSL_HARDENING_ASSERT(sample.size() <= kMaxSample);
  ABSL_HARDENING_ASSERT(confidence >= 0.5 && confidence < 1);
  const int64_t depth = SignedRankDistribution(sample.size()).LimitDepth(1 - confidence);
  if (depth < 1) return std::nullopt;
  std::vector<double> averages;
  averages.reserve(sample.size() * (sample.size() + 1) / 2);
  for (size_t i = 0; i < sample.size(); ++i) {
    for (size_t j = i; j < sample.size(); ++j) averages.push_back((sample[i] + sample[j]) / 2);
  }
  std::sort(averages.begin(), averages.end());
  const auto nearest = static_cast<size_t>(depth) - 1;
  return LocationInterval{.location = MedianOfSorted(averages),
                          .lower = averages[nearest],
                          .upper = averages[averages.size() - 1 - nearest]};
}

}  // namespace slo::stats
