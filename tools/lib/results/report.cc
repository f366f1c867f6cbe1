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
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using nlohmann::json;

// Numbers of a row that describe the run, not the thing measured.
constexpr std::array<absl::string_view, 6> kNotMetrics = {
    "family_index", "per_family_instance_index", "repetitions", "repetition_index", "threads",
    "iterations"};

// What must be the same in all parts of one run, beside kSystemContext.
constexpr std::array<const char*, 10> kSharedContext = {
    "slo_schema",       "slo_build_type",        "slo_compiler",         "slo_compiler_flags",
    "slo_git_revision", "slo_git_dirty",         "slo_confidence_level", "slo_confidence_method",
    "slo_seed",         "slo_benchmark_version",
};

constexpr absl::string_view kSchema = "1";

std::optional<double> NanosecondsPer(absl::string_view unit) {
  if (unit == "ns") return 1;
  if (unit == "us") return 1e3;
  if (unit == "ms") return 1e6;
  if (unit == "s") return 1e9;
  return std::nullopt;
}

bool IsTrue(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_boolean() && found->get<bool>();
}

bool IsAggregate(const json& row) { return TextMember(row, "run_type") == "aggregate"; }

// What a row without measurements says about itself; newer libraries tell errors from skips.
std::optional<std::string> ErrorOf(const json& row) {
  if (IsTrue(row, "error_occurred")) return TextMember(row, "error_message");
  if (IsTrue(row, "skipped")) return absl::StrCat("skipped: ", TextMember(row, "skip_message"));
  return std::nullopt;
}

void ReadMetrics(const json& source, double time_scale, ReportRow& row) {
  const auto& members = source.get_ref<const json::object_t&>();
  row.metrics.reserve(members.size());
  for (const auto& [key, value] : members) {
    if (!value.is_number() ||
        std::find(kNotMetrics.begin(), kNotMetrics.end(), key) != kNotMetrics.end()) {
      continue;
    }
    const bool is_time = key == "real_time" || key == "cpu_time";
    row.metrics.emplace_back(key, value.get<double>() * (is_time ? time_scale : 1.0));
  }
}

void ReadRow(const json& source, size_t index, Report& report, ProblemList& problems) {
  const auto problem = [&](absl::string_view what) {
    problems.Add(absl::StrCat("benchmarks[", index, "]", what));
  };
  if (!source.is_object()) return problem(": expected an object");
  if (IsAggregate(source)) return;
  ReportRow row = {.name = TextMember(source, "name"),
                   .label = TextMember(source, "label"),
                   .error = ErrorOf(source)};
  if (row.name.empty()) return problem(".name: expected the benchmark's name");
  const std::string unit = source.contains("time_unit") ? TextMember(source, "time_unit") : "ns";
  const std::optional<double> scale = NanosecondsPer(unit);
  if (!scale.has_value()) {
    return problem(absl::StrCat(".time_unit: expected ns, us, ms or s, found \"", unit, "\""));
  }
  row.time_unit = unit;
  ReadMetrics(source, *scale, row);
  report.rows.push_back(std::move(row));
}

void ReadContext(const json& source, Report& report, ProblemList& problems) {
  for (const auto& [key, value] : source.items()) {
    if (value.is_string()) {
      report.context[key] = value.get<std::string>();
    } else if (value.is_primitive()) {
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

}  // namespace

std::optional<double> ReportRow::Find(absl::string_view metric) const {
  const auto found = std::lower_bound(metrics.begin(), metrics.end(), metric,
                                      [](const auto& entry, absl::string_view wanted) {
                                        return absl::string_view(entry.first) < wanted;
                                      });
  if (found == metrics.end() || found->first != metric) return std::nullopt;
  return found->second;
}

std::string Report::ContextValue(const std::string& key) const {
  const auto found = context.find(key);
  return found != context.end() ? found->second : "";
}

absl::StatusOr<Report> ParseReport(absl::string_view file, absl::string_view text) {
  Report report = {.file = std::string(file)};
  ProblemList problems;
  const ElementSink rows = {.list = "benchmarks", .take = [&](size_t index, const json& row) {
                              ReadRow(row, index, report, problems);
                            }};
  const std::string readable =
      absl::StrContains(text, "\"aggregate\"") ? WithReadableAggregates(text) : std::string();
  const absl::StatusOr<json> document =
      ParseJsonText(file, readable.empty() ? text : absl::string_view(readable), rows);
  if (!document.ok()) return document.status();
  const auto not_the_shape = [&](absl::string_view what) {
    return absl::InvalidArgumentError(
        absl::StrCat(file, ": ", what,
                     "; expected the output of a Google Benchmark binary with "
                     "--benchmark_format=json: {\"context\": {...}, \"benchmarks\": [...]}"));
  };
  if (!document->is_object()) return not_the_shape("not an object");
  const auto benchmarks = document->find("benchmarks");
  if (benchmarks == document->end() || !benchmarks->is_array()) {
    return not_the_shape("has no list \"benchmarks\"");
  }
  const auto context = document->find("context");
  if (context != document->end() && context->is_object()) {
    ReadContext(*context, report, problems);
  }
  const absl::Status status = problems.ToStatus(file);
  if (!status.ok()) return status;
  return report;
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
