#include "tools/paired_bench/process/process_pair_runner.h"

#include <sched.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/lib/process/descriptor.h"
#include "tools/paired_bench/process/scripted_benchmark_testing.h"

namespace slo::paired {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using tools::Comparison;

constexpr Comparison kEveryComparison[] = {Comparison::kChange, Comparison::kQuietControl,
                                           Comparison::kSlowedControl};

class ProcessPairRunnerTest : public ScriptedBenchmarkTest {
 protected:
  ProcessPairOptions Options() const {
    return {.base = {.path = base_, .arguments = {"--of_base"}},
            .candidate = {.path = candidate_, .arguments = {"--of_candidate"}},
            .slowdown = "SLOW=much",
            .results = results_.get()};
  }

  const std::unique_ptr<ResultFiles> results_ = ResultFiles::Create({folder_}).value();
  const std::string base_ = Program("base", "measured 1");
  const std::string candidate_ = Program("candidate", "measured 2");
  const std::string crashing_ = Program("crashing", "exit 3");
  const std::string waiting_ = Program("waiting", "exec sleep 20");
};

double CpuTime(const BenchmarkRun& run) { return run.row.Find("cpu_time").value_or(-1); }

TEST_F(ProcessPairRunnerTest, GivesEachSideItsOwnResultWhicheverIsFirst) {
  for (const bool base_first : {true, false}) {
    const auto run = ProcessPairRunner(Options()).Run("BM_A", Comparison::kChange, base_first);
    ASSERT_TRUE(run.ok()) << run.status();
    EXPECT_EQ(CpuTime(run->base), 1'000);
    EXPECT_EQ(CpuTime(run->candidate), 2'000);
    EXPECT_EQ(run->base.context.at("executable"), base_);
    EXPECT_EQ(run->candidate.context.at("executable"), candidate_);
    EXPECT_THAT(run->base.context.at("arguments"), EndsWith(" --of_base"));
    EXPECT_THAT(run->candidate.context.at("arguments"), EndsWith(" --of_candidate"));
  }
}

TEST_F(ProcessPairRunnerTest, PairsTheBaseWithItselfForAControl) {
  for (const Comparison control : {Comparison::kQuietControl, Comparison::kSlowedControl}) {
    const auto run = ProcessPairRunner(Options()).Run("BM_A", control, true);
    ASSERT_TRUE(run.ok()) << run.status();
    EXPECT_EQ(CpuTime(run->base), 1'000);
    EXPECT_EQ(CpuTime(run->candidate), 1'000);
    EXPECT_EQ(run->candidate.context.at("executable"), base_);
  }
}

TEST_F(ProcessPairRunnerTest, SlowsTheOtherSideOfTheSlowedControlOnly) {
  for (const Comparison comparison : kEveryComparison) {
    for (const bool base_first : {true, false}) {
      const auto run = ProcessPairRunner(Options()).Run("BM_A", comparison, base_first);
      ASSERT_TRUE(run.ok()) << run.status();
      EXPECT_EQ(run->base.context.count("slow"), 0U);
      EXPECT_EQ(run->candidate.context.count("slow"),
                comparison == Comparison::kSlowedControl ? 1U : 0U);
    }
  }
}

TEST_F(ProcessPairRunnerTest, PassesTheBenchmarkAndTheTimeOn) {
  ProcessPairOptions options = Options();
  options.min_time_seconds = 0.125;
  const auto run = ProcessPairRunner(options).Run("BM_B", Comparison::kChange, true);
  ASSERT_TRUE(run.ok()) << run.status();
  for (const BenchmarkRun* side : {&run->base, &run->candidate}) {
    EXPECT_EQ(side->row.name, "BM_B");
    EXPECT_THAT(side->context.at("arguments"), HasSubstr("--benchmark_filter=^BM_B$ "));
    EXPECT_THAT(side->context.at("arguments"), HasSubstr("--benchmark_min_time=0.125 "));
  }
}

// A program that notes its turn in a file and takes that many microseconds.
std::string CountingScript(const std::string& turns, const char* side) {
  return absl::StrCat("printf ", side, " >> '", turns, "'; measured \"$(wc -c < '", turns, "')\"");
}

TEST_F(ProcessPairRunnerTest, RunsTwoOfEachSideInTurnOnAllCpus) {
  const std::string turns = (folder_ / "turns").string();
  ProcessPairOptions options = Options();
  options.base.path = Program("counting_base", CountingScript(turns, "b"));
  options.candidate.path = Program("counting_candidate", CountingScript(turns, "c"));
  options.mode = PairMode::kAlternating;
  options.cpu = 100'000;  // counts for nothing
  for (const bool base_first : {true, false}) {
    std::filesystem::remove(turns);
    const auto run = ProcessPairRunner(options).Run("BM_A", Comparison::kChange, base_first);
    ASSERT_TRUE(run.ok()) << run.status();
    std::ifstream in(turns);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), base_first ? "bccb" : "cbbc");
    // The first and the fourth, and the second and the third: geometric means.
    const double outer = std::sqrt(1'000.0 * 4'000);
    const double inner = std::sqrt(2'000.0 * 3'000);
    EXPECT_NEAR(CpuTime(run->base), base_first ? outer : inner, 1e-9);
    EXPECT_NEAR(CpuTime(run->candidate), base_first ? inner : outer, 1e-9);
    std::ifstream status("/proc/self/status");
    const std::string all(std::istreambuf_iterator<char>(status), {});
    EXPECT_THAT(all, HasSubstr(absl::StrCat("Cpus_allowed_list:\t", run->base.context.at("cpus"))));
  }
}

TEST_F(ProcessPairRunnerTest, NamesTheSideThatBrokeInItsTurn) {
  ProcessPairOptions options = Options();
  options.mode = PairMode::kAlternating;
  options.candidate.path = crashing_;
  for (const bool base_first : {true, false}) {
    EXPECT_THAT(
        ProcessPairRunner(options).Run("BM_A", Comparison::kChange, base_first).status().message(),
        HasSubstr(absl::StrCat("candidate (", crashing_, "): exit code 3")));
  }
}

TEST_F(ProcessPairRunnerTest, RunsBothSidesOnTheCpu) {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(static_cast<size_t>(cpu), &allowed)) continue;
    ProcessPairOptions options = Options();
    options.cpu = cpu;
    const auto run = ProcessPairRunner(options).Run("BM_A", Comparison::kChange, true);
    ASSERT_TRUE(run.ok()) << run.status();
    EXPECT_EQ(run->base.context.at("cpus"), absl::StrCat(cpu));
    EXPECT_EQ(run->candidate.context.at("cpus"), absl::StrCat(cpu));
  }
}

TEST_F(ProcessPairRunnerTest, RunsCopiesThatTheContextDoesNotShow) {
  const std::string log = (folder_ / "log").string();
  const std::string base =
      Program("logged_base", absl::StrCat("echo \"$0\" >> ", log, "; measured 1"));
  const std::string candidate =
      Program("logged_candidate", absl::StrCat("echo \"$0\" >> ", log, "; measured 2"));
  for (const bool base_first : {true, false}) {
    std::filesystem::remove(log);
    const auto copies = ProgramCopies::Create(folder_, {base, candidate}).value();
    ProcessPairOptions options = Options();
    options.base.path = base;
    options.candidate.path = candidate;
    options.copies = copies.get();
    const auto run = ProcessPairRunner(options).Run("BM_A", Comparison::kChange, base_first);
    ASSERT_TRUE(run.ok()) << run.status();
    EXPECT_EQ(CpuTime(run->base), 1'000);
    EXPECT_EQ(CpuTime(run->candidate), 2'000);
    EXPECT_EQ(run->base.context.at("executable"), base);
    EXPECT_EQ(run->candidate.context.at("executable"), candidate);
    std::ifstream lines(log);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      EXPECT_THAT(line, HasSubstr("/.paired-")) << "it is a copy";
    }
    EXPECT_EQ(count, 2);
  }
}

TEST_F(ProcessPairRunnerTest, CopiesTheFirstFirst) {
  const auto copies = ProgramCopies::Create(folder_, {base_}).value();
  for (const bool base_first : {true, false}) {
    ProcessPairOptions options = Options();
    options.copies = copies.get();
    options.base.path = base_first ? base_ + "1" : base_ + "2";
    options.candidate.path = base_first ? base_ + "2" : base_ + "1";
    const auto broken = ProcessPairRunner(options).Run("BM_A", Comparison::kChange, base_first);
    EXPECT_THAT(std::string(broken.status().message()), HasSubstr(base_ + "1: "));
  }
}

TEST_F(ProcessPairRunnerTest, TakesWhatIsWrittenWhateverIsPrinted) {
  ProcessPairOptions options = Options();
  options.base.path = Program("printing", "yes | head -c 3000000; echo '{' >&2; measured 1");
  const auto run = ProcessPairRunner(options).Run("BM_A", Comparison::kChange, true);
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(CpuTime(run->base), 1'000);
}

TEST_F(ProcessPairRunnerTest, TellsTheKindsOfProblemsApart) {
  ProcessPairOptions options = Options();
  const auto code = [&](const std::string& script) {
    options.candidate.path = Program("problem", script);
    return ProcessPairRunner(options).Run("BM_A", Comparison::kChange, true).status().code();
  };
  EXPECT_EQ(code("results ''"), absl::StatusCode::kNotFound);
  EXPECT_EQ(code("exit 1"), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(code("exit 0"), absl::StatusCode::kInvalidArgument);
  options.timeout = absl::Milliseconds(200);
  EXPECT_EQ(code("exec sleep 20"), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(ProcessPairRunnerTest, NamesTheSideThatBrokeAndNotTheOneThatWasStoppedWithIt) {
  for (const bool base_first : {true, false}) {
    ProcessPairOptions options = Options();
    options.base.path = crashing_;
    options.candidate.path = waiting_;
    EXPECT_EQ(
        ProcessPairRunner(options).Run("BM_A", Comparison::kChange, base_first).status().message(),
        absl::StrCat("base (", crashing_, "): exit code 3"));
    std::swap(options.base.path, options.candidate.path);
    EXPECT_EQ(
        ProcessPairRunner(options).Run("BM_A", Comparison::kChange, base_first).status().message(),
        absl::StrCat("candidate (", crashing_, "): exit code 3"));
  }
}

TEST_F(ProcessPairRunnerTest, NamesTheBaseAgainInAControl) {
  // One of the two fails: the one that finds that it is not the first.
  ProcessPairOptions options = Options();
  options.base.path = Program("failing_when_slowed", "[ -n \"$SLOW\" ] && exit 4; measured 1");
  EXPECT_EQ(
      ProcessPairRunner(options).Run("BM_A", Comparison::kSlowedControl, true).status().message(),
      absl::StrCat("base again (", options.base.path, "): exit code 4"));
}

TEST_F(ProcessPairRunnerTest, NamesTheSideWhoseOutputIsNoResult) {
  ProcessPairOptions options = Options();
  options.base.path = Program("chatty", "echo hello; echo why >&2");
  const absl::Status status =
      ProcessPairRunner(options).Run("BM_A", Comparison::kChange, true).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr(absl::StrCat("base (", options.base.path)));
  EXPECT_THAT(std::string(status.message()), EndsWith("; exit code 0; stderr: why"));
}

TEST_F(ProcessPairRunnerTest, FailsAPairThatTakesLongerThanTheTimeout) {
  ProcessPairOptions options = Options();
  options.base.path = waiting_;
  options.candidate.path = waiting_;
  options.timeout = absl::Milliseconds(200);
  EXPECT_EQ(ProcessPairRunner(options).Run("BM_A", Comparison::kChange, true).status().message(),
            absl::StrCat("base (", waiting_, "): timed out"));
}

TEST_F(ProcessPairRunnerTest, IsCancelledWhenItIsAskedToStop) {
  const tools::Pipe stop = tools::MakePipe();
  ASSERT_EQ(write(stop.write_end.get(), "x", 1), 1);
  ProcessPairOptions options = Options();
  options.base.path = waiting_;
  options.candidate.path = waiting_;
  options.stop_fd = stop.read_end.get();
  for (const Comparison comparison : kEveryComparison) {
    EXPECT_EQ(ProcessPairRunner(options).Run("BM_A", comparison, true).status().code(),
              absl::StatusCode::kCancelled);
  }
}

TEST(ProcessPairOptions, HaveTheDefaultsOfTheCommandLine) {
  const ProcessPairOptions options;
  EXPECT_EQ(options.cpu, 0);
  EXPECT_EQ(options.min_time_seconds, 0.02);
  EXPECT_EQ(options.timeout, absl::Seconds(60));
  EXPECT_EQ(options.stop_fd, -1);
  EXPECT_EQ(options.copies, nullptr);
  EXPECT_EQ(options.results, nullptr);
}

}  // namespace
}  // namespace slo::paired
