#include "bench/counters/drift.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "absl/algorithm/container.h"
#include "absl/base/macros.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/stats/dependent_mean.h"
#include "tools/lib/stats/trend.h"

namespace slo::bench {
namespace {

constexpr size_t kMinWindows = 10;
// A line fits clearly better than equal factors when it is closer by this.
constexpr double kClearlyBetter = 0.75;

template <typename Get>
std::vector<double> ByWindow(absl::Span<const ScenarioWindow> windows, const Get& get) {
  std::vector<double> values;
  for (const ScenarioWindow& window : windows) values.push_back(get(window));
  return values;
}

// How far the values are from a fitted line or curve, in logarithms; without a bound where that is
// not above zero. `fit` has the level so many steps from the middle.
template <typename Fit>
double MisfitOf(const Fit& fit, absl::Span<const double> by_window) {
  double sum = 0;
  for (size_t i = 0; i < by_window.size(); ++i) {
    const double level =
        fit(static_cast<double>(i) - static_cast<double>(by_window.size() - 1) / 2);
    sum += level > 0 ? std::abs(std::log(by_window[i] / level))
                     : std::numeric_limits<double>::infinity();
  }
  return sum;
}

// `factor` turns a slope into what it makes of the first window's value.
template <typename Factor>
DriftLimits LimitsOf(const stats::Trend& trend, const Factor& factor) {
  return {.estimate = factor(trend.slope),
          .lower = factor(trend.lower),
          .upper = factor(trend.upper),
          .p_increase = trend.p_increase};
}

void AddLimits(absl::string_view stem, absl::string_view unit,
               const std::optional<DriftLimits>& limits, Counters& counters) {
  if (!limits.has_value()) return;
  const std::string counter = absl::StrCat(stem, unit);
  counters[counter] = limits->estimate;
  counters[tools::BoundCounter(counter, tools::BoundSide::kLower)] = limits->lower;
  if (std::isfinite(limits->upper)) {
    counters[tools::BoundCounter(counter, tools::BoundSide::kUpper)] = limits->upper;
  }
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
  const auto by_factors = stats::TrendOf(logs, confidence);
  const auto by_steps = stats::TrendOf(by_window, confidence);
  if (!by_factors.has_value() || !by_steps.has_value()) return std::nullopt;
  const double half = static_cast<double>(by_window.size() - 1) / 2;
  const auto curve = [&](double step) {
    return std::exp(by_factors->middle + by_factors->slope * step);
  };
  const auto line = [&](double step) { return by_steps->middle + by_steps->slope * step; };
  if (MisfitOf(line, by_window) > kClearlyBetter * MisfitOf(curve, by_window)) {
    const auto factor = [&](double slope) { return std::exp(2 * slope * half); };
    return LimitsOf(*by_factors, factor);
  }
  const auto factor = [&](double slope) {
    const double first = by_steps->middle - slope * half;
    const double last = std::max(by_steps->middle + slope * half, 0.0);
    return first > 0 ? last / first : std::numeric_limits<double>::infinity();
  };
  return LimitsOf(*by_steps, factor);
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
