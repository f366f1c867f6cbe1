#include "tools/lib/text/nearest_name.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

#include "absl/strings/str_cat.h"

namespace slo::tools {
namespace {

// Longer words are not compared: the cost is quadratic, and nobody mistypes them.
constexpr size_t kMaxWord = 200;
constexpr size_t kSmallestAllowance = 2;

// Wagner and Fischer (1974), one row at a time.
size_t LevenshteinDistance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::optional<absl::string_view> NearestName(absl::string_view word,
                                             absl::Span<const absl::string_view> candidates) {
  if (word.size() > kMaxWord) return std::nullopt;
  std::optional<absl::string_view> nearest;
  size_t smallest = 0;
  for (const absl::string_view candidate : candidates) {
    const size_t allowed =
        std::max(kSmallestAllowance, std::max(word.size(), candidate.size()) / 3);
    const size_t distance = LevenshteinDistance(word, candidate);
    if (distance > allowed || (nearest.has_value() && distance >= smallest)) continue;
    nearest = candidate;
    smallest = distance;
  }
  return nearest;
}

std::string DidYouMean(absl::string_view word, absl::Span<const absl::string_view> candidates,
                       absl::string_view prefix) {
  const std::optional<absl::string_view> nearest = NearestName(word, candidates);
  return nearest.has_value() ? absl::StrCat("; did you mean ", prefix, *nearest, "?") : ";";
}

}  // namespace slo::tools
