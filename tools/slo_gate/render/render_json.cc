#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "nlohmann/json.hpp"
#include "tools/lib/results/report_text.h"
#include "tools/lib/results/trace_text.h"
#include "tools/slo_gate/objectives/applied_thresholds.h"
#include "tools/slo_gate/render/explanation_json.h"
#include "tools/slo_gate/render/json_details.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/sentence.h"

namespace slo::tools {
namespace {

using nlohmann::ordered_json;

ordered_json ThresholdOf(const Check& check) {
  ordered_json threshold = {{"value", check.threshold.value}, {"text", check.threshold.text}};
  if (check.overridden.has_value()) {
    threshold["overridden_by"] = check.overridden->source;
    threshold["original_text"] = check.overridden->original_text;
  }
  return threshold;
}

ordered_json CheckJson(const Check& check) {
  ordered_json json = {{"id", check.id},
                       {"metric", check.metric},
                       {"operator", check.kind == LimitKind::kMax ? "<=" : ">="},
                       {"threshold", ThresholdOf(check)},
                       {"actual", OrNull(check.actual)},
                       {"bound", OrNull(check.bound)},
                       {"confidence", OrNull(check.confidence)},
                       {"samples", OrNull(check.samples)},
                       {"effective_samples", OrNull(check.effective_samples)},
                       {"headroom", OrNull(check.headroom)},
                       {"vacuous", check.is_vacuous},
                       {"status", std::string(Name(check.status))},
                       {"rows", check.rows},
                       {"reason_code", std::string(Name(check.reason))},
                       {"reason", ReasonText(check)},
                       {"why", check.why}};
  if (!check.statistic.empty()) json["statistic"] = check.statistic;
  if (check.change() != nullptr) {
    json["change"] = ChangeJson(*check.change());
  } else {
    ordered_json detail = ObjectiveDetailJson(*check.objective());
    if (!detail.empty()) json["detail"] = std::move(detail);
  }
  return json;
}

ordered_json ScenarioJson(const Scenario& scenario) {
  ordered_json checks = ordered_json::array();
  for (const Check& check : scenario.checks) checks.push_back(CheckJson(check));
  ordered_json metrics = ordered_json::object();
  for (const auto& [name, value] : scenario.metrics) metrics[name] = value;
  return {{"name", scenario.name},
          {"status", std::string(Name(scenario.status))},
          {"checks", std::move(checks)},
          {"metrics", std::move(metrics)}};
}

ordered_json CoverageJson(const Coverage& coverage) {
  return {{"expected", coverage.expected},
          {"judged", coverage.judged},
          {"waived", coverage.waived},
          {"missing", coverage.missing}};
}

ordered_json SummaryJson(const Summary& summary, const Coverage& coverage) {
  return {{"overall_status", std::string(Name(summary.overall_status))},
          {"scenarios_count", summary.scenarios_count},
          {"checks_total", summary.checks_total},
          {"checks_passed", summary.checks_passed},
          {"checks_warned", summary.checks_warned},
          {"checks_failed", summary.checks_failed},
          {"checks_insufficient", summary.checks_insufficient},
          {"checks_invalid", summary.checks_invalid},
          {"checks_vacuous", summary.checks_vacuous},
          {"checks_with_confidence", summary.checks_with_confidence},
          {"family_confidence", OrNull(summary.family_confidence)},
          {"benchmarks", CoverageJson(coverage)}};
}

ordered_json ProvenanceJson(const Verdict& verdict) {
  ordered_json provenance = verdict.provenance;
  provenance["result_files"] = ResultFiles(verdict);
  provenance["gate_version"] = verdict.gate_version;
  provenance["allow_insufficient"] = verdict.allow_insufficient;
  return provenance;
}

std::string Dump(const ordered_json& value) {
  // Names of files and arguments need not be UTF-8; that must not cost the evidence.
  return value.dump(2, ' ', false, ordered_json::error_handler_t::replace);
}

// Appends a list, an element at a time: a document of all of them takes ten times as long, and
// gigabytes where there are 100,000.
template <typename Element, typename ToJson>
void AppendList(const std::vector<Element>& elements, const std::string& indent,
                const ToJson& to_json, std::string& text) {
  const std::string line = "\n" + indent + "  ";
  text.push_back('[');
  const char* separator = "";
  for (const Element& element : elements) {
    absl::StrAppend(&text, separator, line,
                    absl::StrReplaceAll(Dump(to_json(element)), {{"\n", line}}));
    separator = ",";
  }
  absl::StrAppend(&text, elements.empty() ? "" : "\n" + indent, "]");
}

// Head `{...}` of an object, without its end.
std::string Opened(const ordered_json& head, const std::string& indent) {
  const std::string text = Dump(head);
  return absl::StrReplaceAll(text.substr(0, text.size() - 2), {{"\n", "\n" + indent}});
}

void AppendReport(const Report& report, std::string& text) {
  absl::StrAppend(&text, Opened({{"file", report.file}, {"context", report.context}}, "    "),
                  ",\n      \"benchmarks\": ");
  std::vector<std::variant<const ReportRow*, const AggregateRow*>> rows;
  rows.reserve(report.rows.size() + report.aggregates.size());
  for (const ReportRow& row : report.rows) rows.emplace_back(&row);
  for (const AggregateRow& row : report.aggregates) rows.emplace_back(&row);
  const auto to_json = [](const auto& row) {
    return std::visit([](const auto* one) { return RowJson(*one); }, row);
  };
  AppendList(rows, "      ", to_json, text);
  absl::StrAppend(&text, "\n    }");
}

ordered_json SelfTestJson(const SelfTest& self_test) {
  ordered_json faults = ordered_json::array();
  for (const PlantedFault& fault : self_test.faults) {
    faults.push_back(
        {{"fault", fault.fault},
         {"expected", std::string(Name(fault.expected))},
         {"found", std::string(fault.found.has_value() ? Name(*fault.found) : "nothing")}});
  }
  return {{"benchmark", self_test.benchmark},
          {"faults", std::move(faults)},
          {"defective", self_test.is_defective()},
          {"flipped_gates", self_test.flipped_gates},
          {"false_alarms", self_test.false_alarms}};
}

ordered_json RegressionJson(const Coverage& coverage, const ComparisonFindings& regression) {
  ordered_json json = {{"benchmarks", CoverageJson(coverage)}};
  if (!regression.pairs.empty()) json["proof"] = SelfTestJson(regression.self_test);
  return json;
}

// The limits as they stood in their file.
ordered_json LimitsJson(const ComparisonFindings& regression) {
  return {{"file", regression.limits.file},
          {"limits", ordered_json::parse(regression.limits_text, nullptr, false)}};
}

void AppendReports(const std::vector<Report>& reports, std::string& text) {
  const char* separator = "\n    ";
  for (const Report& report : reports) {
    text.append(separator);
    AppendReport(report, text);
    separator = ",\n    ";
  }
}

// What was compared, from which all of it follows.
void AppendCompared(const ComparisonFindings& regression, std::string& text) {
  absl::StrAppend(&text, ",\n  \"pairs\": [");
  const char* separator = "\n    ";
  for (const PairsFile& pairs : regression.pairs) {
    const std::string document = PairsFileText(pairs);
    absl::StrAppend(&text, separator, "{\"file\": ", Dump(pairs.file),
                    ", \"document\": ", absl::StripTrailingAsciiWhitespace(document), "}");
    separator = ",\n    ";
  }
  absl::StrAppend(&text, "\n  ],\n  \"baseline\": [");
  if (regression.baseline.has_value()) AppendReports({*regression.baseline}, text);
  absl::StrAppend(&text, "\n  ]");
}

void AppendTraces(const std::vector<TraceFile>& traces, std::string& text) {
  absl::StrAppend(&text, ",\n  \"traces\": [");
  const char* separator = "\n    ";
  for (const TraceFile& trace : traces) {
    const std::string document = TraceFileText(trace);
    absl::StrAppend(&text, separator, "{\"file\": ", Dump(trace.file),
                    ", \"document\": ", absl::StripTrailingAsciiWhitespace(document), "}");
    separator = ",\n    ";
  }
  text.append("\n  ]");
}

}  // namespace

std::string RenderJson(const Verdict& verdict) {
  const bool is_regression = verdict.comparison() != nullptr;
  ordered_json head = {
      {"schema_version", 1},
      {"generated_at_utc", verdict.generated_at_utc},
      {"provenance", ProvenanceJson(verdict)},
      {"thresholds", is_regression ? LimitsJson(*verdict.comparison())
                                   : AppliedThresholdsJson(verdict.objectives()->thresholds)},
      {"summary", SummaryJson(verdict.summary, verdict.coverage)},
      {"notes", verdict.notes}};
  if (is_regression) head["regression"] = RegressionJson(verdict.coverage, *verdict.comparison());
  std::string text = Opened(head, "");
  absl::StrAppend(&text, ",\n  \"scenarios\": ");
  AppendList(verdict.scenarios, "  ", ScenarioJson, text);
  absl::StrAppend(&text, ",\n  \"results\": [");
  AppendReports(verdict.results, text);
  absl::StrAppend(&text, "\n  ]");
  if (is_regression) AppendCompared(*verdict.comparison(), text);
  if (!verdict.traces.empty()) AppendTraces(verdict.traces, text);
  if (!verdict.explanations.empty()) {
    absl::StrAppend(&text, ",\n  \"explanations\": ");
    AppendList(verdict.explanations, "  ", ExplanationJson, text);
  }
  absl::StrAppend(&text, "\n}\n");
  return text;
}

}  // namespace slo::tools
