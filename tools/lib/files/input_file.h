// Reads a whole input of the gate.

#ifndef SLO_TOOLS_LIB_FILES_INPUT_FILE_H_
#define SLO_TOOLS_LIB_FILES_INPUT_FILE_H_

#include <iosfwd>
#include <string>

#include "absl/status/statusor.h"

namespace slo::tools {

// The content of the file, or of `in` for "-". NotFound when it cannot be read. Stops a little
// behind kMaxJsonBytes, which is refused later: an input may have no end.
absl::StatusOr<std::string> ReadInput(const std::string& file, std::istream& in);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_FILES_INPUT_FILE_H_
