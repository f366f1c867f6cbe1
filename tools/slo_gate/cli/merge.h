// Several results files of one build and machine as one.

#ifndef SLO_TOOLS_SLO_GATE_CLI_MERGE_H_
#define SLO_TOOLS_SLO_GATE_CLI_MERGE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace slo::tools {

// `files`: names and texts of results, at least one, each of one process. The text of a results
// file with the rows of all, in order, each with the counter `process`: the number of its file,
// from 0. The context is the first one's. InvalidArgument lists every problem: a file that is no
// results file, contexts that disagree where shards must agree.
absl::StatusOr<std::string> MergeResults(
    const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_MERGE_H_
