// Results files of commands that do not judge.

#ifndef SLO_TOOLS_SLO_GATE_CLI_REPORT_INPUTS_H_
#define SLO_TOOLS_SLO_GATE_CLI_REPORT_INPUTS_H_

#include <iosfwd>
#include <string>
#include <vector>

#include "tools/lib/results/report.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {

// Reads them in order; "-" is `in`. Notes every problem: no file, one that is given twice, that is
// no results file, that holds pairs.
std::vector<Report> ReadReports(const std::vector<std::string>& files, std::istream& in,
                                ProblemList& problems);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_REPORT_INPUTS_H_
