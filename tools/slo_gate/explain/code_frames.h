// Which functions an instruction belongs to: the one that it was written in, and those that this
// one was inlined into. What addr2line (binutils) says of a program's debug information.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_CODE_FRAMES_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_CODE_FRAMES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace slo::tools {

struct CodeFrame {
  std::string function;  // demangled
  std::string file;
  int line = 0;  // of the instruction, or of the call of the frame before
};

// The innermost frame first. An address without debug information is absent.
using CodeFrames = absl::flat_hash_map<uint64_t, std::vector<CodeFrame>>;

// Of the output of addr2line --addresses --functions --inlines --demangle. InvalidArgument names
// the line that is not of this form.
absl::StatusOr<CodeFrames> ParseCodeFrames(absl::string_view text);

// A function's name without what a compiler adds for its copies: "f(int) [clone .part.0]".
absl::string_view WithoutClone(absl::string_view name);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_CODE_FRAMES_H_
