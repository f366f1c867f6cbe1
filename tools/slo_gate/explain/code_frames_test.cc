#include "tools/slo_gate/explain/code_frames.h"

#include "absl/strings/match.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(CodeFrames, HaveTheInnermostFunctionFirst) {
  const auto frames = ParseCodeFrames(R"(0x0000000000001196
std::vector<int>::size() const
/usr/include/c++/12/bits/stl_vector.h:987 (discriminator 3)
a::Outer(int) [clone .part.0]
/src/a.cc:12
0x00000000000011a0
??
??:0
0x00000000000011a4
main
/src/a:b/c.cc:?
0x00000000000011a8
Local(int)
c.cc:?
)");
  ASSERT_TRUE(frames.ok()) << frames.status();
  ASSERT_EQ(frames->size(), 3);
  const auto& inlined = frames->at(0x1196);
  ASSERT_EQ(inlined.size(), 2);
  EXPECT_EQ(inlined[0].function, "std::vector<int>::size() const");
  EXPECT_EQ(inlined[0].file, "/usr/include/c++/12/bits/stl_vector.h");
  EXPECT_EQ(inlined[0].line, 987);
  EXPECT_EQ(inlined[1].function, "a::Outer(int)");
  EXPECT_EQ(inlined[1].line, 12);
  EXPECT_EQ(frames->at(0x11a4)[0].file, "/src/a:b/c.cc");
  EXPECT_EQ(frames->at(0x11a4)[0].line, 0);
  EXPECT_EQ(frames->at(0x11a8)[0].function, "Local(int)");
  EXPECT_EQ(frames->at(0x11a8)[0].file, "");
  EXPECT_FALSE(frames->contains(0x11a0));
}

TEST(CodeFrames, RefuseWhatAddr2lineDoesNotWrite) {
  EXPECT_TRUE(ParseCodeFrames("").ok());
  EXPECT_TRUE(absl::StrContains(ParseCodeFrames("main\nx:1\n").status().message(), "line 1"));
  EXPECT_TRUE(absl::StrContains(ParseCodeFrames("0xzz\n").status().message(), "an address"));
}

}  // namespace
}  // namespace slo::tools
