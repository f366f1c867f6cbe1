// What the command refuses, and how it says so.

#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/paired_bench/cli/paired_bench_testing.h"
#include "tools/paired_bench/cli/paired_flags.h"
#include "tools/paired_bench/plan/paired_options.h"

namespace slo::paired {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST_F(PairedBenchTest, RefusesAVariableThatNothingReads) {
  EXPECT_EQ(Compare(candidate_, {"--pairs=2", "--slowed_env=UNREAD=1"}), 2);
  EXPECT_THAT(err_.str(), StartsWith(absl::StrCat("paired_bench: --slowed_env=UNREAD=1: ", base_,
                                                  " does not say in its context")));
  EXPECT_FALSE(std::filesystem::exists(written_));
}

TEST_F(PairedBenchTest, RefusesAVariableThatTheBaseDoesNotBear) {
  const std::string base = Program("delicate", "[ -n \"$SLOW\" ] && exit 5; measured 1");
  EXPECT_EQ(RunWith({absl::StrCat("--base=", base), absl::StrCat("--candidate=", candidate_),
                     absl::StrCat("--out=", written_), "--slowed_env=SLOW=1"}),
            2);
  EXPECT_EQ(err_.str(), absl::StrCat("paired_bench: --slowed_env=SLOW=1: base again (", base,
                                     "): exit code 5\n"));
}

TEST_F(PairedBenchTest, HelpsWithoutMeasuring) {
  EXPECT_EQ(RunWith({"--help", "--base=x"}), 0);
  EXPECT_EQ(out_.str(), PairedHelp());
  EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(PairedBenchTest, RefusesFlagsThatItDoesNotKnow) {
  EXPECT_EQ(Compare(candidate_, {"--pears=2", "--pairs=0"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("paired_bench: --pears: unknown flag"));
  EXPECT_THAT(err_.str(), HasSubstr("\npaired_bench: --pairs: expected"));
  EXPECT_FALSE(std::filesystem::exists(written_));
}

TEST_F(PairedBenchTest, NamesEveryProblemAtOnce) {
  const std::string unlisted = (folder_ / "unlisted").string();
  EXPECT_EQ(RunWith({absl::StrCat("--base=", unlisted), "--candidate=/no/such/program",
                     "--out=/no/such/place/p.json", "--limits=/no/such/limits.json", "--cpu=1023"}),
            2);
  EXPECT_THAT(err_.str(), HasSubstr("paired_bench: --out=/no/such/place/p.json: expected a file"));
  EXPECT_THAT(err_.str(), HasSubstr("paired_bench: /no/such/limits.json"));
  EXPECT_THAT(err_.str(), HasSubstr("paired_bench: --cpu=1023: expected one"));
  EXPECT_THAT(err_.str(), HasSubstr(absl::StrCat("paired_bench: --base=", unlisted,
                                                 ": cannot list its benchmarks")));
  EXPECT_THAT(err_.str(),
              HasSubstr("paired_bench: --candidate=/no/such/program: cannot list its benchmarks"));
}

TEST_F(PairedBenchTest, RefusesABinaryWithoutBenchmarks) {
  const std::string empty = Program("empty", "", "");
  EXPECT_EQ(Compare(empty), 2);
  EXPECT_EQ(err_.str(), absl::StrCat("paired_bench: --candidate=", empty,
                                     ": --benchmark_list_tests printed no benchmark\n"));
}

TEST_F(PairedBenchTest, RefusesASelectionOfNothing) {
  EXPECT_EQ(Compare(candidate_, {"--filter=BM_Z"}), 2);
  EXPECT_THAT(err_.str(), StartsWith("paired_bench: --filter=BM_Z: matches none"));
}

TEST_F(PairedBenchTest, RefusesAFolderInPlaceOfAFile) {
  EXPECT_EQ(RunWith({absl::StrCat("--base=", base_), absl::StrCat("--candidate=", candidate_),
                     absl::StrCat("--out=", folder_.string()), "--pairs=2"}),
            2);
  EXPECT_EQ(err_.str(), absl::StrCat("paired_bench: --out=", folder_.string(),
                                     ": expected a file in a directory that can be written\n"));
}

TEST_F(PairedBenchTest, WritesIntoTheCurrentFolderWhenNoneIsNamed) {
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder_);
  const int code =
      RunWith({absl::StrCat("--base=", base_), absl::StrCat("--candidate=", candidate_),
               "--out=pairs.json", "--pairs=2"});
  std::filesystem::current_path(before);
  EXPECT_EQ(code, 0) << err_.str();
  EXPECT_EQ(Written().measured.size(), 3U);
}

TEST_F(PairedBenchTest, SaysThatTheFileCannotBeWritten) {
  const std::string spoiling =
      Program("spoiling", absl::StrCat("mkdir -p ", written_, "/in_its_place; measured 2"));
  EXPECT_EQ(Compare(spoiling), 2);
  EXPECT_THAT(err_.str(), HasSubstr("cannot be replaced"));
}

}  // namespace
}  // namespace slo::paired
