#include "tools/lib/text/nearest_name.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

std::optional<absl::string_view> Nearest(absl::string_view word) {
  static constexpr absl::string_view kNames[] = {"format", "filter", "evidence_dir"};
  return NearestName(word, kNames);
}

TEST(NearestName, FindsTheNameBehindATypingError) {
  EXPECT_EQ(Nearest("fromat"), "format");
  EXPECT_EQ(Nearest("fliter"), "filter");
  EXPECT_EQ(Nearest("evidence-dir"), "evidence_dir");
  EXPECT_EQ(Nearest("format"), "format");
}

TEST(NearestName, SuggestsNothingWhenNothingIsNear) {
  EXPECT_EQ(Nearest("thresholds"), std::nullopt);
  EXPECT_EQ(Nearest(std::string(10'000, 'f')), std::nullopt);
  EXPECT_EQ(NearestName("format", {}), std::nullopt);
}

TEST(NearestName, PrefersTheFirstOfEqualNames) {
  static constexpr absl::string_view kNames[] = {"load_p95", "load_p99"};
  EXPECT_EQ(NearestName("load_p9", kNames), "load_p95");
}

TEST(DidYouMean, SeparatesTheMessageFromWhatFollows) {
  static constexpr absl::string_view kNames[] = {"format", "filter"};
  EXPECT_EQ(DidYouMean("fromat", kNames, "--"), "; did you mean --format?");
  EXPECT_EQ(DidYouMean("thresholds", kNames, "--"), ";");
}

}  // namespace
}  // namespace slo::tools
