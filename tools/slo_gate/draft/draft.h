// A first thresholds file from measured results.

#ifndef SLO_TOOLS_SLO_GATE_DRAFT_DRAFT_H_
#define SLO_TOOLS_SLO_GATE_DRAFT_DRAFT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/draft/draft_groups.h"

namespace slo::tools {

struct DraftOptions {
  std::vector<std::string> metrics;           // empty: real_time and cpu_time
  std::vector<std::string> larger_is_better;  // metrics, too: with a minimum
  double headroom = 3;  // at least 1: how far limits are from what was measured
  DraftBy by = DraftBy::kName;
  std::string date;  // on which it is drafted
};

struct Draft {
  std::string text;                // a thresholds file
  std::vector<std::string> notes;  // what is left out, and why, a sentence each
};

// An objective for each group of benchmarks and each metric that passes on these results: the
// worst value, or the confidence bound that the rows publish, `headroom` times away, in two
// significant digits. Rates and success_ratio have a minimum. The median of names that have
// kMinSampleRows rows or processes each; where a check then still has no confidence, the file says
// "points". InvalidArgument: a metric that no row has, with the nearest and all there are.
// FailedPrecondition: no objective can pass, with the notes.
absl::StatusOr<Draft> DraftThresholds(const std::vector<Report>& reports,
                                      const DraftOptions& options);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_DRAFT_DRAFT_H_
