// What callgrind writes: the instructions of each function, at each of its addresses, and its
// calls. https://valgrind.org/docs/manual/cl-format.html describes the format.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_CALLGRIND_FILE_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_CALLGRIND_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace slo::tools {

struct CallgrindCost {
  uint64_t address = 0;  // within the object; a line where the file has no addresses
  int64_t instructions = 0;
};

struct CallgrindCall {
  uint64_t address = 0;
  size_t callee = 0;  // of CallgrindProfile::functions
  int64_t calls = 0;
  int64_t instructions = 0;  // of the callee and of all that it called
};

// A function as it was called by one chain of callers, where callgrind separates callers.
struct CallgrindFunction {
  // Its name; with callers separated, behind it those of its callers, each headed by "'".
  std::string name;
  std::string object;  // the program or library; empty: not stated
  std::vector<CallgrindCost> costs;
  std::vector<CallgrindCall> calls;
};

struct CallgrindProfile {
  bool has_addresses = false;
  int64_t instructions = 0;  // in all, as the file states
  std::vector<CallgrindFunction> functions;
};

// InvalidArgument names the line: not of this format, a name that was never defined, a number that
// is none or overflows, costs that do not add up to the total that the file states. Events other
// than Ir are ignored.
absl::StatusOr<CallgrindProfile> ParseCallgrind(absl::string_view file, absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_CALLGRIND_FILE_H_
