// A statistic over the rows of a benchmark, which are a sample: repetitions of one process, or,
// where there are several, the processes.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_SAMPLE_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_SAMPLE_H_

#include <cstddef>

#include "tools/slo_gate/objectives/benchmark_rows.h"
#include "tools/slo_gate/objectives/judge_metric.h"
#include "tools/slo_gate/verdict/objective.h"

namespace slo::tools {

// Fewer values have no bounds.
inline constexpr size_t kMinSampleRows = 6;

// How many values the sample has: processes, of each of which the median of its rows counts (the
// mean, for a mean); of one process the rows.
size_t SampleSize(const BenchmarkRows& benchmark);

// Decides by confidence bounds at the required level: of the median and of percentiles from order
// statistics, without an assumption about the distribution (order_statistics.h); of the mean by
// Student's t (batch_means.h). The values count as independent. With fewer than kMinSampleRows
// values, or too few for a bound, the statistic itself is a point. A row that is unfit decides
// instead; see WhyUnfit. `context`: of the row whose report is given.
Decision JudgeSample(const BenchmarkRows& benchmark, const Statistic& statistic,
                     const RowContext& context, Check& check);

// A statistic that Google Benchmark computed, of a benchmark that is there only so: the one that is
// asked for is a point; by another one, and for `each`, nothing can be judged.
Decision JudgeAggregate(const AggregateRow& aggregate, const Statistic& statistic,
                        const RowContext& context, Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_SAMPLE_H_
