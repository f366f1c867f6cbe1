// The environment guards that were violated.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_DISTURBANCES_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_DISTURBANCES_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/check.h"
#include "tools/slo_gate/verdict/objective.h"

namespace slo::tools {

// By row; rows and guards must outlive it.
class Disturbances {
 public:
  void Add(const ReportRow& row, const Check& check, const Objective& guard);

  // The first that excuses a failure of the metric; null: none does.
  const Disturbance* Excusing(const ReportRow& row, const std::string& metric) const;

 private:
  absl::flat_hash_map<const ReportRow*, std::vector<std::pair<const Objective*, Disturbance>>>
      by_row_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_DISTURBANCES_H_
