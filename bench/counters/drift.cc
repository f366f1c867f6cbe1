#include "bench/counters/drift.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "absl/algorithm/container.h"
#include "absl/base/macros.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/stats/dependent_mean.h"
#include "tools/lib/stats/trend.h"

namespace slo::bench {
namespace {

constexpr size_t kMinWindows = 10;

template <typename Get>
std::vector<double> ByWindow(absl::Span<const ScenarioWindow> windows, const Get& get) {
  std::vector<double> values;
  for (const ScenarioWindow& window : windows) values.push_back(get(window));
  return values;
}

void AddLimits(absl::string_view stem, absl::string_view unit,
               const std::optional<DriftLimits>& limits, Counters& counters) {
  if (!limits.has_value()) return;
  const std::string counter = absl::StrCat(stem, unit);
  counters[counter] = limits->estimate;
  counters[tools::BoundCounter(counter, tools::BoundSide::kLower)] = limits->lower;
  counters[tools::BoundCounter(counter, tools::BoundSide::kUpper)] = limits->upper;
}

using UsageMember = std::optional<int64_t> ProcessUsage::*;

bool IsKnown(absl::Span<const ScenarioWindow> windows, UsageMember member) {
  return !windows.empty() && absl::c_all_of(windows, [&](const ScenarioWindow& window) {
    return (window.usage.*member).has_value();
  });
}

void AddGrowth(absl::string_view stem, UsageMember member, absl::Span<const ScenarioWindow> windows,
               double confidence, Counters& counters) {
  if (!IsKnown(windows, member)) return;
  const std::vector<double> values = ByWindow(windows, [&](const ScenarioWindow& window) {
    return static_cast<double>(*(window.usage.*member));
  });
  AddLimits(stem, "_bytes", GrowthPerRun(values, windows, confidence), counters);
}

void AddDifference(absl::string_view name, UsageMember member,
                   absl::Span<const ScenarioWindow> windows, Counters& counters) {
  if (!IsKnown(windows, member)) return;
  counters[std::string(name)] =
      static_cast<double>(*(windows.back().usage.*member) - *(windows.front().usage.*member));
}

}  // namespace

std::optional<DriftLimits> DriftFactor(absl::Span<const double> by_window, double confidence) {
  if (by_window.size() < kMinWindows ||
      !absl::c_all_of(by_window, [](double value) { return value > 0; })) {
    return std::nullopt;
  }
  std::vector<double> logs;
  for (const double value : by_window) logs.push_back(std::log(value));
  const auto trend = stats::TrendOf(logs, confidence);
  if (!trend.has_value()) return std::nullopt;
  const auto steps = static_cast<double>(by_window.size() - 1);
  const auto factor = [&](double slope) { return std::exp(slope * steps); };
  return DriftLimits{.estimate = factor(trend->slope),
                     .lower = factor(trend->lower),
                     .upper = factor(trend->upper),
                     .p_increase = trend->p_increase};
}

std::optional<DriftLimits> GrowthPerRun(absl::Span<const double> by_window,
                                        absl::Span<const ScenarioWindow> windows,
                                        double confidence) {
  ABSL_HARDENING_ASSERT(by_window.size() == windows.size());
  if (by_window.size() < kMinWindows) return std::nullopt;
  double runs = 0;
  for (const ScenarioWindow& window : windows.subspan(1)) runs += static_cast<double>(window.runs);
  if (runs <= 0) return std::nullopt;
  const double per_run = (by_window.back() - by_window.front()) / runs;
  // A ratio of two means: its error is that of the mean of what is left of the increments.
  const double runs_per_window = runs / static_cast<double>(windows.size() - 1);
  std::vector<double> rest;
  for (size_t i = 1; i < windows.size(); ++i) {
    const double growth = by_window[i] - by_window[i - 1];
    rest.push_back((growth - per_run * static_cast<double>(windows[i].runs)) / runs_per_window);
  }
  const auto error = stats::DependentMean(rest, confidence);
  if (!error.has_value()) return std::nullopt;
  return DriftLimits{
      .estimate = per_run, .lower = per_run + error->lower, .upper = per_run + error->upper};
}

void AddSoakCounters(absl::Span<const ScenarioWindow> windows, double confidence,
                     Counters& counters) {
  counters[tools::kWindowsCount] = static_cast<double>(windows.size());
  const std::vector<double> p10 = ByWindow(windows, [](const ScenarioWindow& window) {
    return absl::ToDoubleMicroseconds(window.run_p10);
  });
  const std::optional<DriftLimits> drift = DriftFactor(p10, confidence);
  AddLimits("latency_drift_factor", "", drift, counters);
  AddLimits("latency_p99_drift_factor", "",
            DriftFactor(ByWindow(windows,
                                 [](const ScenarioWindow& window) {
                                   return absl::ToDoubleMicroseconds(window.run_p99);
                                 }),
                        confidence),
            counters);
  if (drift.has_value()) counters[tools::kRunTimeTrendPValue] = drift->p_increase;
  AddGrowth("heap_growth_per_run", &ProcessUsage::heap_bytes, windows, confidence, counters);
  AddGrowth("resident_growth_per_run", &ProcessUsage::resident_bytes, windows, confidence,
            counters);
  AddDifference("thread_growth_count", &ProcessUsage::threads, windows, counters);
  AddDifference("descriptor_growth_count", &ProcessUsage::descriptors, windows, counters);
}

}  // namespace slo::bench
