// One limit against a metric of several processes of bench_workflow, which are the sample: what
// differs from process to process is seen, as a run of one cannot show it.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_PROCESSES_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_PROCESSES_H_

#include <cstdint>

#include "tools/slo_gate/objectives/benchmark_rows.h"
#include "tools/slo_gate/objectives/decide.h"
#include "tools/slo_gate/objectives/row_context.h"
#include "tools/slo_gate/verdict/check.h"

namespace slo::tools {

// The spread between fewer processes says too little: each row is judged by itself then, unless its
// bounds are shares, which say nothing of one process.
inline constexpr int64_t kMinProcesses = 4;

// How many processes have a row of the benchmark.
int64_t ProcessCount(const BenchmarkRows& benchmark);

// Of how many processes the rows' bounds are shares; at least 1.
int64_t ExpectedProcesses(const BenchmarkRows& benchmark);

// Whether the processes of the benchmark are the sample: they are bench_workflow's, and enough or
// measured to be judged together.
bool AreProcesses(const BenchmarkRows& benchmark);

// Decides by what the spread between the processes shows at the required level (process_bounds.h;
// of each process the median of its rows counts). Of a percentile the wider bound on each side
// counts, this one or the widest of those that the processes publish. A throughput is lowered by
// the disturbances that all processes may have missed. A ratio is that of all trials, whose worth
// also follows from how it differs between processes. A row that is unfit decides instead; see
// WhyUnfit. `context`: of the rows. AreProcesses(benchmark) holds.
Decision JudgeProcesses(const BenchmarkRows& benchmark, const RowContext& context, Check& check);

// The mean over the rows as a point: what an environment guard says of all processes together.
Decision JudgeGuardOfProcesses(const BenchmarkRows& benchmark, const RowContext& context,
                               Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_PROCESSES_H_
