#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/slo_gate/render/markdown_cell.h"
#include "tools/slo_gate/render/markdown_tables.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/render_change.h"
#include "tools/slo_gate/render/render_trace.h"

namespace slo::tools {
namespace {

std::string SummarySection(const Verdict& verdict) {
  std::string text =
      absl::StrCat(verdict.comparison() != nullptr ? "# Regression verdict: " : "# SLO verdict: ",
                   Name(verdict.summary.overall_status), "\n\n", SummaryLine(verdict), "; judged ",
                   verdict.generated_at_utc, " by ", MarkdownCell(LimitsFile(verdict)), ".\n\n",
                   GuaranteeLine(verdict.summary), ".\n");
  absl::StrAppend(&text, "\n- ", CoverageLine(verdict.coverage), "\n");
  for (const std::string& line : RegressionLines(verdict)) {
    absl::StrAppend(&text, "- ", MarkdownCell(line), "\n");
  }
  for (const std::string& note : verdict.notes) {
    absl::StrAppend(&text, "\nNote: ", MarkdownCell(note), "\n");
  }
  return text;
}

std::string ProvenanceSection(const Verdict& verdict) {
  std::string table = "| what | value |\n|---|---|\n";
  const auto append = [&](absl::string_view what, absl::string_view value) {
    absl::StrAppend(&table, "| ", MarkdownCell(what), " | ", MarkdownCell(value), " |\n");
  };
  append("result_files", absl::StrJoin(ResultFiles(verdict), ", "));
  for (const auto& [what, value] : verdict.provenance) append(what, value);
  append("gate_version", verdict.gate_version);
  append("allow_insufficient", verdict.allow_insufficient ? "true" : "false");
  return absl::StrCat("\n## Provenance\n", Folded("what was measured, and where", table));
}

}  // namespace

std::string RenderMarkdown(const Verdict& verdict, bool all) {
  const PageLimits& limits = all ? kWholePage : kReadablePage;
  return absl::StrCat(SummarySection(verdict), NotAPassSection(verdict, limits),
                      FamilySections(verdict, limits), WhySection(verdict, limits),
                      TraceMarkdown(verdict), ProvenanceSection(verdict));
}

}  // namespace slo::tools
