#include "tools/slo_gate/cli/judge_inputs.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/lib/files/scratch_folder_testing.h"
#include "tools/slo_gate/comparison/pairs_testing.h"

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

// Of shard I of 2: a burst of one run, which took so long.
std::string Shard(int shard, const char* kind, int64_t latency_ns, absl::string_view content) {
  return absl::StrReplaceAll(
      R"({$0"context": {"slo_shard": "$1/2", "slo_command_line": "$1", "slo_git_revision": "r",
          "slo_seed": "1", "slo_confidence_level": "0.95", "slo_build_type": "release"}, $2})",
      {{"$0", kind},
       {"$1", absl::StrCat(shard)},
       {"$2", absl::StrReplaceAll(content, {{"$3", absl::StrCat(latency_ns)}})}});
}

std::string ShardResults(int shard) {
  return Shard(shard, "", 0, R"("benchmarks": [{"name": "BM_A/runs:1", "samples_count": 1,
      "latency_max_us": 1, "success_trials_count": 1, "failed_count": 0,
      "time_unit": "ns", "real_time": 5}])");
}

std::string ShardTrace(int shard, int64_t latency_ns) {
  return Shard(shard, R"("kind": "workflow-slo-trace", "version": 1, )", latency_ns,
               R"("scenarios": [{"row": "BM_A/runs:1", "windows": [], "histograms": [
      {"prefix": "", "basis": "service_time", "count": 1, "min_ns": $3, "max_ns": $3,
       "buckets": [[$3, 1]]}]}])");
}

class JudgeInputsTest : public ::testing::Test {
 protected:
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

  const ScratchFolder scratch_;
  const std::filesystem::path& directory_ = scratch_.path();
};

TEST_F(JudgeInputsTest, JudgesPairsByLimitsOnChanges) {
  const auto verdict =
      Judge({.thresholds = File("limits.json", kLimitsText),
             .results = {File("pairs.json", PairsFileText(MakePairs({{.benchmark = "BM_A"}})))}});
  ASSERT_TRUE(verdict.ok()) << verdict.status();
  EXPECT_EQ(ExitCodeOf(*verdict), 0);
  EXPECT_EQ(verdict->comparison()->pairs.size(), 1U);
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

TEST_F(JudgeInputsTest, JudgesShardsAsOne) {
  const auto verdict =
      Judge({.thresholds = File("objectives.json", kObjectives),
             .traces = {File("1-trace.json", ShardTrace(1, 1'000)),
                        File("2-trace.json", ShardTrace(2, 1'000))},
             .results = {File("1.json", ShardResults(1)), File("2.json", ShardResults(2))}});
  ASSERT_TRUE(verdict.ok()) << verdict.status();
  ASSERT_EQ(verdict->results.size(), 1U);
  ASSERT_EQ(verdict->results[0].rows.size(), 1U);
  EXPECT_EQ(verdict->results[0].rows[0].Find("success_trials_count"), 2);
  ASSERT_EQ(verdict->traces.size(), 1U);
  EXPECT_EQ(verdict->traces[0].scenarios[0].histograms[0].count, 2);
}

TEST_F(JudgeInputsTest, RefusesAShardWithoutTheOthersOrItsTrace) {
  const std::string objectives = File("objectives.json", kObjectives);
  const std::string first = File("1.json", ShardResults(1));
  const std::string trace = File("1-trace.json", ShardTrace(1, 1'000));
  EXPECT_THAT(ProblemsOf({.thresholds = objectives, .traces = {trace}, .results = {first}}),
              HasSubstr("shard 2/2 is missing"));
  EXPECT_THAT(ProblemsOf({.thresholds = objectives, .results = {first}}),
              HasSubstr("1.json: expected its trace among the --trace files"));
  EXPECT_THAT(ProblemsOf({.thresholds = objectives,
                          .traces = {File("other.json", ShardTrace(1, 7'000))},
                          .results = {first}}),
              HasSubstr("is of another run"));
  EXPECT_THAT(
      ProblemsOf(
          {.thresholds = File("limits.json", kExactLimits), .baseline = first, .results = {first}}),
      HasSubstr("shards are judged by objectives"));
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

TEST_F(JudgeInputsTest, NamesATraceThatIsNone) {
  EXPECT_THAT(ProblemsOf({.thresholds = File("objectives.json", kObjectives),
                          .traces = {File("bad-trace.json", "{"), "/no/such/trace.json"},
                          .results = {File("results.json", Exact(7, "gnu-12"))}}),
              ::testing::AllOf(HasSubstr("bad-trace.json"), HasSubstr("/no/such/trace.json")));
}

// A trace of these results, with one thing about it that is not theirs.
TEST_F(JudgeInputsTest, RefusesATraceOfAnotherRun) {
  const std::string objectives = File("objectives.json", kObjectives);
  const auto unshard = [](std::string text) {
    return absl::StrReplaceAll(text, {{R"("slo_shard": "1/2", )", ""}});
  };
  const std::string results = File("results.json", unshard(ShardResults(1)));
  const auto problems = [&](const std::string& from, const std::string& to) {
    const std::string trace = absl::StrReplaceAll(unshard(ShardTrace(1, 1'000)), {{from, to}});
    return ProblemsOf(
        {.thresholds = objectives, .traces = {File("trace.json", trace)}, .results = {results}});
  };
  EXPECT_EQ(problems("", ""), "");
  for (const auto& [key, value] :
       {std::pair("slo_seed", "1"), {"slo_git_revision", "r"}, {"slo_command_line", "1"}}) {
    EXPECT_THAT(problems(absl::StrCat("\"", key, "\": \"", value, "\""),
                         absl::StrCat("\"", key, "\": \"other\"")),
                HasSubstr("is the trace of another run"))
        << key;
  }
  EXPECT_THAT(problems("BM_A/runs:1", "BM_A/runs:2"), HasSubstr("has no such row"));
  // 1 us in the results; six digits are written, one in a hundred may be rounding.
  EXPECT_EQ(problems("1000", "1010"), "");
  EXPECT_THAT(problems("1000", "1011"), HasSubstr("is of another run: 1 latencies"));
  EXPECT_EQ(problems("1000", "991"), "");
  EXPECT_THAT(problems("1000", "990"), HasSubstr("is of another run: 1 latencies"));
}

TEST_F(JudgeInputsTest, TakesOverridesFromTheEnvironmentAndTheCommandLine) {
  const GateOptions options = {.thresholds = File("objectives.json", kObjectives),
                               .overrides = {"a=3s"},
                               .results = {File("results.json", R"({"context": {},
      "benchmarks": [{"name": "BM_A", "time_unit": "s", "cpu_time": 2, "real_time": 2}]})")}};
  const auto limit = [&](const GateOptions& with, const char* environment) {
    std::istringstream in;
    const auto verdict = JudgeInputs(with, environment, {}, in);
    EXPECT_TRUE(verdict.ok()) << verdict.status();
    return verdict->scenarios[0].checks[0].threshold.value;
  };
  GateOptions without = options;
  without.overrides.clear();
  EXPECT_EQ(limit(without, ""), 1e9);
  EXPECT_EQ(limit(without, " , a=2s , "), 2e9);
  EXPECT_EQ(limit(options, ""), 3e9);
}

TEST_F(JudgeInputsTest, NamesTheProblemsOfResultsWhenTheThresholdsCannotBeRead) {
  const std::string problems =
      ProblemsOf({.thresholds = "/no/such/limits.json", .results = {File("broken.json", "{")}});
  EXPECT_THAT(problems, HasSubstr("/no/such/limits.json"));
  EXPECT_THAT(problems, HasSubstr("broken.json"));
}

// A results file and its trace, each with one thing about it changed.
class JudgeTraceTest : public JudgeInputsTest {
 protected:
  using Changes = std::vector<std::pair<std::string, std::string>>;

  std::string ProblemsWith(const Changes& results, const Changes& trace) {
    const auto changed = [](std::string text, const Changes& changes) {
      text = absl::StrReplaceAll(text, {{R"("slo_shard": "1/2", )", ""}});
      return absl::StrReplaceAll(text, changes);
    };
    return ProblemsOf({.thresholds = File("objectives.json", kObjectives),
                       .traces = {File("trace.json", changed(ShardTrace(1, 1'000), trace))},
                       .results = {File("results.json", changed(ShardResults(1), results))}});
  }
};

TEST_F(JudgeTraceTest, TakesAnEmptyHistogramOfWhatTheRowDoesNotCount) {
  EXPECT_EQ(ProblemsWith({}, {{R"("histograms": [)", R"("histograms": [{"prefix": "a_",
      "basis": "service_time", "count": 0, "min_ns": 0, "max_ns": 0, "buckets": []}, )"}}),
            "");
}

TEST_F(JudgeTraceTest, AddsUpTheRowsOfOneNameAndTakesTheLargestOfThem) {
  const Changes twice = {{R"({"name": "BM_A/runs:1", )",
                          R"({"name": "BM_A/runs:1/repeats:2", "samples_count": 2,
                              "latency_max_us": 0.5, "time_unit": "ns",
                              "real_time": 5}, {"name": "BM_A/runs:1", )"}};
  const Changes three = {{R"("count": 1)", R"("count": 3)"}, {"[[1000, 1]]", "[[1000, 3]]"}};
  EXPECT_EQ(ProblemsWith(twice, three), "");
  EXPECT_THAT(ProblemsWith(twice, {}), HasSubstr("is of another run: 1 latencies"));
  EXPECT_THAT(ProblemsWith({}, three), HasSubstr("is of another run: 3 latencies"));
}

TEST_F(JudgeTraceTest, ComparesLatenciesBelowAMicrosecondToo) {
  const auto problems = [&](const char* max_us) {
    return ProblemsWith({{R"("latency_max_us": 1)", absl::StrCat(R"("latency_max_us": )", max_us)}},
                        {{"1000", "500"}});
  };
  EXPECT_EQ(problems("0.5"), "");
  EXPECT_EQ(problems("0.504"), "");
  EXPECT_THAT(problems("0.506"), HasSubstr("is of another run"));
  EXPECT_THAT(problems("0.494"), HasSubstr("is of another run"));
}

TEST_F(JudgeTraceTest, AsksForTheContextThatTellsRunsApart) {
  EXPECT_THAT(ProblemsWith({}, {{R"("slo_seed": "1", )", ""}}),
              HasSubstr("is the trace of another run"));
}

TEST_F(JudgeInputsTest, FindsTheTraceOfAnyOfTheResults) {
  const auto unshard = [](const std::string& text) {
    return absl::StrReplaceAll(text,
                               {{R"("slo_shard": "1/2", )", ""}, {R"("slo_shard": "2/2", )", ""}});
  };
  EXPECT_EQ(ProblemsOf({.thresholds = File("objectives.json", kObjectives),
                        .traces = {File("2-trace.json", unshard(ShardTrace(2, 1'000)))},
                        .results = {File("1.json", unshard(ShardResults(1))),
                                    File("2.json", unshard(ShardResults(2)))}}),
            "");
}

TEST_F(JudgeInputsTest, TakesTracesForObjectivesOnly) {
  EXPECT_THAT(ProblemsOf({.thresholds = File("limits.json", kExactLimits),
                          .baseline = File("baseline.json", Exact(7, "gnu-12")),
                          .traces = {File("trace.json", ShardTrace(1, 1'000))},
                          .results = {File("results.json", Exact(7, "gnu-12"))}}),
              HasSubstr("--trace: goes with objectives"));
}

TEST_F(JudgeInputsTest, KnowsNoToolchainOfABaselineThatIsNotThere) {
  const std::string limits = File("limits.json", kExactLimits);
  const auto exit_code = [&](const std::string& baseline, const std::string& results) {
    const auto verdict = Judge(
        {.thresholds = limits, .baseline = baseline, .results = {File("results.json", results)}});
    EXPECT_TRUE(verdict.ok()) << verdict.status();
    return ExitCodeOf(*verdict);
  };
  EXPECT_EQ(exit_code(File("baseline.json", Exact(7, "gnu-12")), Exact(7, "gnu-12")), 0);
  EXPECT_EQ(exit_code((directory_ / "none.json").string(), Exact(7, "gnu-12")), 3);
  EXPECT_EQ(exit_code(directory_.string(), Exact(7, "")), 3);
  File("exact-not-stated.json", Exact(7, ""));
  EXPECT_EQ(exit_code(directory_.string(), Exact(7, "")), 0);
  // Times have a baseline or cannot be judged.
  EXPECT_THAT(ProblemsOf({.thresholds = limits,
                          .baseline = (directory_ / "none.json").string(),
                          .results = {File("times.json", R"({"benchmarks": []})")}}),
              HasSubstr("none.json: cannot be opened"));
}

TEST_F(JudgeInputsTest, NamesABaselineThatIsNone) {
  EXPECT_THAT(ProblemsOf({.thresholds = File("limits.json", kExactLimits),
                          .baseline = File("baseline.json", "{}"),
                          .results = {File("results.json", Exact(7, "gnu-12"))}}),
              HasSubstr("baseline.json: has no list"));
}

}  // namespace
}  // namespace slo::tools
