#include "tools/paired_bench/cli/pairs_progress.h"

#include <algorithm>
#include <ostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/lib/text/percent.h"

namespace slo::paired {
namespace {

constexpr size_t kWidth = 100;
constexpr size_t kNameWidth = 38;
constexpr absl::Duration kBetweenLines = absl::Milliseconds(100);

// The end of a name says more than its beginning.
std::string Shortened(const std::string& name) {
  if (name.size() <= kNameWidth) return name;
  return absl::StrCat("...", name.substr(name.size() - kNameWidth + 3));
}

std::string Title(const CollectedComparison& comparison) {
  const auto kind = comparison.plan->comparison;
  return kind == tools::Comparison::kChange
             ? comparison.plan->benchmark
             : absl::StrCat(Name(kind), " ", comparison.plan->benchmark);
}

std::string StateOf(const CollectedComparison& comparison) {
  if (!comparison.measured.failures.empty()) return comparison.measured.failures.back();
  return std::string(Name(comparison.outcome));
}

}  // namespace

std::string IntervalText(const tools::PairedChange& change) {
  if (change.pairs == 0) return "-";
  const std::string estimate = tools::ChangeText(change.change);
  if (!change.interval.has_value()) return estimate;
  return absl::StrCat(estimate, " [", tools::ChangeText(change.interval->lower), ", ",
                      tools::ChangeText(change.interval->upper), "]");
}

std::string StatusLine(const Collection& collection, size_t current, absl::Duration left) {
  const auto done = std::count_if(collection.comparisons.begin(), collection.comparisons.end(),
                                  [](const CollectedComparison& one) { return one.is_done; });
  const CollectedComparison& now = collection.comparisons[current];
  const std::string line =
      absl::StrCat(done, " of ", collection.comparisons.size(), " done | ", Shortened(Title(now)),
                   ": ", now.measured.pairs(), " pairs, ", IntervalText(now.change), " | ",
                   absl::ToInt64Seconds(std::max(left, absl::ZeroDuration())), "s left");
  return line.substr(0, kWidth);
}

std::string CollectionSummary(const Collection& collection) {
  std::string text;
  for (const CollectedComparison& one : collection.comparisons) {
    absl::StrAppendFormat(&text, "%-10s %5d pairs  %-32s  %s\n",
                          one.measured.failures.empty() ? StateOf(one) : "failed",
                          one.measured.pairs(), IntervalText(one.change), Title(one));
  }
  return text;
}

void PairsProgress::Show(const Collection& collection, size_t current, absl::Duration left,
                         absl::Time now) {
  if (!is_terminal_ || now < next_) return;
  next_ = now + kBetweenLines;
  out_ << "\r\x1b[K" << StatusLine(collection, current, left) << std::flush;
}

void PairsProgress::Clear() {
  if (is_terminal_) out_ << "\r\x1b[K" << std::flush;
}

}  // namespace slo::paired
