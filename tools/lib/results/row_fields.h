// What the members of a row mean: Google Benchmark's fields, known by their keys.

#ifndef SLO_TOOLS_LIB_RESULTS_ROW_FIELDS_H_
#define SLO_TOOLS_LIB_RESULTS_ROW_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "tools/lib/json/json_text.h"
#include "tools/lib/results/report.h"

namespace slo::tools {

// More than fit into an input of kMaxJsonBytes that Google Benchmark wrote.
inline constexpr size_t kMaxRows = 2'000'000;
inline constexpr size_t kMaxNameBytes = size_t{64} << 10U;

// A member that is not a counter.
enum class RowField : uint8_t {
  kNone,
  kName,
  kRunName,
  kRunType,
  kLabel,
  kTimeUnit,
  kAggregateName,
  kAggregateUnit,
  kBigO,
  kErrorOccurred,
  kErrorMessage,
  kSkipped,
  kSkipMessage,
  kRepetitions,
  kRepetitionIndex,
  kFamily,      // family_index and per_family_instance_index
  kThreads,     // also a metric
  kIterations,  // also a metric
  kTime,        // real_time and cpu_time: metrics in the row's time unit
};
RowField FieldOf(absl::string_view key);

// Whether a Google Benchmark row has it, and hardly a row of another tool.
bool IsOwnField(RowField field);

// Whether a number under the field's key is a metric of the row. A null there is one that is not a
// number, unless the field is a text.
bool IsMetric(RowField field);
bool IsText(RowField field);

// What becomes of a row's member that is there twice, as when a counter is named like a field.
// Of a metric nobody knows which of the two is meant, so it becomes one that is not a number.
RepeatedKey RepeatedRowKey(absl::string_view key);

// What a row says beside its metrics. The texts are those of the row, and must outlive the object.
struct RowFields {
  absl::string_view name;
  absl::string_view run_name;
  absl::string_view run_type;
  absl::string_view label;
  absl::string_view aggregate_name;
  absl::string_view aggregate_unit;
  std::optional<absl::string_view> time_unit;  // empty when it is no text
  bool has_big_o = false;
  std::optional<bool> error_occurred;
  std::optional<bool> skipped;
  std::optional<absl::string_view> error_message;
  std::optional<absl::string_view> skip_message;
  std::optional<int64_t> repetitions;
  std::optional<int64_t> repetition_index;
  std::optional<int64_t> threads;

  void SetText(RowField field, absl::string_view text);
  void SetFlag(RowField field, bool flag);
  void SetNumber(RowField field, double number);
  // A value of another kind than the field has.
  void SetOther(RowField field);
};

// 1 for "ns", 1e3 for "us", 1e6 for "ms", 1e9 for "s"; nothing for another unit.
std::optional<double> NanosecondsPer(absl::string_view time_unit);

// The row's unit of time in nanoseconds; 1 for an aggregate that is a ratio, as cv is. Nothing when
// the row does not say it, or something else.
std::optional<double> TimeScale(const RowFields& fields);

// What a row without measurements says about itself, whichever of its two members has got lost;
// newer libraries tell errors from skips. Nothing for a row with measurements.
std::optional<std::string> RowError(const RowFields& fields);

// Whether the row has a statistic over repetitions, or a fit of the complexity.
bool IsAggregate(const RowFields& fields, const RowMetrics& metrics);

// What makes a measured row unusable, as the end of a sentence about the row; empty: nothing.
std::string ProblemOf(const RowFields& fields);

// The rows; their times must be in nanoseconds already, or left out.
ReportRow MeasuredRow(const RowFields& fields, RowMetrics metrics);
AggregateRow AggregateRowOf(const RowFields& fields, RowMetrics metrics);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_ROW_FIELDS_H_
