#include "tools/lib/results/json_rows.h"

#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tools/lib/results/foreign_tool.h"

namespace slo::tools {
namespace {

using nlohmann::json;

void SetField(RowField field, const json& value, RowFields& fields) {
  if (value.is_string()) {
    fields.SetText(field, value.get_ref<const std::string&>());
  } else if (value.is_boolean()) {
    fields.SetFlag(field, value.get<bool>());
  } else if (value.is_number()) {
    fields.SetNumber(field, value.get<double>());
  } else {
    fields.SetOther(field);
  }
}

// A metric's value; nothing when the member is none.
std::optional<double> MetricOf(RowField field, const json& value) {
  if (!IsMetric(field)) return std::nullopt;
  if (value.is_number()) return value.get<double>();
  if (value.is_null() && !IsText(field)) return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

// Into nanoseconds, or out where the unit is not known.
void ScaleTimes(std::optional<double> scale, std::vector<RowMetrics::Named>& metrics) {
  std::erase_if(metrics, [&](RowMetrics::Named& metric) {
    if (FieldOf(metric.first) != RowField::kTime) return false;
    metric.second *= scale.value_or(1);
    return !scale.has_value();
  });
}

}  // namespace

JsonRows::JsonRows(Report& report, ProblemList& problems, size_t max_rows)
    : report_(report), problems_(problems), max_rows_(max_rows) {}

void JsonRows::Take(size_t index, const json& element) {
  if (++rows_ > max_rows_) {
    if (rows_ > max_rows_ + 1) return;
    problems_.Add(absl::StrCat("benchmarks[", index, "]: expected at most ", max_rows_,
                               " rows; measure with --benchmark_filter, into several files"));
    return;
  }
  if (!element.is_object()) {
    problems_.Add(absl::StrCat("benchmarks[", index, "]: expected an object"));
    return;
  }
  TakeRow(index, element);
}

void JsonRows::TakeRow(size_t index, const json& row) {
  RowFields fields;
  std::vector<RowMetrics::Named> metrics;
  for (const auto& [key, value] : row.get_ref<const json::object_t&>()) {
    const RowField field = FieldOf(key);
    has_own_field_ = has_own_field_ || IsOwnField(field);
    const std::optional<double> metric = MetricOf(field, value);
    if (metric.has_value()) metrics.emplace_back(key, *metric);
    SetField(field, value, fields);
  }
  has_number_ = has_number_ || !metrics.empty();
  has_object_ = true;
  if (rows_ == 1 && !has_own_field_) tool_ = ToolOfRow(row);
  ScaleTimes(TimeScale(fields), metrics);
  RowMetrics of_row(std::move(metrics));
  if (IsAggregate(fields, of_row)) {
    report_.aggregates.push_back(AggregateRowOf(fields, std::move(of_row)));
    return;
  }
  const std::string problem = ProblemOf(fields);
  if (!problem.empty()) {
    problems_.Add(absl::StrCat("benchmarks[", index, "]", problem));
    return;
  }
  report_.rows.push_back(MeasuredRow(fields, std::move(of_row)));
}

}  // namespace slo::tools
