// The names of all rows, for the objective that matches none of them.

#ifndef SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_NAMES_H_
#define SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_NAMES_H_

#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/objective_detail.h"

namespace slo::tools {

// Points into the reports, which must live longer.
class RowNames {
 public:
  explicit RowNames(const std::vector<Report>& reports);

  // Why no row matches the glob, with what would have matched: the rows of the family that it
  // names, or the families there are and the nearest of them; and the statistics that it matches.
  NoMatch WhyNoneMatches(absl::string_view glob) const;

 private:
  // BM_RunPath -> BM_RunPath/steps:1, BM_RunPath/steps:3; in the order of the names.
  absl::btree_map<absl::string_view, std::vector<absl::string_view>> families_;
  std::vector<const AggregateRow*> aggregates_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_OBJECTIVES_ROW_NAMES_H_
