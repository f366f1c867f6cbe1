// Writes traces; trace_file.h reads them.

#ifndef SLO_TOOLS_LIB_RESULTS_TRACE_TEXT_H_
#define SLO_TOOLS_LIB_RESULTS_TRACE_TEXT_H_

#include <string>

#include "tools/lib/results/trace_file.h"

namespace slo::tools {

// The file's text, one line: ParseTraceFile reads it back as the same trace. Members that the trace
// does not have are left out; bytes that are not UTF-8 become U+FFFD.
std::string TraceFileText(const TraceFile& trace);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_TRACE_TEXT_H_
