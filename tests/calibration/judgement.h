// How a simulated run is judged: by the gate, as if its counters had been read from a results file.

#ifndef SLO_TESTS_CALIBRATION_JUDGEMENT_H_
#define SLO_TESTS_CALIBRATION_JUDGEMENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tools/lib/results/counters.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/objective.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::calibration {

// What the gate would read from the results file.
tools::ReportRow RowOf(const std::string& name, tools::Counters counters);

// A limit on the benchmark and the metric.
tools::Objective MaxObjective(const std::string& name, const std::string& metric, double limit);
tools::Objective MinObjective(const std::string& name, const std::string& metric, double limit);

// The verdict on a release build's results that were published at `published_level`.
tools::Verdict JudgeRows(std::vector<tools::ReportRow> rows,
                         std::vector<tools::Objective> objectives, double published_level,
                         double family_confidence, int64_t disturbed_requests = 1);

}  // namespace slo::calibration

#endif  // SLO_TESTS_CALIBRATION_JUDGEMENT_H_
