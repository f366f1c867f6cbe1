#include "tools/lib/process/spawn.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

ChildCommand ScriptCommand(const std::string& script) {
  return {.arguments = {"/bin/sh", "-c", script}, .environment = {}, .cpu = {}};
}

std::string ReadToTheEnd(const Fd& fd) {
  fcntl(fd.get(), F_SETFL, 0);
  std::string text;
  char byte = 0;
  while (read(fd.get(), &byte, 1) == 1) text.push_back(byte);
  return text;
}

// The wait status of a child that has been started.
int WaitFor(pid_t pid) {
  int status = -1;
  EXPECT_EQ(waitpid(pid, &status, 0), pid);
  return status;
}

// What a child prints that ends well.
std::string PrintedBy(const ChildCommand& command) {
  const StartedChild child = StartChild(command);
  std::string printed = ReadToTheEnd(child.out);
  EXPECT_EQ(WaitFor(child.pid), 0);
  return printed;
}

TEST(StartChild, ReadsBothOutputsApart) {
  const StartedChild child = StartChild(ScriptCommand("echo out; echo err >&2"));
  EXPECT_EQ(ReadToTheEnd(child.out), "out\n");
  EXPECT_EQ(ReadToTheEnd(child.err), "err\n");
  EXPECT_EQ(ReadToTheEnd(child.failure), "") << "it could be started";
  EXPECT_EQ(WaitFor(child.pid), 0);
}

TEST(StartChild, ReadsWithoutBlocking) {
  const StartedChild child = StartChild(ScriptCommand("exec sleep 20"));
  char byte = 0;
  for (const Fd* fd : {&child.out, &child.err}) {
    EXPECT_EQ(read(fd->get(), &byte, 1), -1);
    EXPECT_EQ(errno, EAGAIN);
  }
  kill(child.pid, SIGKILL);
  WaitFor(child.pid);
}

TEST(StartChild, SaysWhyAProgramCannotBeStarted) {
  const StartedChild child =
      StartChild({.arguments = {"/no/such/program"}, .environment = {}, .cpu = {}});
  int code = 0;
  EXPECT_EQ(read(child.failure.get(), &code, sizeof(code)), static_cast<ssize_t>(sizeof(code)));
  EXPECT_EQ(code, ENOENT);
  const int status = WaitFor(child.pid);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 127);
}

TEST(StartChild, SaysThatACpuIsNotThere) {
  ChildCommand command = ScriptCommand("echo started");
  command.cpu = CPU_SETSIZE - 1;
  const StartedChild child = StartChild(command);
  int code = 0;
  EXPECT_EQ(read(child.failure.get(), &code, sizeof(code)), static_cast<ssize_t>(sizeof(code)));
  EXPECT_EQ(code, EINVAL);
  EXPECT_EQ(ReadToTheEnd(child.out), "");
  WaitFor(child.pid);
}

TEST(StartChild, RunsWhereTheParentMayRunUnlessACpuIsNamed) {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
  const std::string printed = PrintedBy(ScriptCommand("nproc"));
  EXPECT_EQ(printed, std::to_string(CPU_COUNT(&allowed)) + "\n");
}

TEST(StartChild, RunsOnTheNamedCpuOnly) {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  ASSERT_EQ(sched_getaffinity(0, sizeof(allowed), &allowed), 0);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(static_cast<size_t>(cpu), &allowed)) continue;
    ChildCommand command = ScriptCommand("sed -n 's/^Cpus_allowed_list:.//p' /proc/self/status");
    command.cpu = cpu;
    EXPECT_EQ(PrintedBy(command), std::to_string(cpu) + "\n");
  }
}

TEST(StartChild, FindsAProgramByPath) {
  EXPECT_EQ(PrintedBy({.arguments = {"echo", "a b", "c"}, .environment = {}, .cpu = {}}),
            "a b c\n");
}

TEST(StartChild, LeadsAGroupOfItsOwn) {
  const StartedChild child = StartChild(ScriptCommand("exec sleep 20"));
  EXPECT_EQ(getpgid(child.pid), child.pid);
  EXPECT_NE(getpgid(0), child.pid);
  kill(child.pid, SIGKILL);
  WaitFor(child.pid);
}

TEST(StartChild, ReadsNothingAndInheritsNothing) {
  EXPECT_EQ(PrintedBy(ScriptCommand("cat; readlink /proc/self/fd/0")), "/dev/null\n");
  int inheritable = 0;  // from whoever started this process
  for (int fd = 3; fd < 1'024; ++fd) inheritable += fcntl(fd, F_GETFD) == 0 ? 1 : 0;
  // The three standard ones and the folder that is being listed.
  EXPECT_EQ(PrintedBy(ScriptCommand("ls /proc/self/fd | wc -l")),
            std::to_string(3 + 1 + inheritable) + "\n");
}

TEST(StartChild, BlocksNoSignal) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const std::string blocked =
      PrintedBy(ScriptCommand("exec sed -n 's/^SigBlk:.//p' /proc/self/status"));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  EXPECT_EQ(blocked, "0000000000000000\n");
}

TEST(StartChild, TakesBenchmarkVariablesOutAndReplacesWholeNames) {
  // NOLINTBEGIN(concurrency-mt-unsafe)
  setenv("BENCHMARK_FILTER", "x", 1);
  setenv("SLO_SPAWN", "own", 1);
  setenv("SLO_SPAWNED", "kept", 1);
  setenv("SLO_SPAW", "kept too", 1);
  ChildCommand command = ScriptCommand("env | grep -E '^(BENCHMARK_|SLO_SPAW)' | sort");
  command.environment = {"SLO_SPAWN=given", "BENCHMARK_GIVEN=stays"};
  const std::string printed = PrintedBy(command);
  for (const char* name : {"BENCHMARK_FILTER", "SLO_SPAWN", "SLO_SPAWNED", "SLO_SPAW"}) {
    unsetenv(name);
  }
  // NOLINTEND(concurrency-mt-unsafe)
  EXPECT_EQ(printed,
            "BENCHMARK_GIVEN=stays\nSLO_SPAW=kept too\nSLO_SPAWN=given\nSLO_SPAWNED=kept\n");
}

TEST(StartChild, StartsNothingWithoutItsThreePipes) {
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const int next = dup(STDERR_FILENO);
  close(next);
  for (rlim_t left = 0; left < 6; ++left) {
    const rlimit few = {.rlim_cur = static_cast<rlim_t>(next) + left, .rlim_max = before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
    const StartedChild child = StartChild(ScriptCommand("exit 0"));
    EXPECT_EQ(child.pid, -1) << left;
    EXPECT_EQ(child.error, EMFILE) << left;
  }
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  const int next_again = dup(STDERR_FILENO);
  close(next_again);
  EXPECT_EQ(next_again, next) << "none stays open";
}

TEST(StartChild, DiesWithItsParent) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  Pipe pids = MakePipe();
  const pid_t parent = fork();
  ASSERT_GE(parent, 0);
  if (parent == 0) {
    const StartedChild child = StartChild(ScriptCommand("echo started; sleep 20"));
    char byte = 0;
    fcntl(child.out.get(), F_SETFL, 0);
    const bool is_told = read(child.out.get(), &byte, 1) == 1 &&
                         write(pids.write_end.get(), &child.pid, sizeof(child.pid)) > 0;
    _exit(is_told ? 0 : 1);
  }
  ASSERT_EQ(WaitFor(parent), 0);
  pid_t child = -1;
  ASSERT_EQ(read(pids.read_end.get(), &child, sizeof(child)), static_cast<ssize_t>(sizeof(child)));
  const int status = WaitFor(child);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGKILL);
  // What the shell started is not its concern; here it must not be left to other tests.
  kill(-child, SIGKILL);
  while (waitpid(-1, nullptr, 0) > 0) {
  }
  prctl(PR_SET_CHILD_SUBREAPER, 0);
}

}  // namespace
}  // namespace slo::tools
