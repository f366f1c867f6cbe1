#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tools/regression/percent.h"
#include "tools/slo_gate/render.h"
#include "tools/slo_gate/render_change.h"

namespace slo::tools {
namespace {

// Text that ends neither a table cell nor a line and is not taken for markup.
std::string Cell(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"},
                                    {"|", "\\|"},
                                    {"\n", " "},
                                    {"\r", " "},
                                    {"&", "&amp;"},
                                    {"<", "&lt;"},
                                    {">", "&gt;"},
                                    {"*", "\\*"},
                                    {"_", "\\_"},
                                    {"`", "\\`"},
                                    {"[", "\\["}});
}

std::string LimitCell(const Check& check) {
  if (!check.overridden.has_value()) return Cell(LimitText(check));
  return Cell(absl::StrCat(LimitText(check), " (", check.overridden->source, "; the file says ",
                           check.overridden->original_text, ")"));
}

void AppendCheck(const Check& check, std::string& text) {
  const std::string confidence = check.confidence.has_value()
                                     ? absl::StrFormat("%g %%", *check.confidence * 100)
                                     : std::string("-");
  absl::StrAppend(
      &text, "| ",
      absl::StrJoin({StatusText(check), Cell(check.id), Cell(check.metric), LimitCell(check),
                     ValueText(check, check.actual), ValueText(check, check.bound), confidence,
                     SamplesText(check), HeadroomText(check)},
                    " | "),
      " |\n");
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
        absl::StrJoin({Cell(StatusText(check)), Cell(checks[i].scenario->name),
                       Cell(absl::StrCat(check.id, ", ", check.metric)),
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
    absl::StrAppend(&text, "- ", Cell(checks[i].scenario->name), ", ", Cell(check.id), ": ",
                    Cell(check.reason), ". Why: ", Cell(check.why), "\n");
  }
}

void AppendProvenance(const Verdict& verdict, std::string& text) {
  absl::StrAppend(&text, "\n## Provenance\n\n| what | value |\n|---|---|\n");
  const auto append = [&](absl::string_view what, absl::string_view value) {
    absl::StrAppend(&text, "| ", Cell(what), " | ", Cell(value), " |\n");
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
                   "; judged ", verdict.generated_at_utc, " by ", Cell(LimitsFile(verdict)),
                   ".\n\n", GuaranteeLine(verdict.summary), ".\n");
  const std::vector<std::string> lines = RegressionLines(verdict);
  if (!lines.empty()) text.push_back('\n');
  for (const std::string& line : lines) {
    absl::StrAppend(&text, "- ", Cell(line), "\n");
  }
  for (const std::string& note : verdict.notes) {
    absl::StrAppend(&text, "\nNote: ", Cell(note), "\n");
  }
  if (verdict.regression.has_value()) {
    AppendChanges(verdict, text);
  } else {
    AppendScenarios(verdict.scenarios, text);
  }
  AppendProvenance(verdict, text);
  return text;
}

}  // namespace slo::tools
