// Rows of the tables on the page, and how much the page takes of them.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_MARKDOWN_ROWS_H_
#define SLO_TOOLS_SLO_GATE_RENDER_MARKDOWN_ROWS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {

inline constexpr size_t kUnlimited = static_cast<size_t>(-1);

// What a page of very many checks shows of them; what is left out is counted.
struct PageLimits {
  size_t not_a_pass;          // checks
  size_t benchmarks;          // in the tables of the families
  size_t folded;              // checks
  size_t bytes = kUnlimited;  // of the page
};

// Nobody reads more, and a comment on GitHub takes 65,536 characters.
inline constexpr PageLimits kReadablePage = {
    .not_a_pass = 200, .benchmarks = 200, .folded = 500, .bytes = 60'000};
// GitHub takes no more than 1 MiB of a step.
inline constexpr PageLimits kStepSummaryPage = {kUnlimited, kUnlimited, kUnlimited, 900'000};
inline constexpr PageLimits kWholePage = {kUnlimited, kUnlimited, kUnlimited, kUnlimited};

// On a page of limited bytes a name that is longer loses its middle, and so does a sentence.
inline constexpr size_t kMaxCellColumns = 200;
inline constexpr size_t kMaxSentenceColumns = 600;

// The text as a cell of such a page.
std::string PageCell(absl::string_view text, const PageLimits& limits);
std::string PageSentence(absl::string_view text, const PageLimits& limits);

// The line that counts what is left out, and what folds a section.
inline constexpr size_t kMoreBytes = 200;

// What is left of a part of the page.
class ByteBudget {
 public:
  explicit ByteBudget(size_t bytes) : left_(bytes) {}

  // Whether so much still fits; takes it then.
  bool Take(size_t bytes) {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }

 private:
  size_t left_;
};

using MarkdownRow = std::vector<std::string>;

std::string TableRow(const MarkdownRow& cells);
std::string TableHead(const MarkdownRow& titles);
MarkdownRow Joined(MarkdownRow first, const MarkdownRow& second);

// What a table says of a check behind its name, and the titles of that.
MarkdownRow NumberTitles(bool is_change);
MarkdownRow NumberCells(const Check& check, const PageLimits& limits);

MarkdownRow CheckTitles(bool is_change);
MarkdownRow CheckCells(const PlacedCheck& placed, const PageLimits& limits);
// A benchmark of which the page shows its worst check further up.
MarkdownRow PointerCells(const PlacedCheck& placed, bool is_change, const PageLimits& limits);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_MARKDOWN_ROWS_H_
