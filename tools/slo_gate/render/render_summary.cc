#include "tools/slo_gate/render/render_summary.h"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/render_change.h"
#include "tools/slo_gate/render/sentence.h"
#include "tools/slo_gate/render/short_names.h"
#include "tools/slo_gate/render/status_color.h"
#include "tools/slo_gate/render/text_layout.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kGap = "  ";
constexpr absl::string_view kBlockIndent = "  ";
// A wider cell loses its middle, so that something is left for the name.
constexpr size_t kMaxStatusColumns = 18;  // "unknown_toolchain"
constexpr size_t kMaxNumberColumns = 12;
constexpr size_t kMaxCheckColumns = 16;
constexpr size_t kMinNameColumns = 20;
static_assert(kMaxStatusColumns + 3 * kMaxNumberColumns + kMaxCheckColumns + 5 * kGap.size() +
                  kMinNameColumns <=
              kTerminalColumns);

enum class Align { kLeft, kRight };

struct Column {
  std::string title;
  Align align;
  size_t max_columns;
  size_t columns = 0;
};

// The cells before the name.
using Cells = std::vector<std::string>;

// Headroom says how far an objective is from its limit; a change, its bound and what is tolerated
// say it themselves.
std::vector<Column> ColumnsOf(const Verdict& verdict) {
  const bool is_comparison = verdict.comparison() != nullptr;
  return {{"status", Align::kLeft, kMaxStatusColumns},
          {is_comparison ? "change" : "headroom", Align::kRight, kMaxNumberColumns},
          {is_comparison ? "bound" : "compared", Align::kRight, kMaxNumberColumns},
          {"limit", Align::kLeft, kMaxNumberColumns},
          {is_comparison ? "check" : "metric", Align::kLeft, kMaxCheckColumns}};
}

Cells CellsOf(const Verdict& verdict, const Check& check) {
  const std::string limit = absl::StrCat(LimitText(check), check.overridden.has_value() ? "*" : "");
  if (verdict.comparison() != nullptr) {
    return {StatusText(check), ValueText(check, check.actual), ValueText(check, check.bound), limit,
            check.id};
  }
  return {std::string(Name(check.status)), HeadroomText(check),
          ValueText(check, check.bound.has_value() ? check.bound : check.actual), limit,
          check.metric};
}

void AppendPadded(absl::string_view cell, const Column& column, std::string& line) {
  const std::string padding(column.columns - Columns(cell), ' ');
  absl::StrAppend(&line, column.align == Align::kRight ? padding : "", cell,
                  column.align == Align::kLeft ? padding : "", kGap);
}

ShortNames NamesOfScenarios(const Verdict& verdict) {
  std::vector<std::string> names;
  names.reserve(verdict.scenarios.size());
  for (const Scenario& scenario : verdict.scenarios) names.push_back(scenario.name);
  return ShortNames(names);
}

// "and 12 more benchmarks pass; --all lists them".
std::string MoreLine(const std::vector<PlacedCheck>& rows, size_t shown) {
  const auto in_full =
      std::count_if(rows.begin() + static_cast<std::ptrdiff_t>(shown), rows.end(),
                    [](const PlacedCheck& row) { return IsShownInFull(*row.check); });
  const size_t more = rows.size() - shown;
  return absl::StrCat("and ", more, more == 1 ? " more benchmark" : " more benchmarks",
                      in_full > 0
                          ? absl::StrCat(", of which ", in_full, " have a check that is not a pass")
                          : std::string(more == 1 ? " passes" : " pass"),
                      "; --all lists them\n");
}

std::string LimitPhrase(const Check& check) {
  std::string phrase = absl::StrCat("limit ", LimitText(check));
  if (check.overridden.has_value()) {
    absl::StrAppend(&phrase, " (", check.overridden->source, "; the file says ",
                    check.overridden->original_text, ")");
  }
  return phrase;
}

// What the sample consists of.
absl::string_view SamplesName(const Check& check) {
  if (check.change() == nullptr) return "samples";
  return check.change()->method == Method::kProcesses ? "processes" : "pairs";
}

// "latency_p99_us 61.500 us; bound 58.000 us at 99.9 %; limit <= 50us; headroom 0.862x; ...".
std::string NumbersOf(const Check& check) {
  std::vector<std::string> numbers = {
      absl::StrCat(check.metric, " ",
                   check.actual.has_value() ? ValueText(check, check.actual) : "has no value")};
  if (check.bound.has_value()) {
    numbers.push_back(absl::StrCat(
        "bound ", ValueText(check, check.bound),
        check.confidence.has_value() ? absl::StrCat(" at ", ConfidenceText(check)) : ""));
  }
  numbers.push_back(LimitPhrase(check));
  if (check.headroom.has_value()) {
    numbers.push_back(absl::StrCat("headroom ", HeadroomText(check)));
  }
  if (check.samples.has_value()) {
    numbers.push_back(absl::StrCat(SamplesName(check), " ", SamplesText(check)));
  }
  return absl::StrJoin(numbers, "; ");
}

void AppendBlock(const PlacedCheck& placed, bool use_color, std::string& text) {
  const Check& check = *placed.check;
  const auto append = [&](absl::string_view sentence) {
    absl::StrAppend(&text, Wrapped(absl::StrCat(kBlockIndent, sentence), kBlockIndent));
  };
  const std::string status = StatusText(check);
  const std::string title = Wrapped(
      absl::StrCat(status, ": ", check.id, " on ", OneLine(placed.scenario->name)), kBlockIndent);
  absl::StrAppend(&text, InColor(check.status, status, use_color), title.substr(status.size()));
  append(NumbersOf(check));
  if (check.change() != nullptr && check.change()->lower.has_value()) {
    absl::StrAppend(&text, kBlockIndent, "interval: ", ChangeBar(check),
                    "  (: no change, ! limit)\n");
  }
  append(ReasonText(check));
  if (!check.why.empty()) append(absl::StrCat("why: ", check.why));
}

// "and 3 more checks that are not a pass (2 fail, 1 insufficient); --all lists them".
std::string MoreBlocksLine(const std::vector<PlacedCheck>& checks, size_t shown) {
  std::map<std::string, size_t> counts;
  for (size_t i = shown; i < checks.size(); ++i) ++counts[StatusText(*checks[i].check)];
  return absl::StrCat("and ", checks.size() - shown, " more checks that are not a pass (",
                      absl::StrJoin(counts, ", ",
                                    [](std::string* out, const auto& entry) {
                                      absl::StrAppend(out, entry.second, " ", entry.first);
                                    }),
                      "); --all lists them\n");
}

}  // namespace

std::string SummaryTable(const Verdict& verdict, size_t max_lines, bool use_color) {
  const std::vector<PlacedCheck> rows = WorstOfEach(verdict);
  const size_t shown = rows.size() + 1 <= max_lines ? rows.size() : max_lines - 2;
  std::vector<Column> columns = ColumnsOf(verdict);
  std::vector<Cells> cells;
  for (Column& column : columns) column.columns = column.title.size();
  size_t taken = 0;
  for (size_t row = 0; row < shown; ++row) {
    cells.push_back(CellsOf(verdict, *rows[row].check));
    for (size_t i = 0; i < columns.size(); ++i) {
      cells[row][i] = MiddleCut(OneLine(cells[row][i]), columns[i].max_columns);
      columns[i].columns = std::max(columns[i].columns, Columns(cells[row][i]));
    }
  }
  std::string text;
  for (const Column& column : columns) {
    AppendPadded(column.title, column, text);
    taken += column.columns + kGap.size();
  }
  absl::StrAppend(&text, "benchmark\n");
  const ShortNames names = NamesOfScenarios(verdict);
  for (size_t row = 0; row < shown; ++row) {
    std::string line;
    for (size_t i = 0; i < columns.size(); ++i) AppendPadded(cells[row][i], columns[i], line);
    // The state comes first: its colour begins with the line.
    const std::string& status = cells[row][0];
    absl::StrAppend(
        &text, InColor(rows[row].check->status, status, use_color), line.substr(status.size()),
        OneLine(names.Shorten(rows[row].scenario->name, kTerminalColumns - taken)), "\n");
  }
  if (shown < rows.size()) absl::StrAppend(&text, MoreLine(rows, shown));
  return text;
}

std::string FullBlocks(const Verdict& verdict, bool use_color) {
  const std::vector<PlacedCheck> checks = NotAPass(verdict);
  std::string text;
  for (size_t i = 0; i < checks.size() && i < kMaxBlocks; ++i) {
    AppendBlock(checks[i], use_color, text);
  }
  if (checks.size() > kMaxBlocks) absl::StrAppend(&text, MoreBlocksLine(checks, kMaxBlocks));
  return text;
}

}  // namespace slo::tools
