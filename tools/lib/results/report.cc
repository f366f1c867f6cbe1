#include "tools/lib/results/report.h"

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/json_keys.h"
#include "tools/lib/json/json_text.h"
#include "tools/lib/results/aggregate_rows.h"
#include "tools/lib/results/plain_report_reader.h"
#include "tools/lib/results/row_fields.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using nlohmann::json;

// What must be the same in all parts of one run, beside kSystemContext.
constexpr std::array<const char*, 10> kSharedContext = {
    "slo_schema",       "slo_build_type",        "slo_compiler",         "slo_compiler_flags",
    "slo_git_revision", "slo_git_dirty",         "slo_confidence_level", "slo_confidence_method",
    "slo_seed",         "slo_benchmark_version",
};

// Context that bench_workflow always writes and nobody else has a reason to.
constexpr std::array<const char*, 4> kOurKeys = {"slo_schema", "slo_confidence_level",
                                                 "slo_confidence_method", "slo_command_line"};

constexpr absl::string_view kSchema = "1";
constexpr const char* kRows = "benchmarks";

bool IsTrue(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

bool IsAggregate(const json& row) { return TextMember(row, "run_type") == "aggregate"; }

RowMetrics MetricsOf(const json& source, double time_scale) {
  std::vector<RowMetrics::Named> metrics;
  for (const auto& [key, value] : source.get_ref<const json::object_t&>()) {
    if (!value.is_number() || !IsRowMetric(key)) continue;
    metrics.emplace_back(key, value.get<double>() * (IsRowTime(key) ? time_scale : 1.0));
  }
  return metrics;
}

void ReadRow(const json& source, size_t index, Report& report, ProblemList& problems) {
  const auto problem = [&](absl::string_view what) {
    problems.Add(absl::StrCat("benchmarks[", index, "]", what));
  };
  if (!source.is_object()) return problem(": expected an object");
  if (IsAggregate(source)) return;
  ReportRow row = {
      .name = TextMember(source, "name"),
      .label = TextMember(source, "label"),
      .error = RowError(IsTrue(source, "error_occurred"), TextMember(source, "error_message"),
                        IsTrue(source, "skipped"), TextMember(source, "skip_message"))};
  if (row.name.empty()) return problem(".name: expected the benchmark's name");
  const std::string unit = source.contains("time_unit") ? TextMember(source, "time_unit") : "ns";
  const std::optional<double> scale = NanosecondsPer(unit);
  if (!scale.has_value()) {
    return problem(absl::StrCat(".time_unit: expected ns, us, ms or s, found \"", unit, "\""));
  }
  row.time_unit = unit;
  row.metrics = MetricsOf(source, *scale);
  report.rows.push_back(std::move(row));
}

void ReadContext(const json& source, Report& report, ProblemList& problems) {
  for (const auto& [key, value] : source.items()) {
    if (value.is_string()) {
      report.context[key] = value.get<std::string>();
    } else if (value.is_primitive() || key == "load_avg") {
      report.context[key] = value.dump();
    }
  }
  const std::string schema = report.ContextValue("slo_schema");
  if (!schema.empty() && schema != kSchema) {
    problems.Add(absl::StrCat(report.file, ": context.slo_schema: expected ", kSchema, ", found \"",
                              schema, "\""));
  }
  const std::string level = report.ContextValue("slo_confidence_level");
  if (level.empty()) return;
  double confidence = 0;
  if (!absl::SimpleAtod(level, &confidence) || !(confidence >= 0.5 && confidence < 1)) {
    problems.Add(
        absl::StrCat("context.slo_confidence_level: expected a level from 0.5 to below 1, found \"",
                     level, "\""));
    return;
  }
  report.confidence = confidence;
}

// Everything but the rows.
absl::Status ReadRest(const json& document, Report& report, ProblemList& problems) {
  const auto not_the_shape = [&](absl::string_view what) {
    return absl::InvalidArgumentError(
        absl::StrCat(report.file, ": ", what,
                     "; expected the output of a Google Benchmark binary with "
                     "--benchmark_format=json: {\"context\": {...}, \"benchmarks\": [...]}"));
  };
  if (!document.is_object()) return not_the_shape("not an object");
  const auto benchmarks = document.find(kRows);
  if (benchmarks == document.end() || !benchmarks->is_array()) {
    return not_the_shape("has no list \"benchmarks\"");
  }
  const auto context = document.find("context");
  if (context != document.end() && context->is_object()) {
    ReadContext(*context, report, problems);
  }
  return problems.ToStatus(report.file);
}

}  // namespace

std::optional<double> ReportRow::Find(absl::string_view metric) const {
  return metrics.Find(metric);
}

std::string Report::ContextValue(const std::string& key) const {
  const auto found = context.find(key);
  return found != context.end() ? found->second : "";
}

Origin Report::origin() const {
  for (const char* key : kOurKeys) {
    if (context.contains(key)) return Origin::kOurs;
  }
  return Origin::kForeign;
}

absl::StatusOr<Report> ParseReport(absl::string_view file, absl::string_view text,
                                   const ReportSink& sink) {
  Report report = {.file = std::string(file)};
  ProblemList problems;
  const ElementSink rows = {.list = kRows, .take = [&](size_t index, const json& row) {
                              ReadRow(row, index, report, problems);
                              if (sink.row) sink.row(row);
                            }};
  const std::string readable =
      absl::StrContains(text, "\"aggregate\"") ? WithReadableAggregates(text) : std::string();
  const absl::StatusOr<json> document =
      ParseJsonText(file, readable.empty() ? text : absl::string_view(readable), rows);
  if (!document.ok()) return document.status();
  const absl::Status read = ReadRest(*document, report, problems);
  if (!read.ok()) return read;
  if (sink.context && document->contains("context")) sink.context(document->at("context"));
  return report;
}

absl::StatusOr<Report> ReportOf(absl::string_view file, const json& document) {
  Report report = {.file = std::string(file)};
  ProblemList problems;
  if (document.is_object() && document.contains(kRows) && document.at(kRows).is_array()) {
    size_t index = 0;
    for (const json& row : document.at(kRows)) ReadRow(row, index++, report, problems);
  }
  const absl::Status read = ReadRest(document, report, problems);
  if (!read.ok()) return read;
  return report;
}

PlainReportReader::PlainReportReader(absl::string_view file)
    : report_{.file = std::string(file)},
      rows_(report_.rows),
      splitter_(kRows, [this](absl::string_view element) { return rows_.Take(element); }) {}

bool PlainReportReader::Feed(absl::string_view piece) { return splitter_.Feed(piece); }

std::optional<Report> PlainReportReader::Finish() && {
  const std::optional<std::string> rest = std::move(splitter_).Finish();
  if (!rest.has_value()) return std::nullopt;
  const absl::StatusOr<json> document = ParseJsonText(report_.file, *rest);
  ProblemList problems;
  if (!document.ok() || !ReadRest(*document, report_, problems).ok()) return std::nullopt;
  // A list that the splitter did not take for the rows.
  if (!document->at(kRows).empty()) return std::nullopt;
  return std::move(report_);
}

absl::StatusOr<Report> ParseReport(absl::string_view file, absl::string_view text) {
  PlainReportReader reader(file);
  if (text.size() <= kMostJsonBytes && reader.Feed(text)) {
    std::optional<Report> report = std::move(reader).Finish();
    if (report.has_value()) return *std::move(report);
  }
  return ParseReport(file, text, ReportSink{});
}

absl::Status CheckShardsAgree(const std::vector<Report>& reports) {
  ProblemList problems;
  std::vector<const char*> keys(kSharedContext.begin(), kSharedContext.end());
  keys.insert(keys.end(), kSystemContext.begin(), kSystemContext.end());
  for (size_t i = 1; i < reports.size(); ++i) {
    for (const char* key : keys) {
      const std::string first = reports[0].ContextValue(key);
      const std::string other = reports[i].ContextValue(key);
      if (first == other) continue;
      problems.Add(absl::StrCat(reports[i].file, ": context.", key, ": expected \"", first,
                                "\" as in ", reports[0].file, ", found \"", other,
                                "\"; shards of one run must agree"));
    }
  }
  return problems.ToStatus();
}

}  // namespace slo::tools
