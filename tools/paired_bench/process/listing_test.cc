#include "tools/paired_bench/process/listing.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/paired_bench/process/scripted_benchmark_testing.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

class ListingTest : public ScriptedBenchmarkTest {
 protected:
  // A program with a preamble in front of what it does.
  BenchmarkBinary Binary(absl::string_view preamble) const {
    const std::string path = Program("listing", "exit 1");
    std::ifstream in(path);
    std::string text(std::istreambuf_iterator<char>(in), {});
    text.insert(text.find('\n') + 1, absl::StrCat(preamble, "\n"));
    std::ofstream(path) << text;
    return {.path = path, .arguments = {}, .selected_widely = {}};
  }
};

TEST_F(ListingTest, HasNoBannerAndNoEnd) {
  EXPECT_THAT(ListBenchmarks(Binary("echo banner; echo BM_A"), {}).value(),
              ElementsAre("BM_A", "BM_B"));
}

TEST_F(ListingTest, LeavesALineThatIsAnotherOneEachTimeToTheTrials) {
  const BenchmarkBinary binary = Binary("echo pid $$");
  const auto names = ListBenchmarks(binary, {}).value();
  ASSERT_EQ(names.size(), 3U);
  EXPECT_THAT(names[0], StartsWith("pid "));
  EXPECT_EQ(HowSelected(binary, names[0], {}), Selected::kNot);
  EXPECT_EQ(HowSelected(binary, names[1], {}), Selected::kExactly);
}

TEST_F(ListingTest, KnowsWhatIsSelectedByTheWidePatternOnly) {
  const BenchmarkBinary binary =
      Binary("case \"$*\" in *=^a]\\$*) exit 1 ;; *=^a.\\$*) echo 'a]' ;; esac; echo banner");
  EXPECT_EQ(HowSelected(binary, "a]", {}), Selected::kWidely);
  EXPECT_EQ(HowSelected(binary, "BM_C", {}), Selected::kNot);
  EXPECT_EQ(HowSelected(binary, "banner", {}), Selected::kNot);
}

TEST_F(ListingTest, TakesEveryLineOfAProgramThatSelectsNothing) {
  const BenchmarkBinary binary = Binary("printf 'BM_A\\nBM_C\\n'; exit 0");
  EXPECT_THAT(ListBenchmarks(binary, {}).value(), ElementsAre("BM_A", "BM_C"));
  EXPECT_EQ(HowSelected(binary, "BM_C", {}), Selected::kExactly);
}

TEST_F(ListingTest, SaysWhyThereIsNone) {
  EXPECT_EQ(ListBenchmarks(Binary("exit 3"), {}).status().message(),
            "cannot list its benchmarks: exit code 3");
  EXPECT_EQ(
      ListBenchmarks({.path = Program("none", "", ""), .arguments = {}, .selected_widely = {}}, {})
          .status()
          .message(),
      "--benchmark_list_tests printed no benchmark");
}

}  // namespace
}  // namespace slo::paired
