// Slots of time in a trace: {"width_ns": W, "first": F, "counts": [of slot F, of F + 1, ...]},
// where slot number F begins at F times W nanoseconds since 1970 in UTC.

#ifndef SLO_TOOLS_LIB_RESULTS_TRACE_SLOTS_H_
#define SLO_TOOLS_LIB_RESULTS_TRACE_SLOTS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "nlohmann/json_fwd.hpp"
#include "tools/lib/stats/latency_slots.h"
#include "tools/lib/stats/trial_slots.h"

namespace slo::tools {

// A slot's counts are [value, count] of each coarse bucket that is not empty; the value is the
// largest number of nanoseconds in the bucket.
nlohmann::ordered_json LatencySlotsJson(const stats::LatencySlots& slots);

// A slot's counts are [trials, failures].
nlohmann::ordered_json TrialSlotsJson(const stats::TrialSlots& slots);

// InvalidArgument says what was expected at which place, `where`: a width that is a power of two of
// at least 1,024, a whole number, at most 64 slots whose counts are from 0 to 2^32 - 1; `count`
// latencies in all; no more failures in a slot than trials.
absl::StatusOr<stats::LatencySlots> LatencySlotsOf(const nlohmann::json& source,
                                                   const std::string& where, int64_t count);
absl::StatusOr<stats::TrialSlots> TrialSlotsOf(const nlohmann::json& source,
                                               const std::string& where);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_TRACE_SLOTS_H_
