#include "tools/slo_gate/explain/callgrind_file.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kCallgrindText = R"(# callgrind format
version: 1
creator: callgrind-3.19.0
cmd:  ./program --flag=1
part: 1

positions: instr line
events: Ir
summary: 145

ob=(1) /src/program
fl=(1) /src/a.cc
fn=(1) main
0x1000 10 5
+4 +1 10
fi=(2) /src/a.h
0x1010 3 20
fe=(1)
cob=(2) /usr/lib/libc.so.6
cfi=(3) ???
cfn=(2) memcpy
calls=3 0x50 0
0x1014 12 30
* * 10

ob=(2)
fl=(3)
fn=(2)
0x50 0 30
0x54 0 70

ob=(1)
fl=(1)
fn=(3) Helper(int)'main
-4 0 0
cfn=(1)
calls=1 0x1000 10
+4 * 8

totals: 145
)";

absl::StatusOr<CallgrindProfile> ParseProfile(absl::string_view text) {
  return ParseCallgrind("out", text);
}

std::string ProfileProblem(absl::string_view text) {
  return std::string(ParseProfile(text).status().message());
}

TEST(CallgrindFile, HasFunctionsWithTheirCostsAndCalls) {
  const auto profile = ParseProfile(kCallgrindText);
  ASSERT_TRUE(profile.ok()) << profile.status();
  EXPECT_TRUE(profile->has_addresses);
  EXPECT_EQ(profile->instructions, 145);
  ASSERT_EQ(profile->functions.size(), 3);
  const CallgrindFunction& main = profile->functions[0];
  EXPECT_EQ(main.name, "main");
  EXPECT_EQ(main.object, "/src/program");
  ASSERT_EQ(main.costs.size(), 4);
  EXPECT_EQ(main.costs[1].address, 0x1004);
  EXPECT_EQ(main.costs[1].instructions, 10);
  EXPECT_EQ(main.costs[2].address, 0x1010);
  EXPECT_EQ(main.costs[3].address, 0x1014);
  ASSERT_EQ(main.calls.size(), 1);
  EXPECT_EQ(main.calls[0].address, 0x1014);
  EXPECT_EQ(main.calls[0].callee, 1);
  EXPECT_EQ(main.calls[0].calls, 3);
  EXPECT_EQ(main.calls[0].instructions, 30);
  EXPECT_EQ(profile->functions[1].name, "memcpy");
  EXPECT_EQ(profile->functions[1].object, "/usr/lib/libc.so.6");
  EXPECT_EQ(profile->functions[2].name, "Helper(int)'main");
  ASSERT_EQ(profile->functions[2].calls.size(), 1);
  EXPECT_EQ(profile->functions[2].calls[0].callee, 0);
  EXPECT_EQ(profile->functions[2].calls[0].address, 0x54);
}

TEST(CallgrindFile, TakesTheInstructionsAmongSeveralEvents) {
  const auto profile = ParseProfile(
      "events: Dr Ir Dw\npositions: line\nsummary: 1 7 3\nfn=f\n5 1 4 3\n6 0 3\n7\ntotals: 1 7 "
      "3\n");
  ASSERT_TRUE(profile.ok()) << profile.status();
  EXPECT_FALSE(profile->has_addresses);
  EXPECT_EQ(profile->instructions, 7);
}

TEST(CallgrindFile, AddsSeveralPartsUp) {
  const auto profile = ParseProfile(
      "events: Ir\npart: 1\nsummary: 5\nfn=(1) f\n1 5\npart: 2\nsummary: 2\nfn=(1)\n+3 2\n"
      "totals: 7\n");
  ASSERT_TRUE(profile.ok()) << profile.status();
  EXPECT_EQ(profile->instructions, 7);
  ASSERT_EQ(profile->functions.size(), 1);
  EXPECT_EQ(profile->functions[0].costs[1].address, 3);
}

TEST(CallgrindFile, NamesTheLineThatIsNotOfTheFormat) {
  const auto with = [](absl::string_view from, absl::string_view to) {
    return ProfileProblem(absl::StrReplaceAll(kCallgrindText, {{from, to}}));
  };
  EXPECT_TRUE(absl::StrContains(with("fl=(1) /src/a.cc", "garbage"), "out:12: expected a line"));
  EXPECT_TRUE(absl::StrContains(with("0x1010 3 20", "0x1010 3 -20"), "number of instructions"));
  EXPECT_TRUE(absl::StrContains(with("0x1010 3 20", "0x1010 3 9999999999999999999"), "number"));
  EXPECT_TRUE(absl::StrContains(with("0x1010 3 20", "0x1010"), "positions"));
  EXPECT_TRUE(absl::StrContains(with("0x1010 3 20", "+x 3 20"), "a position"));
  EXPECT_TRUE(absl::StrContains(with("fn=(2)\n0x50", "fn=(9)\n0x50"), "a name that was defined"));
  EXPECT_TRUE(absl::StrContains(with("calls=3", "calls=x"), "a number of calls"));
  EXPECT_TRUE(absl::StrContains(with("cfn=(2) memcpy\n", ""), "cfn= before calls="));
  EXPECT_TRUE(absl::StrContains(with("events: Ir", "events: Dr"), "the event Ir"));
  EXPECT_TRUE(absl::StrContains(with("positions: instr line", "positions: a b c"), "positions"));
}

TEST(CallgrindFile, RefusesPartsOfFiles) {
  EXPECT_TRUE(absl::StrContains(ProfileProblem(""), "events: and summary:"));
  EXPECT_TRUE(absl::StrContains(ProfileProblem("events: Ir\nfn=f\n"), "events: and summary:"));
  EXPECT_TRUE(absl::StrContains(ProfileProblem("5 5\n"), "events: before costs"));
  EXPECT_TRUE(absl::StrContains(ProfileProblem("events: Ir\n5 5\n"), "fn= before costs"));
  EXPECT_TRUE(absl::StrContains(ProfileProblem("events: Ir\nsummary: 7\nfn=f\n1 5\n"), "states 7"));
  const std::string most = absl::StrCat("1 ", int64_t{9'223'372'036'854'775'807}, "\n");
  EXPECT_TRUE(absl::StrContains(ProfileProblem("events: Ir\nfn=f\n" + most + most), "smaller sum"));
}

// Whatever is cut off, changed or doubled: an answer, and never a crash.
TEST(CallgrindFile, SurvivesAnyText) {
  for (size_t i = 0; i < kCallgrindText.size(); ++i) {
    ParseProfile(kCallgrindText.substr(0, i)).IgnoreError();
    for (const char c : {'\0', '(', '=', '9', '-', '\n', '\x80'}) {
      std::string text(kCallgrindText);
      text[i] = c;
      ParseProfile(text).IgnoreError();
    }
  }
}

}  // namespace
}  // namespace slo::tools
