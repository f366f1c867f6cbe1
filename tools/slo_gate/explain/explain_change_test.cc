#include "tools/slo_gate/explain/explain_change.h"

#include <cmath>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tools/lib/files/scratch_folder_testing.h"
#include "tools/slo_gate/explain/explain_testing.h"

namespace slo::tools {
namespace {

CountedCosts CostsOf(absl::string_view tree) {
  return {.tree = TreeOf(tree), .method = "counted", .per = "run"};
}

Explanation ExplanationOfCosts(absl::string_view base, absl::string_view candidate,
                               std::optional<double> change = 0.1) {
  return ExplainCosts({.benchmark = "BM_A", .change = change}, CostsOf(base), CostsOf(candidate))
      .explanation;
}

TEST(ExplainCosts, HasFunctionsThatAddUp) {
  const ExplainedChange explained =
      ExplainCosts({.benchmark = "BM_A", .change = 0.5}, CostsOf("main 1 1000\n  F 1 1000\n"),
                   CostsOf("main 1 1000\n  F 1 2000\n    malloc 3 0\n"));
  const Explanation& explanation = explained.explanation;
  EXPECT_EQ(explanation.benchmark, "BM_A");
  EXPECT_EQ(explanation.per, "run");
  EXPECT_EQ(explanation.difference(), 1'000);
  ASSERT_EQ(explanation.functions.size(), 1);
  EXPECT_EQ(explanation.functions[0].function, "F");
  EXPECT_EQ(explanation.functions[0].file, "F.cc");
  EXPECT_EQ(explanation.functions[0].difference, 1'000);
  EXPECT_EQ(explanation.candidate_allocations, 3);
  ASSERT_EQ(explanation.allocations.size(), 1);
  EXPECT_FALSE(explanation.is_same_work);
  EXPECT_TRUE(explanation.notes.empty());
  EXPECT_TRUE(absl::StartsWith(explained.flame_graph, "<svg"));
}

TEST(ExplainCosts, SaysWhereInstructionsAreEqual) {
  const Explanation same =
      ExplanationOfCosts("main 1 100000\n  F 1 1000\n", "main 1 100000\n  F 1 1002\n");
  EXPECT_TRUE(same.is_same_work);
  ASSERT_EQ(same.notes.size(), 1);
  EXPECT_TRUE(absl::StrContains(same.notes[0], "caches or waiting"));
  // Equal in sum, but not the same work.
  EXPECT_FALSE(
      ExplanationOfCosts("main 1 9000\n  F 1 1000\n", "main 1 8000\n  F 1 2000\n").is_same_work);
}

TEST(ExplainCosts, SaysWhereInstructionsExplainLittle) {
  const Explanation little = ExplanationOfCosts("main 1 1000\n", "main 1 1010\n", 0.5);
  EXPECT_FALSE(little.is_same_work);
  ASSERT_EQ(little.notes.size(), 1);
  EXPECT_TRUE(absl::StrContains(little.notes[0], "+1.00 %, the benchmark by +50.00 %"));
  EXPECT_TRUE(ExplanationOfCosts("main 1 1000\n", "main 1 1400\n", 0.5).notes.empty());
  EXPECT_TRUE(ExplanationOfCosts("main 1 1000\n", "main 1 1010\n", std::nullopt).notes.empty());
}

TEST(ExplainCosts, SaysWhichBuildHasNoDebugInformation) {
  CountedCosts base = CostsOf("main 1 1000\n");
  base.tree.has_debug_information = false;
  const Explanation explanation =
      ExplainCosts({.benchmark = "BM_A"}, base, CostsOf("main 1 2000\n")).explanation;
  ASSERT_EQ(explanation.notes.size(), 1);
  EXPECT_TRUE(absl::StrContains(explanation.notes[0], "the base has no debug information"));
}

TEST(ExplainCosts, CountsTheLeastOfVeryManyFunctionsTogether) {
  std::string base = "main 1 1\n";
  std::string candidate = base;
  for (int i = 0; i < 300; ++i) {
    absl::StrAppend(&base, "  F", i, " 1 10\n");
    absl::StrAppend(&candidate, "  F", i, " 1 ", 11 + i, "\n");
  }
  const Explanation explanation = ExplanationOfCosts(base, candidate);
  ASSERT_EQ(explanation.functions.size(), kMaxExplainedFunctions + 1);
  EXPECT_EQ(explanation.functions.back().function, "(100 other functions)");
  double sum = 0;
  for (const FunctionCost& function : explanation.functions) sum += function.difference;
  EXPECT_DOUBLE_EQ(sum, explanation.difference());
}

// ---- Running ----

TEST(ExplainChange, SaysWhatToInstall) {
  const absl::Status status = CheckTools({.valgrind = "no-such-valgrind"});
  EXPECT_TRUE(absl::StrContains(status.message(), "sudo apt-get install valgrind"));
  EXPECT_TRUE(absl::StrContains(
      CheckTools({.valgrind = "/bin/sh", .addr2line = "/no/such"}).message(), "binutils"));
  EXPECT_TRUE(CheckTools({.valgrind = "sh", .addr2line = "sh"}).ok());
}

// A program in place of valgrind that writes `profile`, logs, and ends.
std::string FakeValgrind(const ScratchFolder& folder, const std::string& profile,
                         const std::string& end) {
  const std::string path = (folder.path() / "valgrind").string();
  std::ofstream(path) << "#!/bin/sh\nfor flag; do case $flag in --callgrind-out-file=*) "
                         "file=${flag#*=};; --benchmark_repetitions=*) times=${flag#*=};; esac; "
                         "done\nprintf '"
                      << profile << "' >\"$file\"\n"
                      << end << '\n';
  EXPECT_EQ(system(absl::StrCat("chmod +x ", path).c_str()), 0);
  return path;
}

TEST(ExplainChange, NamesWhatFailed) {
  const ScratchFolder folder;
  const ChangeToExplain change = {
      .benchmark = "BM_A", .base = "/bin/true", .candidate = "/bin/true"};
  const auto problem_of = [&](const std::string& profile, const std::string& end) {
    return ExplainChange(change, {.valgrind = FakeValgrind(folder, profile, end)})
        .explanation.problem;
  };
  EXPECT_TRUE(absl::StrContains(problem_of("", "echo broken >&2; exit 3"), "exit code 3"));
  EXPECT_TRUE(
      absl::StrContains(problem_of("garbage", ""), "expected a line of callgrind's format"));
  EXPECT_TRUE(absl::StrContains(
      problem_of("events: Ir\\nsummary: 5\\nob=/bin/true\\nfn=main\\n1 5\\n", ""), "(--v=2)"));
}

TEST(ExplainChange, DividesByTheIterationsOfTheLog) {
  const ScratchFolder folder;
  // 100 instructions an iteration, 7 a body, 1000 in all: 3 bodies with 13 iterations, or with 3.
  const std::string valgrind = FakeValgrind(folder, "", R"(
if [ "$times" = 1 ]; then iterations="1 2 10"; else iterations="1 1 1"; fi
sum=1000
for n in $iterations; do
  echo "-- LOG(2): Running BM_A for $n" >&2
  sum=$((sum + 7 + 100 * n))
done
printf 'events: Ir\nsummary: %d\nob=/src/a\nfn=main\n1 %d\n' $sum $sum >"$file")");
  const Explanation explanation =
      ExplainChange({.benchmark = "BM_A", .base = "/bin/true", .candidate = "/bin/true"},
                    {.valgrind = valgrind})
          .explanation;
  EXPECT_EQ(explanation.problem, "");
  EXPECT_DOUBLE_EQ(explanation.base, 100);
  EXPECT_EQ(explanation.per, "iteration");
  EXPECT_TRUE(explanation.is_same_work);
  EXPECT_TRUE(absl::StrContains(explanation.method, "3 and 13 iterations"));
}

TEST(ExplainChange, SaysThatAProgramFixesItsIterations) {
  const ScratchFolder folder;
  const std::string valgrind = FakeValgrind(folder, "", R"(
sum=1000
for n in $(seq "$times"); do
  echo "-- LOG(2): Running BM_A/iterations:5 for 5" >&2
  sum=$((sum + 100 * 5))
done
printf 'events: Ir\nsummary: %d\nob=/src/a\nfn=main\n1 %d\n' $sum $sum >"$file")");
  const Explanation explanation =
      ExplainChange(
          {.benchmark = "BM_A/iterations:5", .base = "/bin/true", .candidate = "/bin/true"},
          {.valgrind = valgrind})
          .explanation;
  EXPECT_EQ(explanation.problem, "");
  EXPECT_DOUBLE_EQ(explanation.base, 100);
  EXPECT_TRUE(absl::StrContains(explanation.method, "preparation is included"));
}

}  // namespace
}  // namespace slo::tools
