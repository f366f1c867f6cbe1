// What rows of a results file have in common that look alike: their keys, and what is done with
// each.

#ifndef SLO_TOOLS_LIB_RESULTS_ROW_LAYOUT_H_
#define SLO_TOOLS_LIB_RESULTS_ROW_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "simdjson.h"
#include "tools/lib/results/row_fields.h"
#include "tools/lib/results/row_metrics.h"

namespace slo::tools {

struct RowLayout {
  enum class Kind : uint8_t { kNumber, kNull, kOther };
  struct Member {
    std::string key;
    RowField field = RowField::kNone;
    Kind kind = Kind::kOther;
    bool is_metric = false;    // it has a place among the row's numbers
    bool is_repeated = false;  // the key is there twice, and this value does not count
    size_t place = 0;
  };
  std::vector<Member> members;  // in the order of the text
  RowMetrics::Names names;      // of the metrics
  std::vector<size_t> times;    // places of the numbers in the row's time unit
  bool has_own_field = false;   // IsOwnField
};

// The row's layout. Nothing when a key is there twice that must not be, or would have to be changed
// to be printed, or the time unit is a number. `ambiguous` gets the metrics that are there twice.
std::optional<RowLayout> MakeRowLayout(const simdjson::dom::object& row,
                                       std::set<std::string>& ambiguous);

// Whether the row has that layout.
bool IsOf(const RowLayout& layout, const simdjson::dom::object& row);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_ROW_LAYOUT_H_
