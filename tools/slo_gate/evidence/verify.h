// Judges the evidence of a verdict again.

#ifndef SLO_TOOLS_SLO_GATE_EVIDENCE_VERIFY_H_
#define SLO_TOOLS_SLO_GATE_EVIDENCE_VERIFY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace slo::tools {

// What is found when a verdict's JSON (RenderJson) is recomputed from the results and objectives
// that it contains.
struct Verification {
  std::string overall_status;  // as recomputed
  int checks = 0;
  // Every place in which the evidence says something else than follows from its own content: the
  // path, what follows, what it says. Empty: the verdict is confirmed.
  std::vector<std::string> differences;
};

// InvalidArgument lists every problem of what is not such evidence at all. The time, the gate's
// version and whether insufficient samples were allowed are taken as they stand.
absl::StatusOr<Verification> VerifyEvidence(absl::string_view file, absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EVIDENCE_VERIFY_H_
