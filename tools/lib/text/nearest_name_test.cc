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

// At a candidate's length of up to eight, two edits are near and three are not; from nine on a
// third.
TEST(NearestName, AllowsTwoEditsOrAThirdOfTheLongerName) {
  const auto is_near = [](absl::string_view word, absl::string_view candidate) {
    return NearestName(word, {{candidate}}).has_value();
  };
  EXPECT_TRUE(is_near("abcdefxx", "abcdefgh"));
  EXPECT_FALSE(is_near("abcdexxx", "abcdefgh"));
  EXPECT_TRUE(is_near("abcdefxxx", "abcdefghi"));
  EXPECT_FALSE(is_near("abcdexxxx", "abcdefghi"));
  EXPECT_TRUE(is_near("ab", "abcd"));
  EXPECT_FALSE(is_near("ab", "abcde"));
}

// Each kind of edit costs one: what is missing, what is too much, what is another letter.
TEST(NearestName, CountsEachEditOnce) {
  const auto nearest = [](absl::string_view word) {
    static constexpr absl::string_view kNames[] = {"abcd", "abcdef"};
    return NearestName(word, kNames);
  };
  EXPECT_EQ(nearest("abcde"), "abcd");                           // one each: the first
  EXPECT_EQ(nearest("abcdefg"), "abcdef");                       // one too much, against three
  EXPECT_EQ(nearest("bcd"), "abcd");                             // one missing
  EXPECT_EQ(nearest("abxdef"), "abcdef");                        // one other, against three
  EXPECT_EQ(NearestName("abcdefxy", {{"abcdef"}}), "abcdef");    // two too many
  EXPECT_EQ(NearestName("abcdef", {{"abcdefxy"}}), "abcdefxy");  // two missing
}

TEST(NearestName, ComparesWordsOfUpTo200Letters) {
  const std::string word(200, 'f');
  EXPECT_EQ(NearestName(word, {{word}}), word);
  const std::string longer(201, 'f');
  EXPECT_EQ(NearestName(longer, {{longer}}), std::nullopt);
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
