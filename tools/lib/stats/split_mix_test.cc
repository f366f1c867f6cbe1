#include "tools/lib/stats/split_mix.h"

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

// The first values that the authors' reference implementation gives for this seed.
TEST(SplitMix64, GivesTheReferenceSequence) {
  SplitMix64 random(1'234'567);
  EXPECT_EQ(random.Next(), 6'457'827'717'110'365'317U);
  EXPECT_EQ(random.Next(), 3'203'168'211'198'807'973U);
  EXPECT_EQ(random.Next(), 9'817'491'932'198'370'423U);
  EXPECT_EQ(random.Next(), 4'593'380'528'125'082'431U);
  EXPECT_EQ(random.Next(), 16'408'922'859'458'223'821U);
}

TEST(SplitMix64, DependsOnTheSeedAlone) {
  EXPECT_EQ(SplitMix64(7).Next(), SplitMix64(7).Next());
  EXPECT_NE(SplitMix64(7).Next(), SplitMix64(8).Next());
}

TEST(MixBits, MixesEveryBit) {
  EXPECT_EQ(MixBits(0), 0U);
  for (int bit = 0; bit < 64; ++bit) EXPECT_NE(MixBits(uint64_t{1} << bit), uint64_t{1} << bit);
}

}  // namespace
}  // namespace slo::stats
