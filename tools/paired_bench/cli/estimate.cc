#include "tools/paired_bench/cli/estimate.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace slo::paired {
namespace {

std::string About(absl::Duration time) {
  const double seconds = absl::ToDoubleSeconds(time);
  if (seconds < 120) return absl::StrFormat("%.*f s", seconds < 10 ? 1 : 0, seconds);
  if (seconds < 7'200) return absl::StrFormat("%.0f min", seconds / 60);
  return absl::StrFormat("%.1f h", seconds / 3'600);
}

// Of a pair of each comparison.
absl::Duration RoundTime(const CollectionPlan& plan,
                         const std::map<std::string, absl::Duration>& pair_times) {
  absl::Duration all;
  for (const auto& [benchmark, time] : pair_times) all += time;
  const absl::Duration mean = all / static_cast<int64_t>(pair_times.size());
  absl::Duration round;
  for (const PlannedComparison& planned : plan.comparisons) {
    const auto found = pair_times.find(planned.benchmark);
    round += found != pair_times.end() ? found->second : mean;
  }
  return round;
}

}  // namespace

std::string EstimateText(const CollectionPlan& plan,
                         const std::map<std::string, absl::Duration>& pair_times,
                         absl::Duration budget) {
  if (pair_times.empty() || plan.comparisons.empty() || plan.analyses.empty()) return "";
  const absl::Duration round = RoundTime(plan, pair_times);
  const auto until = [&](int64_t pairs) {
    return absl::StrCat(pairs, " pairs each, after about ", About(round * pairs));
  };
  const int64_t first = plan.stops_when_decided ? plan.analyses.front() : plan.analyses.back();
  std::string text = absl::StrCat(plan.comparisons.size(), " comparisons; ");
  if (first == plan.analyses.back()) {
    absl::StrAppend(&text, until(first));
  } else {
    absl::StrAppend(&text, "the first decisions at ", until(first), "; the last at ",
                    until(plan.analyses.back()));
  }
  absl::StrAppend(&text, "; the budget is ", absl::FormatDuration(budget));
  if (round * first <= budget) return text;
  const int64_t enough = absl::ToInt64Seconds(round * first * 1.2) + 1;
  return absl::StrCat(text, ", which is too little: --budget=", enough,
                      "s, or fewer benchmarks by --filter");
}

}  // namespace slo::paired
