// Runs other programs: pinned to a core, at the same time, bounded in time and output, and never
// left behind.

#ifndef SLO_TOOLS_LIB_PROCESS_CHILD_PROCESS_H_
#define SLO_TOOLS_LIB_PROCESS_CHILD_PROCESS_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tools/lib/process/spawn.h"

namespace slo::tools {

struct ChildEnd {
  enum class How { kExited, kSignaled, kTimedOut, kTooMuchOutput, kNotStarted, kInterrupted };
  How how = How::kNotStarted;
  int code = 0;     // exit code, signal number or errno
  std::string out;  // its last 64 KiB where `keeps_end_of_output`
  std::string err;  // its last 64 KiB

  bool succeeded() const { return how == How::kExited && code == 0; }

  // "exit code 3", "SIGSEGV", "timed out", with the last lines of stderr where there are
  // any.
  std::string Describe() const;
};

struct RunLimits {
  absl::Duration timeout = absl::Seconds(60);  // of all together, from their start
  size_t most_output_bytes = size_t{64} << 20U;
  bool keeps_end_of_output = false;  // what is printed on stdout does not matter, however much
  int stop_fd = -1;  // when it becomes readable, everything is killed; -1: nothing does that
};

// Starts the commands one right after the other and waits until all have ended. Each has a process
// group of its own, which is killed when its leader ends, when another command fails, and when the
// own process dies. Not thread-safe with other code that waits for children.
std::vector<ChildEnd> RunTogether(const std::vector<ChildCommand>& commands,
                                  const RunLimits& limits);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_PROCESS_CHILD_PROCESS_H_
