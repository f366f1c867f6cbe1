#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/slo_gate/metric.h"
#include "tools/slo_gate/render.h"

namespace slo::tools {
namespace {

std::string MarginOf(const Check& check) {
  if (!check.headroom.has_value()) return "-";
  return absl::StrFormat("%.2fx", *check.headroom);
}

std::string ValueOf(const Check& check) {
  return check.actual.has_value() ? Pretty(check.metric, *check.actual) : "-";
}

// The bound, when it is another figure than the value.
std::string BoundOf(const Check& check) {
  return check.bound.has_value() ? Pretty(check.metric, *check.bound) : "-";
}

std::string LimitOf(const Check& check) {
  return absl::StrCat(check.kind == LimitKind::kMax ? "<= " : ">= ", check.threshold.text,
                      check.overridden.has_value() ? "*" : "");
}

std::string OverriddenNote(const Check& check) {
  if (!check.overridden.has_value()) return "";
  return absl::StrCat("* limit ", check.threshold.text, " from ", check.overridden->source,
                      " instead of ", check.overridden->original_text);
}

}  // namespace

std::vector<PlacedCheck> WorstFirst(const Verdict& verdict) {
  std::vector<PlacedCheck> checks;
  for (const Scenario& scenario : verdict.scenarios) {
    for (const Check& check : scenario.checks) checks.push_back({&scenario, &check});
  }
  static constexpr double kNone = std::numeric_limits<double>::infinity();
  std::stable_sort(checks.begin(), checks.end(), [](const PlacedCheck& a, const PlacedCheck& b) {
    if (a.check->status != b.check->status) return a.check->status > b.check->status;
    return a.check->headroom.value_or(kNone) < b.check->headroom.value_or(kNone);
  });
  return checks;
}

std::string SummaryLine(const Summary& summary) {
  std::string line =
      absl::StrCat(summary.checks_passed, " of ", summary.checks_total, " checks passed");
  const char* separator = ": ";
  const auto add = [&](int count, absl::string_view what) {
    if (count == 0) return;
    absl::StrAppend(&line, separator, count, " ", what);
    separator = ", ";
  };
  add(summary.checks_failed, "failed");
  add(summary.checks_insufficient, "insufficient");
  add(summary.checks_invalid, "invalid");
  return line;
}

std::string RenderText(const Verdict& verdict) {
  std::string text = absl::StrFormat("%-12s %8s  %12s  %12s  %-12s  %s\n", "status", "headroom",
                                     "value", "bound", "limit", "objective, metric, row");
  for (const auto& [scenario, check] : WorstFirst(verdict)) {
    absl::StrAppendFormat(&text, "%-12s %8s  %12s  %12s  %-12s  %s  %s  %s\n", Name(check->status),
                          MarginOf(*check), ValueOf(*check), BoundOf(*check), LimitOf(*check),
                          check->id, check->metric, scenario->name);
    if (check->overridden.has_value()) {
      absl::StrAppend(&text, "             ", OverriddenNote(*check), "\n");
    }
    if (check->status == CheckStatus::kPass) continue;
    absl::StrAppend(&text, "             ", check->reason, "\n             why: ", check->why,
                    "\n");
  }
  text.push_back('\n');
  for (const std::string& note : verdict.notes) absl::StrAppend(&text, "note: ", note, "\n");
  if (verdict.summary.family_confidence.has_value()) {
    absl::StrAppendFormat(&text, "no check that carries a confidence errs, with at least %.4g %%\n",
                          *verdict.summary.family_confidence * 100);
  }
  absl::StrAppend(&text, SummaryLine(verdict.summary), "\n");
  absl::StrAppend(&text, "verdict: ", Name(verdict.summary.overall_status), "\n");
  return text;
}

}  // namespace slo::tools
