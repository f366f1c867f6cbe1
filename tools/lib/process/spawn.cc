#include "tools/lib/process/spawn.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace slo::tools {
namespace {

std::vector<std::string> EnvironmentOf(const ChildCommand& command) {
  std::vector<std::string> variables = command.environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const absl::string_view variable(*entry);
    if (absl::StartsWith(variable, "BENCHMARK_")) continue;
    const absl::string_view name = variable.substr(0, variable.find('='));
    const bool is_replaced = std::any_of(
        command.environment.begin(), command.environment.end(),
        [&](const std::string& own) { return absl::StartsWith(own, absl::StrCat(name, "=")); });
    if (!is_replaced) variables.emplace_back(variable);
  }
  return variables;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// What the child needs between fork and exec, where nothing may be allocated.
struct ExecPlan {
  char* const* arguments;
  char* const* environment;
  int out;
  int err;
  int failure;  // takes the errno of what did not work
  pid_t parent;
  const cpu_set_t* cpus;  // null: wherever the parent may run
};

[[noreturn]] void ExecInChild(const ExecPlan& plan) {
  const auto fail = [&] {
    const int code = errno;
    [[maybe_unused]] const ssize_t written = write(plan.failure, &code, sizeof(code));
    _exit(127);
  };
  setpgid(0, 0);
  // The parent may have died before the request was made.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != plan.parent) fail();
  if (plan.cpus != nullptr && sched_setaffinity(0, sizeof(cpu_set_t), plan.cpus) != 0) fail();
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, nullptr);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(plan.out, STDOUT_FILENO) < 0 ||
      dup2(plan.err, STDERR_FILENO) < 0) {
    fail();
  }
  execvpe(plan.arguments[0], plan.arguments, plan.environment);
  fail();
  _exit(127);
}

}  // namespace

StartedChild StartChild(const ChildCommand& command) {
  std::vector<std::string> arguments = command.arguments;
  std::vector<std::string> environment = EnvironmentOf(command);
  const std::vector<char*> argument_pointers = Pointers(arguments);
  const std::vector<char*> environment_pointers = Pointers(environment);
  Pipe out = MakePipe();
  Pipe err = MakePipe();
  Pipe failure = MakePipe();
  StartedChild child;
  child.error = errno;
  if (!out.read_end.is_open() || !err.read_end.is_open() || !failure.read_end.is_open()) {
    return child;
  }
  cpu_set_t cpus;
  CPU_ZERO(&cpus);
  if (command.cpu.has_value()) CPU_SET(static_cast<size_t>(*command.cpu), &cpus);
  const ExecPlan plan = {.arguments = argument_pointers.data(),
                         .environment = environment_pointers.data(),
                         .out = out.write_end.get(),
                         .err = err.write_end.get(),
                         .failure = failure.write_end.get(),
                         .parent = getpid(),
                         .cpus = command.cpu.has_value() ? &cpus : nullptr};
  child.pid = fork();
  if (child.pid == 0) ExecInChild(plan);
  child.error = errno;
  if (child.pid < 0) return child;
  setpgid(child.pid, child.pid);  // whoever of the two is first
  // glibc 2.36 declares pidfd_open without C linkage.
  child.process = Fd(static_cast<int>(syscall(SYS_pidfd_open, child.pid, 0)));
  child.out = std::move(out.read_end);
  child.err = std::move(err.read_end);
  child.failure = std::move(failure.read_end);
  for (const Fd* fd : {&child.out, &child.err}) fcntl(fd->get(), F_SETFL, O_NONBLOCK);
  return child;
}

}  // namespace slo::tools
