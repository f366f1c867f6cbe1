#include "tools/slo_gate/render/markdown_rows.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/lib/text/percent.h"
#include "tools/slo_gate/render/markdown_cell.h"
#include "tools/slo_gate/render/render_change.h"
#include "tools/slo_gate/render/text_layout.h"

namespace slo::tools {
namespace {

std::string LimitCell(const Check& check, const PageLimits& limits) {
  if (!check.overridden.has_value()) return PageCell(LimitText(check), limits);
  return PageCell(absl::StrCat(LimitText(check), " (", check.overridden->source, "; the file says ",
                               check.overridden->original_text, ")"),
                  limits);
}

std::string IntervalCell(const Check& check) {
  const ComparisonDetail& change = *check.change();
  if (!change.lower.has_value()) return "-";
  return absl::StrCat(ChangeText(*change.lower), " to ", ChangeText(*change.upper));
}

}  // namespace

std::string PageCell(absl::string_view text, const PageLimits& limits) {
  return MarkdownCell(limits.bytes == kUnlimited ? std::string(text)
                                                 : MiddleCut(text, kMaxCellColumns));
}

std::string PageSentence(absl::string_view text, const PageLimits& limits) {
  return MarkdownCell(limits.bytes == kUnlimited ? std::string(text)
                                                 : MiddleCut(text, kMaxSentenceColumns));
}

std::string TableRow(const MarkdownRow& cells) {
  return absl::StrCat("| ", absl::StrJoin(cells, " | "), " |\n");
}

std::string TableHead(const MarkdownRow& titles) {
  std::string rule = "|";
  for (size_t i = 0; i < titles.size(); ++i) absl::StrAppend(&rule, "---|");
  return absl::StrCat(TableRow(titles), rule, "\n");
}

MarkdownRow Joined(MarkdownRow first, const MarkdownRow& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

MarkdownRow NumberTitles(bool is_change) {
  if (is_change) return {"change", "interval", "limit", "pairs", "none `:` limit `!`"};
  return {"limit", "value", "bound", "confidence", "samples", "headroom"};
}

MarkdownRow NumberCells(const Check& check, const PageLimits& limits) {
  if (check.change() != nullptr) {
    const std::string bar =
        check.change()->lower.has_value() ? absl::StrCat("`", ChangeBar(check), "`") : "-";
    return {ValueText(check, check.actual), IntervalCell(check), LimitCell(check, limits),
            SamplesText(check), bar};
  }
  return {LimitCell(check, limits),
          ValueText(check, check.actual),
          ValueText(check, check.bound),
          ConfidenceText(check),
          SamplesText(check),
          HeadroomText(check)};
}

MarkdownRow CheckTitles(bool is_change) {
  return Joined({"status", "benchmark", "objective", "metric"}, NumberTitles(is_change));
}

MarkdownRow CheckCells(const PlacedCheck& placed, const PageLimits& limits) {
  const Check& check = *placed.check;
  return Joined({PageCell(StatusText(check), limits), PageCell(placed.scenario->name, limits),
                 PageCell(check.id, limits), PageCell(check.metric, limits)},
                NumberCells(check, limits));
}

MarkdownRow PointerCells(const PlacedCheck& placed, bool is_change, const PageLimits& limits) {
  MarkdownRow cells = {PageCell(StatusText(*placed.check), limits),
                       PageCell(placed.scenario->name, limits), "not a pass", ""};
  cells.resize(cells.size() + NumberTitles(is_change).size(), "");
  return cells;
}

}  // namespace slo::tools
