// The results of shards, which put load on at the same time, as those of one program.

#ifndef SLO_TOOLS_SLO_GATE_POOL_POOL_H_
#define SLO_TOOLS_SLO_GATE_POOL_POOL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/lib/results/report.h"
#include "tools/lib/results/trace_file.h"

namespace slo::tools {

struct PooledFiles {
  std::string results;  // a results file; its context keeps each shard's own, in slo_shards
  std::string trace;    // the trace that belongs to it
};

// Whether the results say that they are those of a shard.
bool IsShard(const Report& report);

// `reports` and `traces`: what `bench_workflow --slo_shard=I/N --slo_trace=FILE` wrote, in any
// order. Rows with a histogram in the traces are pooled (PoolRow); of all others each shard keeps
// its own, with the counter `process`, the number of the shard from 0. InvalidArgument lists every
// problem: a shard that is missing or there twice, a results file without its trace, shards that
// are unlike: of another build, API, confidence or seed, or with other rows.
absl::StatusOr<PooledFiles> PoolShards(std::vector<Report> reports, std::vector<TraceFile> traces);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_POOL_POOL_H_
