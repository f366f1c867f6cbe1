// GitHub Actions: "Workflow commands for GitHub Actions", setting a notice, warning or error
// message.

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/sentence.h"

namespace slo::tools {
namespace {

// The service itself shows no more than a few dozen of a step.
constexpr size_t kMostAnnotations = 50;

std::string Message(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"%", "%25"}, {"\r", "%0D"}, {"\n", "%0A"}});
}

// A property ends at a comma or a colon.
std::string Property(absl::string_view text) {
  return absl::StrReplaceAll(Message(text), {{",", "%2C"}, {":", "%3A"}});
}

absl::string_view CommandOf(CheckStatus status) {
  const bool is_error = status == CheckStatus::kFail || status == CheckStatus::kInvalid;
  return is_error ? "error" : "warning";
}

void AppendAnnotation(const PlacedCheck& placed, std::string& text) {
  const Check& check = *placed.check;
  absl::StrAppend(
      &text, "::", CommandOf(check.status),
      " title=", Property(absl::StrCat("SLO ", Name(check.status), ": ", check.id)), "::",
      Message(absl::StrCat(placed.scenario->name, ", ", check.metric, " ", LimitText(check), ": ",
                           ReasonText(check), ". Why: ", check.why)),
      "\n");
}

}  // namespace

std::string RenderGithub(const Verdict& verdict) {
  std::string text;
  size_t shown = 0;
  size_t left_out = 0;
  for (const PlacedCheck& placed : WorstFirst(verdict)) {
    if (!IsShownInFull(*placed.check)) break;
    if (shown == kMostAnnotations) {
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
      left_out > 0 ? absl::StrCat(" (", left_out, " more of them are in the summary)") : "", "\n");
  return text;
}

}  // namespace slo::tools
