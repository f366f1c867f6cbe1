// A trace as JSON; docs/TRACE.md explains the members.

#ifndef SLO_BENCH_TRACE_TRACE_JSON_H_
#define SLO_BENCH_TRACE_TRACE_JSON_H_

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "bench/trace/traced_scenario.h"

namespace slo::trace {

// `context`: that of the results which belong to it.
std::string TraceJson(const std::vector<TracedScenario>& scenarios,
                      const std::map<std::string, std::string>& context, absl::Time generated_at);

}  // namespace slo::trace

#endif  // SLO_BENCH_TRACE_TRACE_JSON_H_
