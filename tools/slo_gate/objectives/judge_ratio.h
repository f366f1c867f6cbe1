// A proportion against its limit: exact bounds of what its trials are worth.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_RATIO_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_RATIO_H_

#include <cstdint>
#include <optional>
#include <string>

#include "tools/lib/results/report.h"
#include "tools/lib/stats/dependence.h"
#include "tools/slo_gate/objectives/decide.h"
#include "tools/slo_gate/objectives/row_context.h"
#include "tools/slo_gate/verdict/check.h"

namespace slo::tools {

struct RatioSample {
  int64_t trials = 0;  // at least 1
  int64_t successes = 0;
  // How much more the failures differ between batches than independent ones would; nothing: that is
  // not known.
  std::optional<stats::FailureDispersion> dispersion;
  // So many trials in a row may be disturbed together; at least 1.
  int64_t disturbed = 1;
};

// Of a row of bench_workflow: its trials, none where it does not say, and their dispersion, by
// success_over_dispersion_factor and success_batches_count.
RatioSample RatioSampleOf(const ReportRow& row, const RowContext& context,
                          const std::string& metric);

// Clopper-Pearson bounds at `confidence` over the effective trials (stats::EffectiveTrials). A part
// of a miss counts as one for a pass, and as none for a failure. Where the dependence is not known
// nothing is shown to pass. Sets confidence, samples, effective_samples, bound, headroom, misses,
// needed and not_excluded of the check.
Decision JudgeRatio(const RatioSample& sample, double confidence, Check& check);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_JUDGE_RATIO_H_
