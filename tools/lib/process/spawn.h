// From a command to a running child: what lies between fork and exec.

#ifndef SLO_TOOLS_LIB_PROCESS_SPAWN_H_
#define SLO_TOOLS_LIB_PROCESS_SPAWN_H_

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "tools/lib/process/descriptor.h"

namespace slo::tools {

struct ChildCommand {
  std::vector<std::string> arguments;  // the program first, found by PATH when it has no "/"
  // "NAME=VALUE" entries on top of the own environment, from which BENCHMARK_* is taken out:
  // Google Benchmark reads flags from there.
  std::vector<std::string> environment;
  std::optional<int> cpu;  // the only one that it may run on
};

// A child in a process group of its own that is killed when this process dies, with nothing to read
// on its stdin.
struct StartedChild {
  pid_t pid = -1;  // -1: there is none
  int error = 0;   // why
  Fd process;      // readable once it has ended
  Fd out;          // what it prints; these two do not block
  Fd err;
  Fd failure;  // the errno when the program could not be started, else its end
};

StartedChild StartChild(const ChildCommand& command);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_PROCESS_SPAWN_H_
