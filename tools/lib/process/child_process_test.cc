#include "tools/lib/process/child_process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using How = ChildEnd::How;
using ::testing::HasSubstr;

ChildCommand Shell(const std::string& script) {
  return {.arguments = {"/bin/sh", "-c", script}, .environment = {}, .cpu = {}};
}

ChildEnd RunOne(const ChildCommand& command, const RunLimits& limits = {}) {
  return RunTogether({command}, limits)[0];
}

// No child is left, running or dead.
void ExpectNoChildren() {
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

// A process is gone, or dead and waiting for somebody else.
bool IsGone(const std::string& pid) {
  std::ifstream stat("/proc/" + pid + "/stat");
  std::string line;
  return !std::getline(stat, line) || line.find(") Z ") != std::string::npos;
}

TEST(RunTogether, TakesWhatAChildPrintsAndHowItEnds) {
  const ChildEnd end = RunOne(Shell("echo out; echo err >&2; exit 3"));
  EXPECT_EQ(end.how, How::kExited);
  EXPECT_EQ(end.code, 3);
  EXPECT_EQ(end.out, "out\n");
  EXPECT_EQ(end.Describe(), "exit code 3; stderr: err");
  EXPECT_TRUE(RunOne(Shell("exit 0")).succeeded());
  ExpectNoChildren();
}

TEST(RunTogether, NamesSignals) {
  const ChildEnd end = RunOne(Shell("kill -SEGV $$"));
  EXPECT_EQ(end.how, How::kSignaled);
  EXPECT_EQ(end.Describe(), "SIGSEGV");
}

TEST(RunTogether, SaysWhatCannotBeStarted) {
  const ChildEnd end = RunOne({.arguments = {"/no/such/program"}, .environment = {}, .cpu = {}});
  EXPECT_EQ(end.how, How::kNotStarted);
  EXPECT_THAT(end.Describe(), HasSubstr("cannot be started: No such file or directory"));
  ExpectNoChildren();
}

TEST(RunTogether, EndsWhatIgnoresTheTimeoutWithAllThatItStarted) {
  const ChildEnd end =
      RunOne(Shell("trap '' TERM INT; sleep 300 & echo $!; while :; do sleep 100; done"),
             {.timeout = absl::Milliseconds(300)});
  EXPECT_EQ(end.how, How::kTimedOut);
  ExpectNoChildren();
  const std::string grandchild = end.out.substr(0, end.out.find('\n'));
  ASSERT_FALSE(grandchild.empty());
  while (!IsGone(grandchild)) absl::SleepFor(absl::Milliseconds(1));
}

TEST(RunTogether, EndsWhatAChildLeavesBehind) {
  const ChildEnd end = RunOne(Shell("sleep 300 & echo $!"));
  EXPECT_TRUE(end.succeeded());
  const std::string grandchild = end.out.substr(0, end.out.find('\n'));
  while (!IsGone(grandchild)) absl::SleepFor(absl::Milliseconds(1));
}

TEST(RunTogether, ReadsMuchOutputAndRefusesTooMuch) {
  EXPECT_EQ(RunOne(Shell("head -c 3000000 /dev/zero")).out.size(), 3'000'000U);
  const ChildEnd end =
      RunOne(Shell("head -c 3000000 /dev/zero; sleep 300"), {.most_output_bytes = 1'000'000});
  EXPECT_EQ(end.how, How::kTooMuchOutput);
  ExpectNoChildren();
}

TEST(RunTogether, KeepsTheLastLinesOfStderr) {
  const ChildEnd end =
      RunOne(Shell("i=0; while [ $i -lt 20000 ]; do echo line $i >&2; i=$((i+1)); done; exit 1"));
  EXPECT_LE(end.err.size(), size_t{192} << 10U);
  EXPECT_EQ(end.Describe(),
            "exit code 1; stderr: line 19995 / line 19996 / line 19997 / line 19998 / line 19999");
}

TEST(RunTogether, PinsAndSetsTheEnvironment) {
  setenv("BENCHMARK_FILTER", "x", 1);  // NOLINT(concurrency-mt-unsafe)
  setenv("SLO_TEST", "own", 1);        // NOLINT(concurrency-mt-unsafe)
  ChildCommand command =
      Shell("grep Cpus_allowed_list /proc/self/status; echo $SLO_TEST; echo [$BENCHMARK_FILTER]");
  command.environment = {"SLO_TEST=given"};
  command.cpu = 0;
  const ChildEnd end = RunOne(command);
  unsetenv("BENCHMARK_FILTER");  // NOLINT(concurrency-mt-unsafe)
  EXPECT_EQ(end.out, "Cpus_allowed_list:\t0\ngiven\n[]\n");
}

TEST(RunTogether, RunsAtTheSameTime) {
  // Each waits for the other through a pipe in the file system: one after the other they would
  // hang.
  const std::string fifo = ::testing::TempDir() + "/together." + std::to_string(getpid());
  ASSERT_TRUE(RunOne(Shell("mkfifo " + fifo)).succeeded());
  const auto ends = RunTogether({Shell("echo hello > " + fifo), Shell("cat " + fifo)}, {});
  EXPECT_TRUE(ends[0].succeeded());
  EXPECT_EQ(ends[1].out, "hello\n");
  unlink(fifo.c_str());
}

TEST(RunTogether, EndsTheOtherWhenOneFails) {
  const auto ends = RunTogether({Shell("sleep 300"), Shell("exit 1")}, {});
  EXPECT_EQ(ends[0].how, How::kInterrupted);
  EXPECT_EQ(ends[1].how, How::kExited);
  ExpectNoChildren();
}

TEST(RunTogether, StopsWhenItIsAskedTo) {
  int pipe_ends[2];
  ASSERT_EQ(pipe(pipe_ends), 0);
  ASSERT_EQ(write(pipe_ends[1], "x", 1), 1);
  EXPECT_EQ(RunOne(Shell("sleep 300"), {.stop_fd = pipe_ends[0]}).how, How::kInterrupted);
  close(pipe_ends[0]);
  close(pipe_ends[1]);
  ExpectNoChildren();
}

TEST(RunTogether, RunsNothingForNoCommands) { EXPECT_TRUE(RunTogether({}, {}).empty()); }

TEST(RunTogether, GivesTheEndsInTheOrderOfTheCommands) {
  const auto ends =
      RunTogether({Shell("sleep 0.05; echo 1"), Shell("echo 2"), Shell("echo 3")}, {});
  ASSERT_EQ(ends.size(), 3U);
  EXPECT_EQ(ends[0].out, "1\n");
  EXPECT_EQ(ends[1].out, "2\n");
  EXPECT_EQ(ends[2].out, "3\n");
}

TEST(RunTogether, TakesTheNumberOfTheSignal) {
  for (const int signal : {SIGTERM, SIGKILL}) {
    const ChildEnd end = RunOne(Shell("kill -" + std::to_string(signal) + " $$"));
    EXPECT_EQ(end.how, How::kSignaled);
    EXPECT_EQ(end.code, signal);
    EXPECT_FALSE(end.succeeded());
  }
}

TEST(RunTogether, TakesTheErrorOfWhatCannotBeStarted) {
  const ChildEnd missing =
      RunOne({.arguments = {"/no/such/program"}, .environment = {}, .cpu = {}});
  EXPECT_EQ(missing.code, ENOENT);
  const ChildEnd forbidden = RunOne({.arguments = {"/dev/null"}, .environment = {}, .cpu = {}});
  EXPECT_EQ(forbidden.how, How::kNotStarted);
  EXPECT_EQ(forbidden.code, EACCES);
}

TEST(RunTogether, StopsTheOthersWhenOneCannotBeStarted) {
  const ChildCommand missing = {.arguments = {"/no/such/program"}, .environment = {}, .cpu = {}};
  for (const bool is_first : {true, false}) {
    const auto ends = is_first ? RunTogether({missing, Shell("exec sleep 20")}, {})
                               : RunTogether({Shell("exec sleep 20"), missing}, {});
    EXPECT_EQ(ends[is_first ? 0 : 1].how, How::kNotStarted);
    EXPECT_EQ(ends[is_first ? 1 : 0].how, How::kInterrupted);
    ExpectNoChildren();
  }
}

TEST(RunTogether, ReadsExactlyAsMuchAsIsAllowed) {
  EXPECT_EQ(RunOne(Shell("printf 12345"), {.most_output_bytes = 5}).how, How::kExited);
  EXPECT_EQ(RunOne(Shell("printf 123456"), {.most_output_bytes = 5}).how, How::kTooMuchOutput);
}

TEST(RunTogether, LimitsStdoutOnly) {
  const ChildEnd end =
      RunOne(Shell("head -c 300 /dev/zero >&2; printf 12345"), {.most_output_bytes = 5});
  EXPECT_EQ(end.how, How::kExited);
  EXPECT_EQ(end.err.size(), 300U);
}

TEST(RunTogether, KeepsAllOfStderrUntilItIsLong) {
  EXPECT_EQ(RunOne(Shell("head -c 131072 /dev/zero >&2")).err.size(), 131'072U);
}

TEST(RunTogether, KeepsTheLastPartOfALongStderr) {
  // More than a pipe holds at each step, so that there are several rounds of reading.
  const ChildEnd end = RunOne(Shell("head -c 3000000 /dev/zero >&2; printf the_end >&2"));
  EXPECT_GE(end.err.size(), size_t{64} << 10U);
  EXPECT_LE(end.err.size(), size_t{192} << 10U);
  EXPECT_EQ(end.err.substr(end.err.size() - 7), "the_end");
}

TEST(RunTogether, KeepsWhatWasPrintedBeforeItIsKilled) {
  const Pipe stop = MakePipe();
  const ChildEnd end = RunOne(Shell("echo before; echo x > /proc/$PPID/fd/" +
                                    std::to_string(stop.write_end.get()) + "; exec sleep 20"),
                              {.stop_fd = stop.read_end.get()});
  EXPECT_EQ(end.how, How::kInterrupted);
  EXPECT_EQ(end.out, "before\n");
}

TEST(RunTogether, ReadsWhatIsLeftAfterTheEnd) {
  // The output is still open when the leader ends; what is in the pipe by then is read.
  const ChildEnd end = RunOne(Shell("sleep 20 & printf all"));
  EXPECT_TRUE(end.succeeded());
  EXPECT_EQ(end.out, "all");
}

TEST(RunTogether, GoesOnWhenTheOutputIsClosed) {
  const ChildEnd end = RunOne(Shell("exec >&- 2>&-; sleep 0.05; exit 6"));
  EXPECT_EQ(end.how, How::kExited);
  EXPECT_EQ(end.code, 6);
}

TEST(RunTogether, RunsToTheEndWhileNobodyAsksItToStop) {
  const Pipe stop = MakePipe();
  EXPECT_TRUE(RunOne(Shell("sleep 0.05"), {.stop_fd = stop.read_end.get()}).succeeded());
}

TEST(RunTogether, HasNoTimeWhenTheTimeoutIsOver) {
  EXPECT_EQ(RunOne(Shell("exec sleep 20"), {.timeout = -absl::Seconds(1)}).how, How::kTimedOut);
}

TEST(RunTogether, LeavesNoDescriptorOpen) {
  const int next = dup(STDERR_FILENO);
  close(next);
  RunTogether({Shell("exit 0"), Shell("exit 1")}, {});
  RunOne({.arguments = {"/no/such/program"}, .environment = {}, .cpu = {}});
  const int next_again = dup(STDERR_FILENO);
  close(next_again);
  EXPECT_EQ(next_again, next);
}

TEST(ChildEnd, SucceedsByExitCodeZeroOnly) {
  for (const How how : {How::kExited, How::kSignaled, How::kTimedOut, How::kTooMuchOutput,
                        How::kNotStarted, How::kInterrupted}) {
    for (const int code : {0, 1, -1}) {
      EXPECT_EQ((ChildEnd{.how = how, .code = code, .out = {}, .err = {}}.succeeded()),
                how == How::kExited && code == 0);
    }
  }
}

TEST(ChildEnd, IsDescribedByHowItCame) {
  const auto describe = [](How how, int code, const std::string& err = "") {
    return ChildEnd{.how = how, .code = code, .out = "not shown", .err = err}.Describe();
  };
  EXPECT_EQ(describe(How::kExited, 0), "exit code 0");
  EXPECT_EQ(describe(How::kSignaled, SIGKILL), "SIGKILL");
  EXPECT_EQ(describe(How::kSignaled, 99), "signal 99");
  EXPECT_EQ(describe(How::kTimedOut, 7), "timed out");
  EXPECT_EQ(describe(How::kTooMuchOutput, 7), "more output than is read");
  EXPECT_EQ(describe(How::kInterrupted, 7), "stopped");
  EXPECT_EQ(describe(How::kNotStarted, EACCES), "cannot be started: Permission denied");
  EXPECT_EQ(describe(How::kExited, 1, " \n\n"), "exit code 1");
  EXPECT_EQ(describe(How::kExited, 1, "1\n2\n3\n4\n5\n"), "exit code 1; stderr: 1 / 2 / 3 / 4 / 5");
  EXPECT_EQ(describe(How::kExited, 1, "1\n2\n3\n\n4\n5\n6\n"),
            "exit code 1; stderr: 2 / 3 / 4 / 5 / 6");
}

TEST(ChildEnd, HasNotStartedUntilItHas) {
  const ChildEnd none;
  EXPECT_EQ(none.how, How::kNotStarted);
  EXPECT_EQ(none.code, 0);
}

TEST(RunLimits, AreAMinuteAnd64MiBUnlessSaid) {
  const RunLimits limits;
  EXPECT_EQ(limits.timeout, absl::Minutes(1));
  EXPECT_EQ(limits.most_output_bytes, 67'108'864U);
  EXPECT_EQ(limits.stop_fd, -1);
}

TEST(RunTogether, TakesNoErrorOfBeforeForItsOwn) {
  for (const int before : {EINTR, EAGAIN, 0}) {
    errno = before;
    EXPECT_TRUE(RunOne(Shell("exit 0")).succeeded()) << before;
  }
}

TEST(RunTogether, KeepsTheEndOfOutputThatDoesNotMatter) {
  const ChildEnd end = RunOne(Shell("yes | head -c 3000000; echo end"),
                              {.most_output_bytes = 1'000'000, .keeps_end_of_output = true});
  EXPECT_TRUE(end.succeeded());
  EXPECT_LE(end.out.size(), 4'000'000U);
  EXPECT_EQ(end.out.substr(end.out.size() - 4), "end\n");
  EXPECT_EQ(
      RunOne(Shell("yes"), {.timeout = absl::Milliseconds(300), .keeps_end_of_output = true}).how,
      How::kTimedOut);
  ExpectNoChildren();
}

}  // namespace
}  // namespace slo::tools
