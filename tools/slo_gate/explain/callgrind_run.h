// Runs programs under callgrind and makes a call tree of what it writes.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_CALLGRIND_RUN_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_CALLGRIND_RUN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/slo_gate/explain/call_tree.h"

namespace slo::tools {

// The programs that count and name.
struct ProfileTools {
  std::string valgrind = "valgrind";  // without "/": found by PATH, here and below
  std::string addr2line = "addr2line";
  std::string env = "env";
  absl::Duration timeout = absl::Minutes(3);  // of all that is run together
};

// FailedPrecondition says which of the tools is not there, and what installs it.
absl::Status CheckTools(const ProfileTools& tools);

struct ProfiledCommand {
  std::vector<std::string> arguments;  // the program first
  // Functions, as globs: callgrind begins to collect on entry of one, and stops on its end; on
  // entry of another one within it, the other way round. Empty: it collects everything.
  std::vector<std::string> toggles;
  TreeRoot root;                       // of its call tree
  bool has_empty_environment = false;  // the program gets no variables but those set here
};

struct ProfiledRun {
  CallTree tree;
  std::string err;  // the end of what the program printed on stderr
};

// Runs the commands at the same time; a count does not depend on what else runs. The variants of
// memcpy and similar functions for single processor models are switched off, so that another
// processor counts the same. A program that fails, takes too long or writes a profile that cannot
// be read is FailedPrecondition.
absl::StatusOr<std::vector<ProfiledRun>> RunUnderCallgrind(
    const std::vector<ProfiledCommand>& commands, const ProfileTools& tools);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_CALLGRIND_RUN_H_
