#include "tools/paired_bench/cli/resume.h"

#include <fstream>
#include <regex>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/paired_bench/cli/paired_bench_testing.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using tools::PairsFile;

class ResumeTest : public PairedBenchTest {
 protected:
  int Resume(std::vector<std::string> more = {}) {
    more.insert(more.begin(), absl::StrCat("--resume=", written_));
    return RunWith(more);
  }

  std::string Text() const {
    std::ifstream in(written_);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  // The file with what a pattern finds replaced.
  void Replace(const std::string& pattern, const std::string& with) const {
    const std::string text = std::regex_replace(Text(), std::regex(pattern), with);
    std::ofstream(written_) << text;
  }
};

// Its time scatters so much that nothing is decided.
constexpr char kScatters[] =
    "printf x >> \"$0.count\"; measured $((1 + $(wc -c < \"$0.count\") % 2 * 100))";

TEST_F(ResumeTest, GoesOnInTheSamePlan) {
  ASSERT_EQ(Compare(candidate_, {"--pairs=40", "--filter=BM_A", "--budget=1s"}), 0);
  const PairsFile before = Written();
  ASSERT_EQ(Resume({"--budget=60s"}), 0) << err_.str();
  const PairsFile after = Written();
  EXPECT_EQ(after.analyses, before.analyses);
  EXPECT_EQ(after.arguments, before.arguments) << "of the first collection";
  ASSERT_THAT(after.measured, SizeIs(2));
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(after.measured[i].pairs(), 40);
    EXPECT_EQ(after.measured[i].benchmark, "BM_A");
  }
}

TEST_F(ResumeTest, HasNothingToDoWhereAllIsMeasured) {
  ASSERT_EQ(Compare(candidate_), 0);
  const PairsFile before = Written();
  ASSERT_EQ(Resume(), 0);
  for (size_t i = 0; i < before.measured.size(); ++i) {
    EXPECT_EQ(Written().measured[i].pairs(), before.measured[i].pairs());
  }
  EXPECT_EQ(Written().base.context, before.base.context);
}

TEST_F(ResumeTest, WritesIntoAnotherFileWhereItIsTold) {
  ASSERT_EQ(Compare(candidate_), 0);
  const std::string before = Text();
  const std::string other = (folder_ / "other.json").string();
  ASSERT_EQ(Resume({absl::StrCat("--out=", other)}), 0);
  EXPECT_EQ(Text(), before);
  EXPECT_TRUE(std::ifstream(other).good());
}

TEST_F(ResumeTest, RefusesOtherPrograms) {
  ASSERT_EQ(Compare(candidate_), 0);
  const std::string before = Text();
  Program("candidate", "measured 3");
  EXPECT_EQ(Resume(), 2);
  EXPECT_THAT(err_.str(), HasSubstr(absl::StrCat(written_, ": the candidate ", candidate_)));
  EXPECT_THAT(err_.str(), Not(HasSubstr("the base")));
  EXPECT_EQ(Text(), before);
}

TEST_F(ResumeTest, NamesAllThatDiffers) {
  ASSERT_EQ(Compare(candidate_), 0);
  Program("base", "measured 3");
  Replace("\"machine\":\"", "\"machine\":\"another ");
  Replace("\"limits\":\"", "\"limits\":\"0");
  EXPECT_EQ(Resume(), 2);
  for (const char* what : {"the base ", ": machine: expected \"another ", ": limits: expected"}) {
    EXPECT_THAT(err_.str(), HasSubstr(what));
  }
}

TEST_F(ResumeTest, RefusesFlagsThatChangeWhatIsMeasured) {
  ASSERT_EQ(Compare(candidate_), 0);
  EXPECT_EQ(Resume({"--filter=BM_B", "--min_time=1", "--budget=5s"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--filter=BM_B: --resume goes on as "));
  EXPECT_THAT(err_.str(), HasSubstr("--min_time=1: --resume goes on as "));
  EXPECT_THAT(err_.str(), Not(HasSubstr("--budget=5s:")));
}

TEST_F(ResumeTest, RefusesFilesThatCannotBeGoneOnWith) {
  EXPECT_EQ(Resume(), 2) << "there is none";
  EXPECT_EQ(RunWith({"--resume=-"}), 2);
  EXPECT_THAT(err_.str(), HasSubstr("--resume=-: expected a file"));
  ASSERT_EQ(Compare(candidate_), 0);
  Replace("\"arguments\":\\[[^\\]]*\\],", "");
  EXPECT_EQ(Resume(), 2);
  EXPECT_THAT(err_.str(), HasSubstr("arguments: expected those that it was measured with"));
  Replace("\"kind\"", "\"sort\"");
  EXPECT_EQ(Resume(), 2);
  EXPECT_THAT(err_.str(), HasSubstr("expected the output of paired_bench"));
}

TEST_F(ResumeTest, KeepsTheControlThatTookAnothersPlace) {
  const std::string base = Program("two", "case \"$name\" in BM_A) exit 3;; esac; measured 1");
  ASSERT_EQ(RunWith({absl::StrCat("--base=", base), absl::StrCat("--candidate=", base),
                     absl::StrCat("--out=", written_), "--pairs=2"}),
            1);
  ASSERT_EQ(Resume(), 1) << err_.str();
  const PairsFile after = Written();
  for (const tools::MeasuredPairs& one : after.measured) {
    if (one.comparison == tools::Comparison::kQuietControl) {
      EXPECT_EQ(one.benchmark, "BM_B");
      EXPECT_EQ(one.pairs(), 2);
    }
  }
}

TEST_F(ResumeTest, PassesOnWhatWasPassedOn) {
  const std::string scatters = Program("scatters", kScatters);
  ASSERT_EQ(Compare(scatters, {"--filter=BM_A", "--pairs=3", "--", "--own"}), 0);
  ASSERT_EQ(Resume(), 0) << err_.str();
  EXPECT_THAT(Written().base.context.at("arguments"), HasSubstr("--own"));
  EXPECT_THAT(Written().not_selected, ElementsAre("BM_B"));
  EXPECT_THAT(out_.str(), IsEmpty());
}

}  // namespace
}  // namespace slo::paired
