#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tools/slo_gate/metric.h"
#include "tools/slo_gate/render.h"

namespace slo::tools {
namespace {

// Text inside a table cell; nothing in it may end the cell or be taken for markup.
std::string Cell(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"|", "\\|"},
                                    {"\n", " "},
                                    {"\r", " "},
                                    {"<", "&lt;"},
                                    {">", "&gt;"},
                                    {"*", "\\*"},
                                    {"_", "\\_"},
                                    {"`", "\\`"},
                                    {"[", "\\["}});
}

std::string ValueOrDash(const Check& check, const std::optional<double>& value) {
  return value.has_value() ? Pretty(check.metric, *value) : "-";
}

std::string LimitCell(const Check& check) {
  std::string cell =
      Cell(absl::StrCat(check.kind == LimitKind::kMax ? "<= " : ">= ", check.threshold.text));
  if (check.overridden.has_value()) {
    absl::StrAppend(&cell, " (", Cell(check.overridden->source), "; the file says ",
                    Cell(check.overridden->original_text), ")");
  }
  return cell;
}

void AppendCheck(const Check& check, std::string& text) {
  absl::StrAppend(
      &text, "| ", Name(check.status), " | ", Cell(check.id), " | ", Cell(check.metric), " | ",
      LimitCell(check), " | ", ValueOrDash(check, check.actual), " | ",
      ValueOrDash(check, check.bound), " | ",
      check.confidence.has_value() ? absl::StrFormat("%g %%", *check.confidence * 100) : "-", " | ",
      check.samples.has_value() ? absl::StrCat(*check.samples) : "-", " | ",
      check.headroom.has_value() ? absl::StrFormat("%.2fx", *check.headroom) : "-", " |\n");
}

void AppendScenario(const Scenario& scenario, std::string& text) {
  absl::StrAppend(&text, "\n## ", Cell(scenario.name), ": ", Name(scenario.status), "\n\n",
                  "| status | objective | metric | limit | value | bound | confidence | samples | "
                  "headroom |\n|---|---|---|---|---|---|---|---|---|\n");
  for (const Check& check : scenario.checks) AppendCheck(check, text);
  text.push_back('\n');
  for (const Check& check : scenario.checks) {
    absl::StrAppend(&text, "- ", Cell(check.id), ": ", Cell(check.reason),
                    ". Why: ", Cell(check.why), "\n");
  }
}

}  // namespace

std::string RenderMarkdown(const Verdict& verdict) {
  std::string text = absl::StrCat("# SLO verdict: ", Name(verdict.summary.overall_status), "\n\n",
                                  SummaryLine(verdict.summary), ", ", verdict.generated_at_utc,
                                  ", objectives of ", Cell(verdict.thresholds.file), ".\n");
  if (verdict.summary.family_confidence.has_value()) {
    absl::StrAppendFormat(&text,
                          "\nNo check that carries a confidence errs, with at least %.4g %% "
                          "(Bonferroni over the checks).\n",
                          *verdict.summary.family_confidence * 100);
  }
  for (const std::string& note : verdict.notes)
    absl::StrAppend(&text, "\nNote: ", Cell(note), "\n");
  for (const Scenario& scenario : verdict.scenarios) AppendScenario(scenario, text);
  absl::StrAppend(&text, "\n## Provenance\n\n| what | value |\n|---|---|\n");
  for (const auto& [name, value] : verdict.provenance) {
    absl::StrAppend(&text, "| ", Cell(name), " | ", Cell(value), " |\n");
  }
  absl::StrAppend(&text, "| result\\_files | ", Cell(absl::StrJoin(verdict.result_files, ", ")),
                  " |\n");
  return text;
}

}  // namespace slo::tools
