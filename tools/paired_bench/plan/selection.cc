#include "tools/paired_bench/plan/selection.h"

#include <algorithm>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/lib/text/nearest_name.h"

namespace slo::paired {
namespace {

using tools::Comparison;

constexpr int64_t kFirstAnalysis = 16;
constexpr int64_t kLastAnalysis = 1'024;
constexpr size_t kShownNames = 5;

auto Count(const std::vector<std::string>& names, const std::string& name) {
  return std::count(names.begin(), names.end(), name);
}

// The names of either, once each, in the order of the base and then of the candidate.
std::vector<std::string> Union(const std::vector<std::string>& base,
                               const std::vector<std::string>& candidate) {
  std::vector<std::string> names;
  for (const auto* side : {&base, &candidate}) {
    for (const std::string& name : *side) {
      if (Count(names, name) == 0) names.push_back(name);
    }
  }
  return names;
}

std::string SomeOf(const std::vector<std::string>& names) {
  const size_t shown = std::min(names.size(), kShownNames);
  return absl::StrCat(
      absl::StrJoin(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "),
      shown < names.size() ? absl::StrCat(" and ", names.size() - shown, " more") : "");
}

// What keeps a benchmark from being measured; nothing for most.
std::optional<tools::MeasuredPairs> NotMeasurable(const std::string& name, int64_t in_base,
                                                  int64_t in_candidate) {
  tools::MeasuredPairs entry = {
      .benchmark = name, .in_base = in_base > 0, .in_candidate = in_candidate > 0};
  for (const auto& [side, count] : {std::pair("base", in_base), {"candidate", in_candidate}}) {
    if (count > 1) {
      entry.failures.push_back(absl::StrCat(side, ": lists it ", count, " times"));
    }
  }
  if (in_base == 1 && in_candidate == 1) return std::nullopt;
  return entry;
}

PlannedComparison Plan(const std::string& benchmark, Comparison comparison,
                       const PairedOptions& options, const tools::RegressionLimits& limits) {
  PlannedComparison planned = {.benchmark = benchmark, .comparison = comparison};
  planned.metrics = MetricsOf(limits, options.against, benchmark);
  planned.recorded_metrics = {"cpu_time", "real_time"};
  for (const PlannedMetric& metric : planned.metrics) planned.recorded_metrics.insert(metric.name);
  return planned;
}

absl::Status SetControl(const PairedOptions& options, Selection& selection) {
  if (options.control.empty()) {
    if (!selection.measurable.empty()) selection.control = selection.measurable.front();
    return absl::OkStatus();
  }
  selection.control = options.control;
  if (Count(selection.measurable, options.control) > 0) return absl::OkStatus();
  const std::vector<absl::string_view> names(selection.measurable.begin(),
                                             selection.measurable.end());
  return absl::InvalidArgumentError(absl::StrCat(
      "--control=", options.control, ": expected a benchmark that is selected and on both sides",
      tools::DidYouMean(options.control, names), " there are: ", SomeOf(selection.measurable)));
}

}  // namespace

absl::StatusOr<Selection> Select(const PairedOptions& options, const std::vector<std::string>& base,
                                 const std::vector<std::string>& candidate) {
  const std::vector<std::string> all = Union(base, candidate);
  Selection selection;
  for (const std::string& name : all) {
    if (!options.filter.Matches(name)) {
      selection.not_selected.push_back(name);
      continue;
    }
    selection.selected.push_back(name);
    auto entry = NotMeasurable(name, Count(base, name), Count(candidate, name));
    if (entry.has_value()) {
      selection.not_measurable.push_back(*std::move(entry));
    } else {
      selection.measurable.push_back(name);
    }
  }
  if (selection.selected.empty()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--filter=", options.filter_text, ": matches none of the benchmarks: ", SomeOf(all)));
  }
  const absl::Status status = SetControl(options, selection);
  if (!status.ok()) return status;
  return selection;
}

std::vector<PlannedMetric> MetricsOf(const tools::RegressionLimits& limits, tools::Against against,
                                     const std::string& benchmark) {
  std::vector<PlannedMetric> metrics;
  for (const tools::Tolerance* tolerance : tools::TolerancesOf(limits, benchmark)) {
    metrics.push_back({.name = tolerance->metric,
                       .better = tolerance->better,
                       .tolerance = tools::AllowanceFor(*tolerance, against).value});
  }
  if (metrics.empty()) metrics.push_back({});
  return metrics;
}

CollectionPlan MakePlan(const PairedOptions& options, const Selection& selection,
                        const tools::RegressionLimits& limits) {
  CollectionPlan plan = {
      .analyses = PlanAnalyses(kFirstAnalysis, options.pairs.value_or(kLastAnalysis)),
      .error = 1 - limits.confidence,
      .stops_when_decided = !options.pairs.has_value()};
  const auto add = [&](const std::string& benchmark, Comparison comparison) {
    plan.comparisons.push_back(Plan(benchmark, comparison, options, limits));
  };
  if (!selection.control.empty()) {
    add(selection.control, Comparison::kQuietControl);
    if (options.slowed_env.has_value()) add(selection.control, Comparison::kSlowedControl);
  }
  for (const std::string& benchmark : selection.measurable) add(benchmark, Comparison::kChange);
  for (const std::string& spare : selection.spare_controls) {
    plan.spare_controls.push_back(Plan(spare, Comparison::kQuietControl, options, limits));
    if (!options.slowed_env.has_value()) continue;
    plan.spare_controls.push_back(Plan(spare, Comparison::kSlowedControl, options, limits));
  }
  plan.analyses = tools::DecidingAnalyses(plan.analyses, plan.error, plan.family());
  return plan;
}

}  // namespace slo::paired
