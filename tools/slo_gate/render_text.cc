#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/slo_gate/render.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kIndent = "             ";

void AppendCheck(const PlacedCheck& placed, std::string& text) {
  const Check& check = *placed.check;
  absl::StrAppendFormat(&text, "%-12s %8s  %12s  %12s  %-12s  %s  %s  %s\n", Name(check.status),
                        HeadroomText(check), ValueText(check, check.actual),
                        ValueText(check, check.bound),
                        absl::StrCat(LimitText(check), check.overridden.has_value() ? "*" : ""),
                        check.id, check.metric, placed.scenario->name);
  if (check.overridden.has_value()) {
    absl::StrAppend(&text, kIndent, "* limit ", check.threshold.text, " from ",
                    check.overridden->source, " instead of ", check.overridden->original_text,
                    "\n");
  }
  if (check.status == CheckStatus::kPass) return;
  absl::StrAppend(&text, kIndent, check.reason, "\n", kIndent, "why: ", check.why, "\n");
}

}  // namespace

std::string RenderText(const Verdict& verdict) {
  std::string text = absl::StrFormat("%-12s %8s  %12s  %12s  %-12s  %s\n", "status", "headroom",
                                     "value", "bound", "limit", "objective, metric, row");
  const std::vector<PlacedCheck> checks = WorstFirst(verdict);
  for (size_t i = 0; i < checks.size() && i < kMostShownChecks; ++i) AppendCheck(checks[i], text);
  if (checks.size() > kMostShownChecks) {
    absl::StrAppend(&text, "and ", checks.size() - kMostShownChecks,
                    " more checks, none of them worse; --format=json has them all\n");
  }
  text.push_back('\n');
  for (const std::string& note : verdict.notes) absl::StrAppend(&text, "note: ", note, "\n");
  absl::StrAppend(&text, GuaranteeLine(verdict.summary), "\n", SummaryLine(verdict.summary), "\n",
                  "verdict: ", Name(verdict.summary.overall_status), "\n");
  return text;
}

}  // namespace slo::tools
