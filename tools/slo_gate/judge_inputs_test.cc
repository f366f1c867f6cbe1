#include "tools/slo_gate/judge_inputs.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/pairs_testing.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;

constexpr char kExactLimits[] = R"({"version": 1, "exact": [{"id": "a", "benchmark": "*",
  "metric": "allocations_per_run", "max_change": "0%", "why": "w", "source": "s"}]})";
constexpr char kObjectives[] = R"({"version": 1, "objectives": [{"id": "a", "benchmark": "BM_*",
  "metric": "cpu_time", "max": "1s", "why": "w", "source": "s"}]})";

std::string Exact(int allocations, const char* toolchain) {
  std::ostringstream text;
  text << R"({"context": {"slo_kind": "exact_costs", "slo_toolchain": ")" << toolchain
       << R"("}, "benchmarks": [{"name": "BM_A", "allocations_per_run": )" << allocations << "}]}";
  return text.str();
}

class JudgeInputsTest : public ::testing::Test {
 protected:
  JudgeInputsTest() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    directory_ = std::filesystem::path(::testing::TempDir()) / "judge_inputs" / test->name();
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }

  std::string File(const std::string& name, const std::string& text) {
    std::ofstream(directory_ / name) << text;
    return (directory_ / name).string();
  }

  absl::StatusOr<Verdict> Judge(const GateOptions& options) {
    std::istringstream in;
    return JudgeInputs(options, "", {.generated_at_utc = "2026-11-23T12:00:00Z"}, in);
  }

  std::string ProblemsOf(const GateOptions& options) {
    return std::string(Judge(options).status().message());
  }

  std::filesystem::path directory_;
};

TEST_F(JudgeInputsTest, JudgesPairsByLimitsOnChanges) {
  const auto verdict =
      Judge({.thresholds = File("limits.json", kLimitsText),
             .results = {File("pairs.json", PairsFileText(MakePairs({{.benchmark = "BM_A"}})))}});
  ASSERT_TRUE(verdict.ok()) << verdict.status();
  EXPECT_EQ(ExitCodeOf(*verdict), 0);
  EXPECT_EQ(verdict->regression->pairs.size(), 1U);
}

TEST_F(JudgeInputsTest, ComparesExactCostsWithTheBaselineOfTheirToolchain) {
  File("exact-gnu-12.json", Exact(7, "gnu-12"));
  const auto exit_code = [&](const std::string& results) {
    const auto verdict = Judge({.thresholds = File("limits.json", kExactLimits),
                                .baseline = directory_.string(),
                                .results = {File("results.json", results)}});
    EXPECT_TRUE(verdict.ok()) << verdict.status();
    return ExitCodeOf(*verdict);
  };
  EXPECT_EQ(exit_code(Exact(7, "gnu-12")), 0);
  EXPECT_EQ(exit_code(Exact(8, "gnu-12")), 1);
  EXPECT_EQ(exit_code(Exact(7, "gnu-13")), 3) << "an unknown toolchain is never a pass";
  EXPECT_EQ(exit_code(Exact(7, "../gnu-12")), 3);
}

TEST_F(JudgeInputsTest, SaysWhichInputsGoTogether) {
  const std::string limits = File("limits.json", kLimitsText);
  const std::string objectives = File("objectives.json", kObjectives);
  const std::string results = File("results.json", Exact(7, "gnu-12"));
  const std::string pairs = File("pairs.json", PairsFileText(MakePairs({{.benchmark = "BM_A"}})));
  EXPECT_THAT(ProblemsOf({.thresholds = limits, .results = {results}}),
              HasSubstr("results are compared with a baseline (--baseline=FILE)"));
  EXPECT_THAT(ProblemsOf({.thresholds = limits, .results = {pairs, results}}),
              HasSubstr("they are judged apart"));
  EXPECT_THAT(ProblemsOf({.thresholds = limits, .baseline = results, .results = {pairs}}),
              HasSubstr("--baseline: goes with results"));
  EXPECT_THAT(ProblemsOf({.thresholds = limits, .overrides = {"a=1"}, .results = {pairs}}),
              HasSubstr("--override: goes with objectives"));
  EXPECT_THAT(ProblemsOf({.thresholds = objectives, .results = {pairs}}),
              HasSubstr("is a file of pairs"));
  EXPECT_THAT(ProblemsOf({.thresholds = objectives, .baseline = results, .results = {results}}),
              HasSubstr("--baseline: goes with limits on changes"));
}

TEST_F(JudgeInputsTest, NamesTheProblemsOfEveryInput) {
  const std::string problems =
      ProblemsOf({.thresholds = File("limits.json", R"({"tolerances": 3})"),
                  .baseline = "/no/such/baseline.json",
                  .results = {File("broken.json", "{")}});
  EXPECT_THAT(problems, HasSubstr("tolerances: expected a list"));
  EXPECT_THAT(problems, HasSubstr("/no/such/baseline.json"));
  EXPECT_THAT(problems, HasSubstr("broken.json"));
}

}  // namespace
}  // namespace slo::tools
