#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/slo_gate/render.h"
#include "tools/slo_gate/render_change.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kIndent = "              ";

// Of ECMA-48's "select graphic rendition".
absl::string_view ColorOf(CheckStatus status) {
  switch (status) {
    case CheckStatus::kPass:
      return "32";  // green
    case CheckStatus::kInsufficient:
      return "33";  // yellow
    case CheckStatus::kInvalid:
      return "35";  // magenta
    case CheckStatus::kFail:
      break;
  }
  return "31";  // red
}

// The state in the width of its column.
std::string StatusCell(const Check& check, bool use_color) {
  const std::string cell = absl::StrFormat("%-13s", StatusText(check));
  if (!use_color) return cell;
  return absl::StrCat("\x1b[", ColorOf(check.status), "m", cell, "\x1b[0m");
}

void AppendCheck(const PlacedCheck& placed, bool use_color, std::string& text) {
  const Check& check = *placed.check;
  absl::StrAppendFormat(&text, "%s %8s  %12s  %12s  %-12s  %s  %s  %s\n",
                        StatusCell(check, use_color), HeadroomText(check),
                        ValueText(check, check.actual), ValueText(check, check.bound),
                        absl::StrCat(LimitText(check), check.overridden.has_value() ? "*" : ""),
                        check.id, check.metric, placed.scenario->name);
  if (check.overridden.has_value()) {
    absl::StrAppend(&text, kIndent, "* limit ", check.threshold.text, " from ",
                    check.overridden->source, " instead of ", check.overridden->original_text,
                    "\n");
  }
  if (check.change.has_value() && check.change->lower.has_value()) {
    absl::StrAppend(&text, kIndent, ChangeBar(check), "\n");
  } else if (check.samples.has_value() && check.status != CheckStatus::kPass) {
    absl::StrAppend(&text, kIndent, "samples: ", SamplesText(check), "\n");
  }
  if (check.status == CheckStatus::kPass) return;
  absl::StrAppend(&text, kIndent, check.reason, "\n", kIndent, "why: ", check.why, "\n");
}

}  // namespace

std::string RenderText(const Verdict& verdict, bool use_color) {
  std::string text = absl::StrFormat("%-13s %8s  %12s  %12s  %-12s  %s\n", "status", "headroom",
                                     "value", "bound", "limit", "objective, metric, row");
  const std::vector<PlacedCheck> checks = WorstFirst(verdict);
  for (size_t i = 0; i < checks.size() && i < kMostShownChecks; ++i) {
    AppendCheck(checks[i], use_color, text);
  }
  if (checks.size() > kMostShownChecks) {
    absl::StrAppend(&text, "and ", checks.size() - kMostShownChecks,
                    " more checks, none of them worse; --format=json has them all\n");
  }
  text.push_back('\n');
  for (const std::string& note : verdict.notes) absl::StrAppend(&text, "note: ", note, "\n");
  for (const std::string& line : RegressionLines(verdict)) absl::StrAppend(&text, line, "\n");
  absl::StrAppend(&text, GuaranteeLine(verdict.summary), "\n", SummaryLine(verdict.summary), "\n",
                  "verdict: ");
  const absl::string_view status = Name(verdict.summary.overall_status);
  if (use_color) {
    absl::StrAppend(&text, "\x1b[1;", ColorOf(verdict.summary.overall_status), "m", status,
                    "\x1b[0m\n");
  } else {
    absl::StrAppend(&text, status, "\n");
  }
  return text;
}

}  // namespace slo::tools
