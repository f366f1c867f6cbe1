#include "tools/lib/results/report_text.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// Names of files and arguments need not be UTF-8; that must not cost the results.
template <typename Json>
std::string Dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

void ReportTextWriter::Add(const ordered_json& row) { AddText(Dump(row)); }

void ReportTextWriter::Add(const json& row) { AddText(Dump(row)); }

void ReportTextWriter::AddText(absl::string_view row) {
  absl::StrAppend(&rows_, rows_.empty() ? "" : ",", "\n  ", row);
}

std::string ReportTextWriter::Finish(const json& context) && {
  const std::string head =
      context.is_null() ? "" : absl::StrCat(" \"context\": ", Dump(context), ",\n");
  return absl::StrCat("{\n", head, " \"benchmarks\": [", rows_, "\n ]\n}\n");
}

ordered_json RowJson(const ReportRow& row) {
  ordered_json members = {{"name", row.name}, {"run_type", "iteration"}};
  if (!row.label.empty()) members["label"] = row.label;
  if (row.error.has_value()) {
    members["error_occurred"] = true;
    members["error_message"] = *row.error;
  }
  if (row.repetitions.has_value()) members["repetitions"] = *row.repetitions;
  if (row.repetition_index.has_value()) members["repetition_index"] = *row.repetition_index;
  members["time_unit"] = "ns";
  for (const auto& [name, value] : row.metrics) members[name] = value;
  return members;
}

ordered_json RowJson(const AggregateRow& row) {
  ordered_json members = {{"name", row.name},
                          {"run_name", row.run_name},
                          {"run_type", "aggregate"},
                          {"aggregate_name", row.aggregate_name}};
  if (!row.aggregate_unit.empty()) members["aggregate_unit"] = row.aggregate_unit;
  members["time_unit"] = "ns";
  for (const auto& [name, value] : row.metrics) members[name] = value;
  return members;
}

std::string ReportText(const Report& report) {
  ReportTextWriter writer;
  for (const ReportRow& row : report.rows) writer.Add(RowJson(row));
  for (const AggregateRow& row : report.aggregates) writer.Add(RowJson(row));
  return std::move(writer).Finish(report.context);
}

}  // namespace slo::tools
