// One row from the rows of its name that several shards measured.

#ifndef SLO_TOOLS_SLO_GATE_POOL_POOLED_ROW_H_
#define SLO_TOOLS_SLO_GATE_POOL_POOLED_ROW_H_

#include <string>
#include <vector>

#include "tools/lib/results/bound_options.h"
#include "tools/lib/results/report.h"
#include "tools/lib/results/trace_file.h"

namespace slo::tools {

// What a shard knows of a row.
struct ShardRow {
  std::string shard;  // for people: "2/4 (b.json)"
  const ReportRow* row = nullptr;
  const TraceScenario* scenario = nullptr;
};

// The row that one program would have published which had put all of this load on at the same time:
// latencies, their percentiles and confidence limits come from the histograms added up, and their
// dependence from the slots of the same time added up; so does that of successes; counts (of runs,
// failures, planned and dropped ones) and rates add up, and success_ratio follows; limits of the
// rate come from the sums of the shards' rates, window by window. Of what is a property of a
// process or of its machine (drift, growth, leaks, stalls, times) the worst of the shards counts,
// which is the largest. Answers' digests and p-values, which have no sum, are left out. A row that
// failed in a shard has failed. `rows`: at least one, of one name. `bounds` allow for what reaches
// all shards: a disturbance of the server meets the requests of each.
ReportRow PoolRow(const std::vector<ShardRow>& rows, const BoundOptions& bounds);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_POOL_POOLED_ROW_H_
