#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tools/slo_gate/render/markdown_tables.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/render_change.h"
#include "tools/slo_gate/render/render_explanation.h"
#include "tools/slo_gate/render/render_trace.h"

namespace slo::tools {
namespace {

// A page too small for its fixed parts; a step that has written so much already has no room.
constexpr size_t kMinPageBytes = 30'000;

// Lines as long as they fit, and the number of the others.
std::string LinesThatFit(const std::vector<std::string>& lines, size_t max_bytes,
                         absl::string_view more) {
  std::string text;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (text.size() + lines[i].size() + kMoreBytes > max_bytes) {
      return absl::StrCat(text,
                          absl::StrReplaceAll(more, {{"$N", absl::StrCat(lines.size() - i)}}));
    }
    text += lines[i];
  }
  return text;
}

std::string SummarySection(const Verdict& verdict, const PageLimits& limits, size_t max_bytes) {
  std::string text =
      absl::StrCat(verdict.comparison() != nullptr ? "# Regression verdict: " : "# SLO verdict: ",
                   Name(verdict.summary.overall_status), "\n\n", SummaryLine(verdict), "; judged ",
                   verdict.generated_at_utc, " by ", PageCell(LimitsFile(verdict), limits), ".\n\n",
                   GuaranteeLine(verdict.summary), ".\n");
  std::vector<std::string> lines = {absl::StrCat("\n- ", CoverageLine(verdict.coverage), "\n")};
  for (const std::string& line : RegressionLines(verdict)) {
    lines.push_back(absl::StrCat("- ", PageSentence(line, limits), "\n"));
  }
  for (const std::string& note : verdict.notes) {
    lines.push_back(absl::StrCat("\nNote: ", PageSentence(note, limits), "\n"));
  }
  const size_t left =
      max_bytes == kUnlimited ? kUnlimited : max_bytes - std::min(text.size(), max_bytes);
  return absl::StrCat(text, LinesThatFit(lines, left, "\nAnd $N more; `--all` shows them.\n"));
}

std::string ProvenanceSection(const Verdict& verdict, const PageLimits& limits, size_t max_bytes) {
  std::vector<std::string> lines;
  const auto append = [&](absl::string_view what, absl::string_view value) {
    lines.push_back(
        absl::StrCat("| ", PageCell(what, limits), " | ", PageSentence(value, limits), " |\n"));
  };
  append("result_files", absl::StrJoin(ResultFiles(verdict), ", "));
  for (const auto& [what, value] : verdict.provenance) append(what, value);
  append("gate_version", verdict.gate_version);
  append("allow_insufficient", verdict.allow_insufficient ? "true" : "false");
  const size_t left = max_bytes == kUnlimited ? kUnlimited : max_bytes - kMoreBytes;
  return absl::StrCat(
      "\n## Provenance\n",
      Folded("what was measured, and where",
             absl::StrCat("| what | value |\n|---|---|\n",
                          LinesThatFit(lines, left, "\nAnd $N more; `--all` shows them.\n"))));
}

// The parts that everything else depends on first, then as much of the others as the page holds.
std::string LimitedPage(const Verdict& verdict, const PageLimits& limits) {
  const std::string summary = SummarySection(verdict, limits, limits.bytes / 8);
  const std::string provenance = ProvenanceSection(verdict, limits, limits.bytes / 8);
  size_t left = limits.bytes - summary.size() - provenance.size();
  const PageSection not_a_pass = NotAPassSection(verdict, limits, left / 10 * 6);
  left -= not_a_pass.text.size();
  PageLimits shown = limits;
  shown.not_a_pass = not_a_pass.checks;
  const std::string explanations = ExplanationSection(verdict, limits, left / 2);
  left -= explanations.size();
  const std::string why = WhySection(verdict, shown, left / 4);
  left -= why.size();
  std::string trace = TraceMarkdown(verdict);
  if (trace.size() > left / 2) {
    trace = "\n## Distributions\n\nToo large for this page; `--all` shows them.\n";
  }
  left -= trace.size();
  return absl::StrCat(summary, not_a_pass.text, explanations, FamilySections(verdict, limits, left),
                      why, trace, provenance);
}

}  // namespace

std::string RenderMarkdown(const Verdict& verdict, bool all) {
  if (!all) return LimitedPage(verdict, kReadablePage);
  return absl::StrCat(SummarySection(verdict, kWholePage, kUnlimited),
                      NotAPassSection(verdict, kWholePage).text,
                      ExplanationSection(verdict, kWholePage), FamilySections(verdict, kWholePage),
                      WhySection(verdict, kWholePage), TraceMarkdown(verdict),
                      ProvenanceSection(verdict, kWholePage, kUnlimited));
}

std::string RenderStepSummary(const Verdict& verdict, size_t bytes_before) {
  PageLimits limits = kStepSummaryPage;
  limits.bytes -= std::min(bytes_before, limits.bytes);
  if (limits.bytes >= kMinPageBytes) return LimitedPage(verdict, limits);
  const std::string line = absl::StrCat("SLO verdict: ", Name(verdict.summary.overall_status), ": ",
                                        SummaryLine(verdict), "\n");
  return line.size() <= limits.bytes ? line : "";
}

}  // namespace slo::tools
