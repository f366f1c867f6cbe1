#include "tools/paired_bench/process/child_process.h"

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

namespace slo::paired {
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

}  // namespace
}  // namespace slo::paired
