#include "tools/paired_bench/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

extern char** environ;

namespace slo::paired {
namespace {

constexpr size_t kMostErrorBytes = size_t{64} << 10U;
constexpr size_t kShownErrorLines = 5;

// A file descriptor that closes itself.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd() { Close(); }

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

struct Pipe {
  Fd read_end;
  Fd write_end;
};

Pipe MakePipe() {
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  return {Fd(ends[0]), Fd(ends[1])};
}

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
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(plan.out, STDOUT_FILENO) < 0 ||
      dup2(plan.err, STDERR_FILENO) < 0) {
    fail();
  }
  execvpe(plan.arguments[0], plan.arguments, plan.environment);
  fail();
  _exit(127);
}

// A started child until it is reaped.
class Child {
 public:
  explicit Child(const ChildCommand& command) { Start(command); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { Kill(ChildEnd::How::kInterrupted); }

  bool is_running() const { return pid_ > 0; }
  int process_fd() const { return process_.get(); }
  int out_fd() const { return out_.get(); }
  int err_fd() const { return err_.get(); }
  const ChildEnd& end() const { return end_; }

  // Reads what is there; false when it was more than allowed.
  bool Read(size_t most_output_bytes) {
    ReadInto(out_, end_.out);
    ReadInto(err_, end_.err);
    if (end_.err.size() > 2 * kMostErrorBytes) {
      end_.err.erase(0, end_.err.size() - kMostErrorBytes);
    }
    return end_.out.size() <= most_output_bytes;
  }

  // Of a child whose process_fd is readable: takes its end, and ends its group.
  void Reap() {
    siginfo_t info = {};
    if (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT) != 0) return;
    kill(-pid_, SIGKILL);  // what it left behind; the group exists as long as it is not reaped
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    Read(SIZE_MAX);
    end_.how = WIFEXITED(status) ? ChildEnd::How::kExited : ChildEnd::How::kSignaled;
    end_.code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  }

  void Kill(ChildEnd::How why) {
    if (!is_running()) return;
    kill(-pid_, SIGKILL);
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
    Read(SIZE_MAX);
    end_.how = why;
  }

 private:
  void Start(const ChildCommand& command) {
    std::vector<std::string> arguments = command.arguments;
    std::vector<std::string> environment = EnvironmentOf(command);
    const std::vector<char*> argument_pointers = Pointers(arguments);
    const std::vector<char*> environment_pointers = Pointers(environment);
    Pipe out = MakePipe();
    Pipe err = MakePipe();
    Pipe failure = MakePipe();
    end_.code = errno;
    if (!out.read_end.is_open() || !err.read_end.is_open() || !failure.read_end.is_open()) return;
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
    const pid_t pid = fork();
    if (pid == 0) ExecInChild(plan);
    end_.code = errno;
    if (pid < 0) return;
    setpgid(pid, pid);  // whoever of the two is first
    out.write_end.Close();
    err.write_end.Close();
    failure.write_end.Close();
    pid_ = pid;
    // glibc 2.36 declares pidfd_open without C linkage.
    process_ = Fd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
    out_ = std::move(out.read_end);
    err_ = std::move(err.read_end);
    failure_ = std::move(failure.read_end);
    for (const Fd* fd : {&out_, &err_}) fcntl(fd->get(), F_SETFL, O_NONBLOCK);
  }

 public:
  // Whether the program could be started; waits until it was, or was not.
  bool AwaitStart() {
    if (!is_running()) return false;
    int code = 0;
    ssize_t size = 0;
    do {
      size = read(failure_.get(), &code, sizeof(code));
    } while (size < 0 && errno == EINTR);
    failure_.Close();
    if (size <= 0) return true;
    Kill(ChildEnd::How::kNotStarted);
    end_.code = code;
    return false;
  }

 private:
  static void ReadInto(Fd& fd, std::string& text) {
    std::array<char, 65'536> buffer;
    while (fd.is_open()) {
      const ssize_t size = read(fd.get(), buffer.data(), buffer.size());
      if (size > 0) {
        text.append(buffer.data(), static_cast<size_t>(size));
      } else if (size == 0) {
        fd.Close();
      } else if (errno != EINTR) {
        return;
      }
    }
  }

  pid_t pid_ = -1;
  Fd process_;
  Fd out_;
  Fd err_;
  Fd failure_;
  ChildEnd end_;
};

using Children = std::vector<std::unique_ptr<Child>>;

bool AnyRuns(const Children& children) {
  return std::any_of(children.begin(), children.end(),
                     [](const auto& child) { return child->is_running(); });
}

void KillAll(ChildEnd::How why, Children& children) {
  for (const auto& child : children) child->Kill(why);
}

// Waits until something happens or `deadline`; false when it is reached. Sets `stopped` when
// `stop_fd` is readable.
bool Await(const Children& children, absl::Time deadline, int stop_fd, bool& stopped) {
  std::vector<pollfd> fds = {{.fd = stop_fd, .events = POLLIN, .revents = 0}};
  for (const auto& child : children) {
    if (!child->is_running()) continue;
    for (const int fd : {child->process_fd(), child->out_fd(), child->err_fd()}) {
      fds.push_back({.fd = fd, .events = POLLIN, .revents = 0});
    }
  }
  const int64_t left_ms = absl::ToInt64Milliseconds(deadline - absl::Now()) + 1;
  if (left_ms <= 0) return false;
  const int wait_ms = static_cast<int>(std::min<int64_t>(left_ms, 60'000));
  poll(fds.data(), fds.size(), wait_ms);
  stopped = fds[0].revents != 0;
  return true;
}

bool HasEnded(const Child& child) {
  pollfd fd = {.fd = child.process_fd(), .events = POLLIN, .revents = 0};
  return poll(&fd, 1, 0) > 0;
}

// Takes what the children printed and the ends of those that ended.
void Serve(const RunLimits& limits, Children& children) {
  for (const auto& child : children) {
    if (!child->is_running()) continue;
    const bool has_ended = HasEnded(*child);
    if (!child->Read(limits.most_output_bytes)) {
      child->Kill(ChildEnd::How::kTooMuchOutput);
    } else if (has_ended) {
      child->Reap();
    }
    if (!child->is_running() && !child->end().succeeded()) {
      KillAll(ChildEnd::How::kInterrupted, children);  // the pair is lost anyway
      return;
    }
  }
}

// What is left of stderr, as a clause.
std::string LastLines(const std::string& err) {
  std::vector<absl::string_view> lines = absl::StrSplit(err, '\n', absl::SkipWhitespace());
  if (lines.empty()) return "";
  if (lines.size() > kShownErrorLines) {
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(kShownErrorLines));
  }
  return absl::StrCat("; stderr: ", absl::StrJoin(lines, " / "));
}

}  // namespace

std::string ChildEnd::Describe() const {
  const auto end = [&]() -> std::string {
    switch (how) {
      case How::kExited:
        return absl::StrCat("exit code ", code);
      case How::kSignaled: {
        const char* name = sigabbrev_np(code);
        return name != nullptr ? absl::StrCat("SIG", name) : absl::StrCat("signal ", code);
      }
      case How::kTimedOut:
        return "no end within the timeout";
      case How::kTooMuchOutput:
        return "more output than is read";
      case How::kInterrupted:
        return "stopped";
      case How::kNotStarted:
        break;
    }
    return absl::StrCat("cannot be started: ", std::strerror(code));
  };
  return absl::StrCat(end(), LastLines(err));
}

std::vector<ChildEnd> RunTogether(const std::vector<ChildCommand>& commands,
                                  const RunLimits& limits) {
  const absl::Time deadline = absl::Now() + limits.timeout;
  Children children;
  for (const ChildCommand& command : commands) {
    children.push_back(std::make_unique<Child>(command));
  }
  const bool all_started = std::all_of(children.begin(), children.end(),
                                       [](const auto& child) { return child->AwaitStart(); });
  if (!all_started) KillAll(ChildEnd::How::kInterrupted, children);
  bool stopped = false;
  while (AnyRuns(children)) {
    if (!Await(children, deadline, limits.stop_fd, stopped)) {
      KillAll(ChildEnd::How::kTimedOut, children);
    } else if (stopped) {
      KillAll(ChildEnd::How::kInterrupted, children);
    } else {
      Serve(limits, children);
    }
  }
  std::vector<ChildEnd> ends;
  for (const auto& child : children) ends.push_back(child->end());
  return ends;
}

}  // namespace slo::paired
