#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/regression/percent.h"
#include "tools/slo_gate/markdown_cell.h"
#include "tools/slo_gate/render.h"
#include "tools/slo_gate/render_change.h"
#include "tools/slo_gate/render_trace.h"

namespace slo::tools {
namespace {

std::string LimitCell(const Check& check) {
  if (!check.overridden.has_value()) return MarkdownCell(LimitText(check));
  return MarkdownCell(absl::StrCat(LimitText(check), " (", check.overridden->source,
                                   "; the file says ", check.overridden->original_text, ")"));
}

void AppendCheck(const Check& check, std::string& text) {
  const std::string confidence = check.confidence.has_value()
                                     ? absl::StrFormat("%g %%", *check.confidence * 100)
                                     : std::string("-");
  absl::StrAppend(&text, "| ",
                  absl::StrJoin({StatusText(check), MarkdownCell(check.id),
                                 MarkdownCell(check.metric), LimitCell(check),
                                 ValueText(check, check.actual), ValueText(check, check.bound),
                                 confidence, SamplesText(check), HeadroomText(check)},
                                " | "),
                  " |\n");
}

void AppendScenario(const Scenario& scenario, std::string& text) {
  absl::StrAppend(&text, "\n## ", MarkdownCell(scenario.name), ": ", Name(scenario.status), "\n\n",
                  "| status | objective | metric | limit | value | bound | confidence | samples | "
                  "headroom |\n|---|---|---|---|---|---|---|---|---|\n");
  for (const Check& check : scenario.checks) AppendCheck(check, text);
  text.push_back('\n');
  for (const Check& check : scenario.checks) {
    absl::StrAppend(&text, "- ", MarkdownCell(check.id), ": ", MarkdownCell(check.reason),
                    ". Why: ", MarkdownCell(check.why), "\n");
  }
}

void AppendScenarios(const std::vector<Scenario>& scenarios, std::string& text) {
  std::vector<const Scenario*> worst_first;
  worst_first.reserve(scenarios.size());
  for (const Scenario& scenario : scenarios) worst_first.push_back(&scenario);
  std::stable_sort(worst_first.begin(), worst_first.end(),
                   [](const Scenario* a, const Scenario* b) { return a->status > b->status; });
  for (size_t i = 0; i < worst_first.size() && i < kMostShownScenarios; ++i) {
    AppendScenario(*worst_first[i], text);
  }
  if (worst_first.size() > kMostShownScenarios) {
    absl::StrAppend(&text, "\nAnd ", worst_first.size() - kMostShownScenarios,
                    " more scenarios, none of them worse; the JSON has them all.\n");
  }
}

std::string IntervalCell(const Check& check) {
  const ChangeDetail& change = *check.change;
  if (!change.lower.has_value()) return "-";
  return absl::StrCat(ChangeText(*change.lower), " to ", ChangeText(*change.upper));
}

// A line a comparison, the worst first, each interval as a bar; then the reasons of those that did
// not pass.
void AppendChanges(const Verdict& verdict, std::string& text) {
  absl::StrAppend(&text,
                  "\n| outcome | benchmark | check | change | interval | allowed | pairs | "
                  "none `:` allowed `!` |\n|---|---|---|---|---|---|---|---|\n");
  const std::vector<PlacedCheck> checks = WorstFirst(verdict);
  for (size_t i = 0; i < checks.size() && i < kMostShownChecks; ++i) {
    const Check& check = *checks[i].check;
    absl::StrAppend(
        &text, "| ",
        absl::StrJoin({MarkdownCell(StatusText(check)), MarkdownCell(checks[i].scenario->name),
                       MarkdownCell(absl::StrCat(check.id, ", ", check.metric)),
                       ValueText(check, check.actual), IntervalCell(check), LimitCell(check),
                       SamplesText(check), absl::StrCat("`", ChangeBar(check), "`")},
                      " | "),
        " |\n");
  }
  if (checks.size() > kMostShownChecks) {
    absl::StrAppend(&text, "\nAnd ", checks.size() - kMostShownChecks,
                    " more, none of them worse; the JSON has them all.\n");
  }
  text.push_back('\n');
  for (size_t i = 0; i < checks.size() && i < kMostShownChecks; ++i) {
    const Check& check = *checks[i].check;
    if (check.status == CheckStatus::kPass) continue;
    absl::StrAppend(&text, "- ", MarkdownCell(checks[i].scenario->name), ", ",
                    MarkdownCell(check.id), ": ", MarkdownCell(check.reason),
                    ". Why: ", MarkdownCell(check.why), "\n");
  }
}

void AppendProvenance(const Verdict& verdict, std::string& text) {
  absl::StrAppend(&text, "\n## Provenance\n\n| what | value |\n|---|---|\n");
  const auto append = [&](absl::string_view what, absl::string_view value) {
    absl::StrAppend(&text, "| ", MarkdownCell(what), " | ", MarkdownCell(value), " |\n");
  };
  append("result_files", absl::StrJoin(ResultFiles(verdict), ", "));
  for (const auto& [what, value] : verdict.provenance) append(what, value);
  append("gate_version", verdict.gate_version);
  append("allow_insufficient", verdict.allow_insufficient ? "true" : "false");
}

}  // namespace

std::string RenderMarkdown(const Verdict& verdict) {
  std::string text =
      absl::StrCat(verdict.regression.has_value() ? "# Regression verdict: " : "# SLO verdict: ",
                   Name(verdict.summary.overall_status), "\n\n", SummaryLine(verdict.summary),
                   "; judged ", verdict.generated_at_utc, " by ", MarkdownCell(LimitsFile(verdict)),
                   ".\n\n", GuaranteeLine(verdict.summary), ".\n");
  const std::vector<std::string> lines = RegressionLines(verdict);
  if (!lines.empty()) text.push_back('\n');
  for (const std::string& line : lines) {
    absl::StrAppend(&text, "- ", MarkdownCell(line), "\n");
  }
  for (const std::string& note : verdict.notes) {
    absl::StrAppend(&text, "\nNote: ", MarkdownCell(note), "\n");
  }
  if (verdict.regression.has_value()) {
    AppendChanges(verdict, text);
  } else {
    AppendScenarios(verdict.scenarios, text);
  }
  text.append(TraceMarkdown(verdict));
  AppendProvenance(verdict, text);
  return text;
}

}  // namespace slo::tools
