#include "tools/lib/process/child_process.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

namespace slo::tools {
namespace {

constexpr size_t kMaxErrorBytes = size_t{64} << 10U;
constexpr size_t kShownErrorLines = 5;

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
  bool Read(const RunLimits& limits) {
    ReadInto(out_, end_.out);
    ReadInto(err_, end_.err);
    KeepEnd(end_.err);
    if (limits.keeps_end_of_output) KeepEnd(end_.out);
    return end_.out.size() <= limits.most_output_bytes;
  }

  // Of a child whose process_fd is readable: takes its end, and ends its group.
  void Reap() {
    siginfo_t info = {};
    if (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT) != 0) return;
    kill(-pid_, SIGKILL);  // what it left behind; the group exists as long as it is not reaped
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    ReadInto(out_, end_.out);
    ReadInto(err_, end_.err);
    end_.how = WIFEXITED(status) ? ChildEnd::How::kExited : ChildEnd::How::kSignaled;
    end_.code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  }

  void Kill(ChildEnd::How why) {
    if (!is_running()) return;
    kill(-pid_, SIGKILL);
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
    ReadInto(out_, end_.out);
    ReadInto(err_, end_.err);
    end_.how = why;
  }

 private:
  void Start(const ChildCommand& command) {
    StartedChild started = StartChild(command);
    pid_ = started.pid;
    end_.code = started.error;
    process_ = std::move(started.process);
    out_ = std::move(started.out);
    err_ = std::move(started.err);
    failure_ = std::move(started.failure);
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
  static void KeepEnd(std::string& text) {
    if (text.size() > 2 * kMaxErrorBytes) text.erase(0, text.size() - kMaxErrorBytes);
  }

  // What is there, a MiB at most: a program may print faster than it is read.
  static void ReadInto(Fd& fd, std::string& text) {
    constexpr int kMaxReads = 16;
    std::array<char, 65'536> buffer;
    for (int reads = 0; reads < kMaxReads && fd.is_open(); ++reads) {
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
    if (!child->Read(limits)) {
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
        return "timed out";
      case How::kTooMuchOutput:
        return "more output than is read";
      case How::kInterrupted:
        return "stopped";
      case How::kNotStarted:
        break;
    }
    return absl::StrCat("cannot be started: ", std::generic_category().message(code));
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

}  // namespace slo::tools
