// The numbers of a row, by name.

#ifndef SLO_TOOLS_LIB_RESULTS_COUNTERS_H_
#define SLO_TOOLS_LIB_RESULTS_COUNTERS_H_

#include <map>
#include <string>

namespace slo::tools {

using Counters = std::map<std::string, double>;

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_COUNTERS_H_
