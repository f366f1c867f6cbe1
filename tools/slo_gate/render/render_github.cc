// GitHub Actions: "Workflow commands for GitHub Actions", setting a notice, warning or error
// message.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/render_explanation.h"
#include "tools/slo_gate/render/sentence.h"
#include "tools/slo_gate/render/text_layout.h"

namespace slo::tools {
namespace {

// Of a message; the service cuts longer ones off.
constexpr size_t kMaxColumns = 2'000;
constexpr size_t kMaxTitleColumns = 200;

std::string Message(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"}});
}

// A property ends at a comma or a colon.
std::string Property(absl::string_view text) {
  return absl::StrReplaceAll(Message(text), {{",", "%2C"}, {":", "%3A"}});
}

bool IsError(CheckStatus status) {
  return status == CheckStatus::kFail || status == CheckStatus::kInvalid;
}

void AppendAnnotation(const PlacedCheck& placed, std::string& text) {
  const Check& check = *placed.check;
  absl::StrAppend(&text, "::", IsError(check.status) ? "error" : "warning", " title=",
                  Property(MiddleCut(absl::StrCat("SLO ", Name(check.status), ": ", check.id),
                                     kMaxTitleColumns)),
                  "::",
                  Message(MiddleCut(
                      absl::StrCat(placed.scenario->name, ", ", check.metric, " ", LimitText(check),
                                   ": ", ReasonText(check), ". Why: ", check.why),
                      kMaxColumns)),
                  "\n");
}

}  // namespace

std::string RenderGithub(const Verdict& verdict) {
  std::string text;
  size_t errors = 0;
  size_t warnings = 0;
  size_t left_out = 0;
  for (const PlacedCheck& placed : WorstFirst(verdict)) {
    if (!IsShownInFull(*placed.check)) break;
    size_t& shown = IsError(placed.check->status) ? errors : warnings;
    if (shown == kMaxAnnotations) {
      ++left_out;
      continue;
    }
    AppendAnnotation(placed, text);
    ++shown;
  }
  const Summary& summary = verdict.summary;
  absl::StrAppend(
      &text,
      "::notice title=", Property(absl::StrCat("SLO verdict: ", Name(summary.overall_status))),
      "::", Message(SummaryLine(verdict)),
      left_out > 0 ? absl::StrCat(" (", left_out, " that are not a pass have no annotation)") : "",
      "\n");
  for (size_t i = 0; i < std::min(verdict.explanations.size(), kMaxAnnotations); ++i) {
    const Explanation& explanation = verdict.explanations[i];
    absl::StrAppend(
        &text, "::notice title=",
        Property(MiddleCut(absl::StrCat("Explained: ", explanation.benchmark), kMaxTitleColumns)),
        "::", Message(MiddleCut(ExplanationSummary(explanation), kMaxColumns)), "\n");
  }
  return text;
}

}  // namespace slo::tools
