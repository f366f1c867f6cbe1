#include "tools/lib/results/build_type.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"

namespace slo::tools {
namespace {

constexpr std::array<absl::string_view, 3> kOptimized = {"release", "relwithdebinfo", "minsizerel"};

}  // namespace

bool IsDebugBuild(absl::string_view build_type) {
  if (build_type.empty()) return false;
  return std::none_of(kOptimized.begin(), kOptimized.end(), [&](absl::string_view good) {
    return absl::EqualsIgnoreCase(build_type, good);
  });
}

}  // namespace slo::tools
