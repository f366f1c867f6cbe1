// Collects checks by benchmark.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_SCENARIO_LIST_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_SCENARIO_LIST_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/verdict/check.h"

namespace slo::tools {

// Scenarios in the order in which they first appear; each has the status of its worst check.
class ScenarioList {
 public:
  // A check on one row. Where another row of that name has had the same check, the worse one stays
  // and counts both rows.
  void AddRow(Check check, const ReportRow& row);

  // A check that is the only one of its kind on the benchmark, or on a glob that matches none.
  // `row`: whose metrics are shown where the check is the worst of the benchmark; null: none's.
  void Add(absl::string_view name, Check check, const ReportRow* row = nullptr);

  std::vector<Scenario> Take() &&;

 private:
  struct Entry {
    Scenario scenario;
    const ReportRow* worst_row = nullptr;
  };

  Entry& Get(absl::string_view name);

  absl::flat_hash_map<std::string, size_t> index_;
  std::vector<Entry> entries_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_SCENARIO_LIST_H_
