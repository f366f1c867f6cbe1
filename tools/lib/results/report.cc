#include "tools/lib/results/report.h"

#include <algorithm>
#include <array>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/framing.h"
#include "tools/lib/json/json_text.h"
#include "tools/lib/json/not_finite.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/foreign_tool.h"
#include "tools/lib/results/json_rows.h"
#include "tools/lib/results/plain_report_reader.h"
#include "tools/lib/results/row_fields.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using nlohmann::json;

// What must be the same in all parts of one run, beside kSystemContext.
constexpr std::array<const char*, 12> kSharedContext = {
    "slo_schema",       "slo_build_type",        "slo_compiler",         "slo_compiler_flags",
    "slo_git_revision", "slo_git_dirty",         "slo_confidence_level", "slo_confidence_method",
    "slo_seed",         "slo_benchmark_version", kLongestDisturbanceKey, kDisturbedRequestsKey,
};

// Context that bench_workflow always writes and nobody else has a reason to.
constexpr std::array<const char*, 4> kOurKeys = {"slo_schema", "slo_confidence_level",
                                                 "slo_confidence_method", "slo_command_line"};

constexpr absl::string_view kSchema = "1";
constexpr const char* kRows = "benchmarks";

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

absl::Status NotTheShape(const std::string& file, absl::string_view what, const std::string& tool) {
  return absl::InvalidArgumentError(
      absl::StrCat(file, ": ", what, tool.empty() ? "" : ": this is ", tool,
                   "; expected the output of a Google Benchmark binary with "
                   "--benchmark_format=json: {\"context\": {...}, \"benchmarks\": [...]}"));
}

// Everything but the rows.
absl::Status ReadRest(const json& document, Report& report, ProblemList& problems) {
  if (!document.is_object()) {
    return NotTheShape(report.file, "not an object", ToolOfDocument(document));
  }
  const auto benchmarks = document.find(kRows);
  if (benchmarks == document.end() || !benchmarks->is_array()) {
    return NotTheShape(report.file, "has no list \"benchmarks\"", ToolOfDocument(document));
  }
  const auto context = document.find("context");
  if (context != document.end() && context->is_object()) {
    ReadContext(*context, report, problems);
  }
  return problems.ToStatus(report.file);
}

absl::Status CheckOwn(const JsonRows& rows, const json& document, const std::string& file) {
  if (!rows.are_foreign()) return absl::OkStatus();
  const std::string tool = rows.tool().empty() ? ToolOfDocument(document) : rows.tool();
  return NotTheShape(file, "no row has real_time: not Google Benchmark output", tool);
}

// Whether all that was measured is the same, which no two measurements are.
bool AreSame(const Report& a, const Report& b) {
  return !a.rows.empty() && a.context == b.context && a.rows == b.rows;
}

// What the parser says of a text, or, where it can be told, what is wrong with the file.
absl::Status Explained(const std::string& file, absl::string_view text,
                       const absl::Status& status) {
  const absl::string_view said = status.message();
  const size_t parser = said.find(": parse error at ");
  const bool is_empty = absl::StripAsciiWhitespace(text).empty();
  if (parser == absl::string_view::npos && !is_empty) return status;
  const FramingProblem problem = FramingOf(text);
  const bool may_be_foreign =
      problem.framing == Framing::kUnknown || problem.framing == Framing::kOtherText ||
      problem.framing == Framing::kJsonLines || problem.framing == Framing::kCutOff;
  const std::string tool = may_be_foreign ? ToolOfText(text) : "";
  if (!tool.empty()) return NotTheShape(file, "no results file", tool);
  if (problem.framing == Framing::kUnknown) return status;
  if (!problem.has_place) {
    return absl::InvalidArgumentError(absl::StrCat(file, ": ", problem.advice));
  }
  // "FILE: byte 7, in MEMBER: parse error at line 1, column 7: ..." without the parser's words.
  constexpr absl::string_view kAt = ": parse error at ";
  const absl::string_view line = said.substr(parser + kAt.size());
  return absl::InvalidArgumentError(absl::StrCat(
      said.substr(0, parser), ", ", line.substr(0, line.find(": ")), ": ", problem.advice));
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
  JsonRows rows(report, problems);
  const ElementSink elements = {.list = kRows,
                                .take =
                                    [&](size_t index, const json& row) {
                                      rows.Take(index, row);
                                      if (sink.row) sink.row(row);
                                    },
                                .repeated =
                                    [&](absl::string_view key) {
                                      const RepeatedKey repeated = RepeatedRowKey(key);
                                      if (repeated == RepeatedKey::kBecomesNull) {
                                        report.ambiguous.insert(std::string(key));
                                      }
                                      return repeated;
                                    }};
  const std::optional<std::string> readable = WithNullForNotFinite(text);
  if (readable.has_value()) text = *readable;
  const absl::StatusOr<json> document = ParseJsonText(file, text, elements);
  if (!document.ok()) return Explained(report.file, text, document.status());
  const absl::Status own = CheckOwn(rows, *document, report.file);
  if (!own.ok()) return own;
  const absl::Status read = ReadRest(*document, report, problems);
  if (!read.ok()) return read;
  if (sink.context && document->contains("context")) sink.context(document->at("context"));
  return report;
}

absl::StatusOr<Report> ReportOf(absl::string_view file, const json& document) {
  Report report = {.file = std::string(file)};
  ProblemList problems;
  JsonRows rows(report, problems);
  if (document.is_object() && document.contains(kRows) && document.at(kRows).is_array()) {
    size_t index = 0;
    for (const json& row : document.at(kRows)) rows.Take(index++, row);
  }
  const absl::Status read = ReadRest(document, report, problems);
  if (!read.ok()) return read;
  return report;
}

PlainReportReader::PlainReportReader(absl::string_view file)
    : report_{.file = std::string(file)},
      rows_(report_),
      splitter_(kRows, [this](absl::string_view element) { return rows_.Take(element); }) {}

bool PlainReportReader::Feed(absl::string_view piece) { return splitter_.Feed(piece); }

std::optional<Report> PlainReportReader::Finish() && {
  const std::optional<std::string> rest = std::move(splitter_).Finish();
  if (!rest.has_value() || rows_.are_foreign()) return std::nullopt;
  const std::optional<std::string> readable = WithNullForNotFinite(*rest);
  const absl::StatusOr<json> document =
      ParseJsonText(report_.file, readable.has_value() ? *readable : *rest);
  ProblemList problems;
  if (!document.ok() || !ReadRest(*document, report_, problems).ok()) return std::nullopt;
  // A list that the splitter did not take for the rows.
  if (!document->at(kRows).empty()) return std::nullopt;
  return std::move(report_);
}

absl::StatusOr<Report> ParseReport(absl::string_view file, absl::string_view text) {
  PlainReportReader reader(file);
  if (text.size() <= kMaxJsonBytes && reader.Feed(text)) {
    std::optional<Report> report = std::move(reader).Finish();
    if (report.has_value()) return *std::move(report);
  }
  return ParseReport(file, text, ReportSink{});
}

absl::Status CheckFilesAgree(const std::vector<Report>& reports) {
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
                                "\"; files that are judged together must agree"));
    }
    const auto same = std::find_if(reports.begin(), reports.begin() + static_cast<ptrdiff_t>(i),
                                   [&](const Report& other) { return AreSame(other, reports[i]); });
    if (same == reports.begin() + static_cast<ptrdiff_t>(i)) continue;
    problems.Add(absl::StrCat(reports[i].file, ": has the rows of ", same->file,
                              "; what one process measured counts once"));
  }
  return problems.ToStatus();
}

}  // namespace slo::tools
