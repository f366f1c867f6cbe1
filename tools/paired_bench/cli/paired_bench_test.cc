#include "tools/paired_bench/cli/paired_bench.h"

#include <sched.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/paired_bench/cli/paired_bench_testing.h"
#include "tools/paired_bench/plan/collector.h"

namespace slo::paired {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::StartsWith;
using tools::Comparison;
using tools::PairsFile;

std::vector<int> AllowedCpus() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  sched_getaffinity(0, sizeof(allowed), &allowed);
  std::vector<int> cpus;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (CPU_ISSET(static_cast<size_t>(cpu), &allowed)) cpus.push_back(cpu);
  }
  return cpus;
}

TEST_F(PairedBenchTest, WritesEveryPairOfEveryComparison) {
  EXPECT_EQ(Compare(candidate_), 0);
  const PairsFile file = Written();
  EXPECT_THAT(file.analyses, ElementsAre(2));
  EXPECT_FALSE(file.interrupted);
  EXPECT_THAT(file.selected, ElementsAre("BM_A", "BM_B"));
  ASSERT_THAT(file.measured, SizeIs(3));
  EXPECT_EQ(file.measured[0].comparison, Comparison::kQuietControl);
  EXPECT_EQ(file.measured[0].benchmark, "BM_A");
  EXPECT_THAT(file.measured[0].metrics.at("cpu_time").candidate, ElementsAre(1'000, 1'000));
  for (const size_t i : {1U, 2U}) {
    EXPECT_EQ(file.measured[i].comparison, Comparison::kChange);
    EXPECT_EQ(file.measured[i].benchmark, i == 1 ? "BM_A" : "BM_B");
    EXPECT_THAT(file.measured[i].metrics.at("cpu_time").base, ElementsAre(1'000, 1'000));
    EXPECT_THAT(file.measured[i].metrics.at("real_time").candidate, ElementsAre(2'000, 2'000));
  }
}

TEST_F(PairedBenchTest, WritesWhatWasCompared) {
  Compare(candidate_, {"--pairs=2", "--against=release"});
  const PairsFile file = Written();
  EXPECT_EQ(file.against, tools::Against::kRelease);
  EXPECT_EQ(file.base.binary, base_);
  EXPECT_EQ(file.candidate.binary, candidate_);
  EXPECT_EQ(file.base.context.at("executable"), base_);
  EXPECT_EQ(file.candidate.context.at("executable"), candidate_);
  EXPECT_FALSE(file.slowdown.has_value());
}

TEST_F(PairedBenchTest, WritesHowItWasMeasured) {
  const absl::Time before = absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()));
  Compare(candidate_, {"--pairs=2", "--min_time=0.5", "--budget=90s", "--", "--more"});
  const PairsFile file = Written();
  absl::Time generated;
  std::string error;
  ASSERT_TRUE(absl::ParseTime("%Y-%m-%dT%H:%M:%SZ", file.generated_at_utc, &generated, &error));
  EXPECT_GE(generated, before);
  EXPECT_LE(generated, absl::Now());
  EXPECT_THAT(file.collection, Contains(Pair("budget", "1m30s")));
  EXPECT_THAT(file.passed_on(), ElementsAre("--more"));
  EXPECT_THAT(file.collection, Contains(Pair("min_time_seconds", "0.5")));
  EXPECT_THAT(file.collection, Contains(Pair("programs", "copied for each pair")));
  EXPECT_THAT(file.collection, Contains(Pair("limits_file", "")));
  EXPECT_THAT(file.collection,
              Contains(Pair("command_line",
                            absl::StrCat("paired_bench --base=", base_, " --candidate=", candidate_,
                                         " --out=", written_,
                                         " --pairs=2 --min_time=0.5 --budget=90s -- --more"))));
  int64_t spent = -1;
  ASSERT_TRUE(absl::SimpleAtoi(file.collection.at("seconds_spent"), &spent));
  EXPECT_GE(spent, 0);
  EXPECT_LE(spent, absl::ToInt64Seconds(absl::Now() - before) + 1);
  for (const tools::Side* side : {&file.base, &file.candidate}) {
    EXPECT_THAT(side->context.at("arguments"), HasSubstr(" --benchmark_min_time=0.5 --more"));
  }
}

TEST_F(PairedBenchTest, MeasuresOnTheHighestCpuUnlessOneIsNamed) {
  const std::string highest = absl::StrCat(AllowedCpus().back());
  Compare(candidate_);
  EXPECT_EQ(Written().collection.at("cpu"), highest);
  EXPECT_EQ(Written().base.context.at("cpus"), highest);
  const std::string lowest = absl::StrCat(AllowedCpus().front());
  Compare(candidate_, {"--pairs=2", absl::StrCat("--cpu=", lowest)});
  EXPECT_EQ(Written().collection.at("cpu"), lowest);
  EXPECT_EQ(Written().candidate.context.at("cpus"), lowest);
}

TEST_F(PairedBenchTest, SumsUpOnStderrAndSaysNothingOnStdout) {
  Compare(candidate_);
  EXPECT_THAT(out_.str(), IsEmpty());
  EXPECT_THAT(err_.str(), StartsWith("paired_bench: 3 comparisons; 2 pairs each, after about "));
  EXPECT_THAT(err_.str(), HasSubstr("\nundecided      2 pairs"));
  EXPECT_THAT(err_.str(), Not(HasSubstr("\r")));
}

TEST_F(PairedBenchTest, ShowsOnATerminalWhereItIs) {
  Compare(candidate_, {"--pairs=2"}, /*on_terminal=*/true);
  EXPECT_THAT(err_.str(), HasSubstr("\n\r\x1b[K0 of 3 done | quiet_control BM_A: 1 pairs"));
  EXPECT_THAT(err_.str(), HasSubstr("\r\x1b[Kundecided      2 pairs")) << "the line is cleared";
}

TEST_F(PairedBenchTest, StopsAtTheFirstAnalysisThatDecides) {
  EXPECT_EQ(Compare(candidate_, {"--filter=BM_A"}), 0);
  const PairsFile file = Written();
  EXPECT_EQ(file.analyses, PlanAnalyses(16, 1'024));
  for (const tools::MeasuredPairs& one : file.measured) EXPECT_EQ(one.pairs(), 16);
  EXPECT_THAT(file.not_selected, ElementsAre("BM_B"));
}

TEST_F(PairedBenchTest, StopsWhenTheBudgetIsOut) {
  EXPECT_EQ(Compare(candidate_, {"--pairs=5000", "--budget=1s"}), 0);
  const PairsFile file = Written();
  EXPECT_FALSE(file.interrupted);
  EXPECT_GE(file.measured[0].pairs(), 1);
  EXPECT_LT(file.measured[0].pairs(), 5'000);
}

TEST_F(PairedBenchTest, WritesWhatFailedAndGoesOnWithTheOthers) {
  const std::string broken =
      Program("broken", "[ $name = BM_B ] && echo why >&2 && exit 9; measured 2");
  EXPECT_EQ(Compare(broken), 1);
  const std::string failure =
      absl::StrCat("trial: candidate (", broken, "): exit code 9; stderr: why");
  EXPECT_THAT(err_.str(), HasSubstr(absl::StrCat("paired_bench: BM_B: ", failure, "\n")));
  const PairsFile file = Written();
  ASSERT_THAT(file.measured, SizeIs(3));
  EXPECT_EQ(file.measured[0].benchmark, "BM_B");
  EXPECT_THAT(file.measured[0].failures, ElementsAre(failure));
  EXPECT_EQ(file.measured[2].benchmark, "BM_A");
  EXPECT_EQ(file.measured[2].pairs(), 2);
}

TEST_F(PairedBenchTest, TakesAnotherControlInPlaceOfOneThatCannotBeMeasured) {
  const std::string broken = Program("broken", "[ $name = BM_A ] && exit 9; measured 2");
  for (const std::vector<std::string>& flags :
       {std::vector<std::string>{"--pairs=2"}, {"--pairs=2", "--control=BM_A"}}) {
    EXPECT_EQ(Compare(broken, flags), 1);
    EXPECT_EQ(Written().measured[1].comparison, Comparison::kQuietControl);
    EXPECT_EQ(Written().measured[1].benchmark, "BM_B");
    EXPECT_EQ(Written().measured[1].pairs(), 2);
  }
  EXPECT_THAT(err_.str(), HasSubstr("--control=BM_A cannot be measured; BM_B takes its place"));
  EXPECT_EQ(Compare(Program("all_broken", "exit 9")), 1);
  EXPECT_THAT(err_.str(), HasSubstr("no benchmark can be measured as a control"));
}

TEST_F(PairedBenchTest, NamesAPairThatFailsLater) {
  const std::string tired =
      Program("tired", absl::StrCat("echo x >> ", folder_.string(), "/$name; [ $(wc -l < ",
                                    folder_.string(), "/$name) -gt 3 ] && exit 9; measured 2"));
  EXPECT_EQ(Compare(tired), 1);
  const std::string failure = absl::StrCat("pair 2: candidate (", tired, "): exit code 9");
  EXPECT_THAT(err_.str(), HasSubstr(absl::StrCat("paired_bench: BM_B, ", failure, "\n")));
  EXPECT_THAT(Written().measured[2].failures, ElementsAre(failure));
}

TEST_F(PairedBenchTest, TellsLinesFromBenchmarks) {
  const std::string path = Program("talking", "measured 2");
  std::ifstream in(path);
  std::string text(std::istreambuf_iterator<char>(in), {});
  text.insert(text.find('\n') + 1, "echo welcome; echo pid $$\n");
  std::ofstream(path) << text;
  EXPECT_EQ(Compare(path), 0);
  EXPECT_THAT(Written().selected, ElementsAre("BM_A", "BM_B"));
  EXPECT_THAT(err_.str(), HasSubstr("\" is listed, and is no benchmark\n"));
  EXPECT_THAT(err_.str(), Not(HasSubstr("welcome")));
}

TEST_F(PairedBenchTest, SaysWhichBenchmarksAreNotOnBothSides) {
  const std::string base = Program("more", "measured 1", "BM_A BM_Gone BM_Twice BM_Twice");
  const std::string candidate = Program("other", "measured 2", "BM_A BM_New BM_Twice");
  EXPECT_EQ(RunWith({absl::StrCat("--base=", base), absl::StrCat("--candidate=", candidate),
                     absl::StrCat("--out=", written_), "--pairs=2"}),
            0);
  EXPECT_THAT(err_.str(), HasSubstr("paired_bench: BM_Gone: the candidate does not have it\n"));
  EXPECT_THAT(err_.str(), HasSubstr("paired_bench: BM_New: the base does not have it\n"));
  EXPECT_THAT(err_.str(), HasSubstr("paired_bench: BM_Twice: base: lists it 2 times\n"));
  EXPECT_THAT(Written().selected, ElementsAre("BM_A", "BM_Gone", "BM_Twice", "BM_New"));
  EXPECT_THAT(Written().measured, SizeIs(3 + 2));
}

TEST_F(PairedBenchTest, MeasuresByTheLimitsOfAFile) {
  const std::string limits = (folder_ / "limits.json").string();
  std::ofstream(limits) << R"({"version": 1, "tolerances": [{"id": "all", "benchmark": "*",
      "metric": "steps", "max_increase": "3%", "why": "w", "source": "s"}]})";
  EXPECT_EQ(Compare(candidate_, {"--pairs=2", absl::StrCat("--limits=", limits)}), 0);
  EXPECT_EQ(Written().collection.at("limits_file"), limits);
  EXPECT_EQ(Written().measured[0].metrics.count("steps"), 1U);
  EXPECT_EQ(Compare(candidate_), 0);
  EXPECT_EQ(Written().measured[0].metrics.count("steps"), 0U);
}

TEST_F(PairedBenchTest, MeasuresWhatTheVariableSlows) {
  EXPECT_EQ(Compare(candidate_, {"--pairs=2", "--slowed_env=SLOW=1"}), 0);
  const PairsFile file = Written();
  EXPECT_EQ(file.slowdown, "SLOW=1");
  ASSERT_THAT(file.measured, SizeIs(4));
  EXPECT_EQ(file.measured[1].comparison, Comparison::kSlowedControl);
  EXPECT_EQ(file.measured[1].pairs(), 2);
}

TEST_F(PairedBenchTest, ChecksNoVariableWithoutAControl) {
  const std::string one = Program("one", "exit 1", "BM_A");
  const std::string other = Program("other", "exit 1", "BM_B");
  EXPECT_EQ(RunWith({absl::StrCat("--base=", one), absl::StrCat("--candidate=", other),
                     absl::StrCat("--out=", written_), "--slowed_env=UNREAD=1"}),
            0);
  EXPECT_THAT(Written().measured, SizeIs(2));
}

TEST_F(PairedBenchTest, CopiesProgramsThatNeedWhatLiesBesideThem) {
  const std::string bound = Program("bound", "measured 2");
  std::ofstream(bound) << "#!/bin/sh\n. \"$(dirname \"$0\")/base\"\n";
  EXPECT_EQ(Compare(bound), 0);
  EXPECT_EQ(Written().collection.at("programs"), "copied for each pair");
  EXPECT_EQ(Written().measured[1].pairs(), 2);
}

TEST_F(PairedBenchTest, MeasuresProgramsThatNeedTheirPlaceWhereTheyAre) {
  const std::string bound =
      Program("bound", "case \"$0\" in */.paired-*) exit 1 ;; esac; measured 2");
  for (const bool is_base : {true, false}) {
    const std::string& base = is_base ? bound : base_;
    const std::string& candidate = is_base ? base_ : bound;
    EXPECT_EQ(RunWith({absl::StrCat("--base=", base), absl::StrCat("--candidate=", candidate),
                       absl::StrCat("--out=", written_), "--pairs=2"}),
              0);
    EXPECT_THAT(err_.str(), HasSubstr("the programs are not copied for each pair"));
    EXPECT_THAT(Written().collection.at("programs"),
                StartsWith("not copied: BM_A runs in place, and not as copies: "));
    EXPECT_EQ(Written().measured[1].pairs(), 2);
  }
}

TEST_F(PairedBenchTest, MeasuresInPlaceWhenItIsTold) {
  const std::string log = (folder_ / "log").string();
  const std::string logged = Program("logged", absl::StrCat("echo $0 >> ", log, "; measured 2"));
  EXPECT_EQ(Compare(logged, {"--pairs=2", "--in-place"}), 0);
  EXPECT_EQ(Written().collection.at("programs"), "not copied: --in_place");
  std::ifstream lines(log);
  for (std::string line; std::getline(lines, line);) EXPECT_EQ(line, logged);
}

TEST_F(PairedBenchTest, WritesToADeviceAndLeavesItOne) {
  const std::filesystem::path link = folder_ / "device";
  std::filesystem::create_symlink("/dev/null", link);
  EXPECT_EQ(RunWith({absl::StrCat("--base=", base_), absl::StrCat("--candidate=", candidate_),
                     absl::StrCat("--out=", link.string()), "--pairs=2"}),
            0);
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_TRUE(std::filesystem::is_character_file(link));
}

TEST_F(PairedBenchTest, MeasuresWithoutCopiesWhereNoneCanBeMade) {
  // NOLINTBEGIN(concurrency-mt-unsafe)
  const char* before = getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  setenv("TMPDIR", "/no/such/place", 1);
  const int code = Compare(candidate_);
  before == nullptr ? unsetenv("TMPDIR") : setenv("TMPDIR", kept.c_str(), 1);
  // NOLINTEND(concurrency-mt-unsafe)
  EXPECT_EQ(code, 0);
  EXPECT_THAT(Written().collection.at("programs"), StartsWith("not copied: TMPDIR: "));
  EXPECT_EQ(Written().measured[1].pairs(), 2);
}

TEST_F(PairedBenchTest, LeavesNoCopies) {
  const std::string path = (folder_ / "tmp").string();
  std::filesystem::create_directories(path);
  // NOLINTBEGIN(concurrency-mt-unsafe)
  const char* before = getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  setenv("TMPDIR", path.c_str(), 1);
  Compare(candidate_);
  before == nullptr ? unsetenv("TMPDIR") : setenv("TMPDIR", kept.c_str(), 1);
  // NOLINTEND(concurrency-mt-unsafe)
  EXPECT_EQ(Written().collection.at("programs"), "copied for each pair");
  EXPECT_TRUE(std::filesystem::is_empty(path));
}

TEST_F(PairedBenchTest, KeepsWhatItHasWhenASignalStopsIt) {
  for (const auto& [signal, code] : {std::pair("TERM", 143), {"INT", 130}}) {
    // It is tried twice before.
    const std::string log = absl::StrCat(folder_.string(), "/", signal);
    const std::string stopping =
        Program("stopping",
                absl::StrCat("[ $name = BM_B ] && echo x >> ", log, " && [ $(wc -l < ", log,
                             ") -gt 2 ] && kill -", signal, " $PPID && exec sleep 20; measured 2"));
    EXPECT_EQ(Compare(stopping), code);
    EXPECT_THAT(err_.str(), HasSubstr("paired_bench: interrupted; "));
    EXPECT_TRUE(Written().interrupted);
    EXPECT_EQ(Written().measured[1].pairs(), 1);
    EXPECT_EQ(Written().measured[2].pairs(), 0);
  }
}

TEST_F(PairedBenchTest, EndsWhenASignalComesBeforeTheFirstPair) {
  EXPECT_EQ(Compare(Program("stopping", "kill -TERM $PPID; exec sleep 20")), 143);
  EXPECT_THAT(err_.str(), HasSubstr("interrupted before the first pair"));
  EXPECT_FALSE(std::filesystem::exists(written_));
}

}  // namespace
}  // namespace slo::paired
