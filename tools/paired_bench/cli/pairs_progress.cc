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

// What keeps the comparison from being done, or would be the news of it: the metric with the most
// severe outcome.
const tools::PairedChange& ChangeToShow(const CollectedComparison& comparison) {
  return std::max_element(
             comparison.findings.begin(), comparison.findings.end(),
             [](const MetricFinding& a, const MetricFinding& b) { return a.outcome < b.outcome; })
      ->change;
}

std::string SummaryLine(const CollectedComparison& one, absl::string_view state,
                        const MetricFinding& finding, absl::string_view metric) {
  return absl::StrFormat("%-10s %5d pairs  %-32s  %s  %s\n", state, one.measured.pairs(),
                         IntervalText(finding.change), Title(one), metric);
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
                   ": ", now.measured.pairs(), " pairs, ", IntervalText(ChangeToShow(now)), " | ",
                   absl::ToInt64Seconds(std::max(left, absl::ZeroDuration())), "s left");
  return line.substr(0, kWidth);
}

std::string CollectionSummary(const Collection& collection) {
  std::string text;
  for (const CollectedComparison& one : collection.comparisons) {
    for (size_t i = 0; i < one.findings.size(); ++i) {
      const bool has_failed = !one.measured.failures.empty();
      absl::StrAppend(&text, SummaryLine(one, has_failed ? "failed" : Name(one.findings[i].outcome),
                                         one.findings[i], one.plan->metrics[i].name));
      if (has_failed) break;
    }
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
