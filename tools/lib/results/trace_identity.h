// Whether a trace and results come from the same run of the same program.

#ifndef SLO_TOOLS_LIB_RESULTS_TRACE_IDENTITY_H_
#define SLO_TOOLS_LIB_RESULTS_TRACE_IDENTITY_H_

#include <array>

#include "absl/status/status.h"
#include "tools/lib/results/report.h"
#include "tools/lib/results/trace_file.h"

namespace slo::tools {

// The entries of the context that tell a trace from others; see docs/TRACE.md.
inline constexpr std::array<const char*, 3> kTraceIdentity = {"slo_command_line",
                                                              "slo_git_revision", "slo_seed"};

// Whether the trace has each of these entries, with the value that the results have.
bool IsOfSameCommand(const TraceFile& trace, const Report& report);

// The same command may have been run twice: the number of latencies and the largest of them tell
// the runs apart. InvalidArgument names each row of the trace that the results do not have, or have
// with other latencies.
absl::Status CheckSameSamples(const TraceFile& trace, const Report& report);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_TRACE_IDENTITY_H_
