// Reads the rows of a results file from parsed JSON, whatever they hold.

#ifndef SLO_TOOLS_LIB_RESULTS_JSON_ROWS_H_
#define SLO_TOOLS_LIB_RESULTS_JSON_ROWS_H_

#include <cstddef>
#include <string>

#include "nlohmann/json_fwd.hpp"
#include "tools/lib/results/report.h"
#include "tools/lib/results/row_fields.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {

class JsonRows {
 public:
  // `report` and `problems` must outlive the object.
  JsonRows(Report& report, ProblemList& problems, size_t max_rows = kMaxRows);

  // Appends the element of "benchmarks" to the report, or a problem.
  void Take(size_t index, const nlohmann::json& element);

  // Whether there are rows, and none has a field of Google Benchmark; with numbers, which can be
  // judged as counters, only where it is known whose they are.
  bool are_foreign() const {
    return has_object_ && !has_own_field_ && (!has_number_ || !tool_.empty());
  }
  // The tool that they look to be of; empty when it cannot be told.
  const std::string& tool() const { return tool_; }

 private:
  void TakeRow(size_t index, const nlohmann::json& row);

  Report& report_;
  ProblemList& problems_;
  size_t max_rows_;
  size_t rows_ = 0;
  bool has_object_ = false;
  bool has_own_field_ = false;
  bool has_number_ = false;
  std::string tool_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_JSON_ROWS_H_
