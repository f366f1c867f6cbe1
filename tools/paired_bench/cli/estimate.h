// How long a decision takes, before it begins.

#ifndef SLO_TOOLS_PAIRED_BENCH_CLI_ESTIMATE_H_
#define SLO_TOOLS_PAIRED_BENCH_CLI_ESTIMATE_H_

#include <map>
#include <string>

#include "absl/time/time.h"
#include "tools/paired_bench/plan/collector.h"

namespace slo::paired {

// A sentence: until the first interim analysis and until the last, and whether the budget is enough
// for the first. `pair_times`: by benchmark; of one that is not among them, their mean. Empty
// without any.
std::string EstimateText(const CollectionPlan& plan,
                         const std::map<std::string, absl::Duration>& pair_times,
                         absl::Duration budget);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_CLI_ESTIMATE_H_
