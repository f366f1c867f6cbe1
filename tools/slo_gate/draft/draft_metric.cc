#include "tools/slo_gate/draft/draft_metric.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/results/counter_names.h"
#include "tools/slo_gate/objectives/judge_metric.h"
#include "tools/slo_gate/objectives/judge_sample.h"
#include "tools/slo_gate/objectives/limit_text.h"
#include "tools/slo_gate/objectives/row_faults.h"

namespace slo::tools {
namespace {

using nlohmann::ordered_json;

// A bound that the row publishes counts for the value.
double ValueOf(const PlacedRow& placed, const DraftMetric& metric) {
  const double value = *placed.row->Find(metric.name);
  if (placed.report->origin() != Origin::kOurs) return value;
  const bool is_max = metric.looseness.is_max;
  const std::optional<double> bound =
      placed.row->Find(BoundCounter(metric.name, is_max ? BoundSide::kUpper : BoundSide::kLower));
  if (!bound.has_value() || !std::isfinite(*bound)) return value;
  return is_max ? std::max(value, *bound) : std::min(value, *bound);
}

ordered_json NumberOf(double value) {
  constexpr double kMaxWhole = 1e15;
  const bool is_whole = std::abs(value) < kMaxWhole && value == std::trunc(value);
  return is_whole ? ordered_json(static_cast<int64_t>(value)) : ordered_json(value);
}

}  // namespace

DraftMetric DraftMetricOf(const std::string& name, Origin origin, double headroom,
                          bool is_larger_better) {
  const absl::StatusOr<MetricDeclaration> declared = Declare(name, "");
  const MetricType type =
      declared.ok() && declared->type.has_value() ? *declared->type : TypeOf(name, origin);
  const bool is_min = type.kind == MetricKind::kRate || is_larger_better ||
                      (origin == Origin::kOurs && name == kSuccessRatio);
  return {.name = name, .type = type, .looseness = {.headroom = headroom, .is_max = !is_min}};
}

std::optional<Unfit> WhyUndraftable(const BenchmarkRows& benchmark, const DraftMetric& metric) {
  if (benchmark.rows.empty()) {
    return Unfit("aggregates",
                 "only aggregate rows are there; run without --benchmark_report_aggregates_only");
  }
  for (const PlacedRow& placed : benchmark.rows) {
    if (placed.row->error.has_value()) {
      return Unfit("error", absl::StrCat("a row failed: ", *placed.row->error));
    }
    const std::optional<double> value = placed.row->Find(metric.name);
    if (!value.has_value()) return Unfit("absent", "not every row has it");
    if (!std::isfinite(*value)) return Unfit("not_finite", "it is not a number");
    if (metric.type.kind == MetricKind::kTime && *value <= 0) {
      return Unfit("no_time", "it is not above zero");
    }
  }
  return std::nullopt;
}

Extreme ExtremeOf(const DraftGroup& group, const DraftMetric& metric) {
  Extreme extreme;
  for (const BenchmarkRows* benchmark : group.benchmarks) {
    for (const PlacedRow& placed : benchmark->rows) {
      const double value = ValueOf(placed, metric);
      const bool is_first = extreme.rows++ == 0;
      if (is_first || (metric.looseness.is_max ? value > extreme.value : value < extreme.value)) {
        extreme.value = value;
      }
      const std::optional<std::string> counter = TrialsCounterOf(metric.name);
      const std::optional<int64_t> trials =
          counter.has_value() ? CountOf(*placed.row, *counter) : std::nullopt;
      if (!trials.has_value()) continue;
      const auto count = static_cast<double>(*trials);
      extreme.trials = extreme.trials == 0 ? count : std::min(extreme.trials, count);
    }
  }
  return extreme;
}

ordered_json DraftedLimit(const Extreme& extreme, const DraftMetric& metric) {
  if (metric.type.kind == MetricKind::kTime) {
    return LooseDuration(extreme.value, metric.type.per_second, metric.looseness);
  }
  if (metric.type.kind == MetricKind::kRatio && extreme.trials > 0) {
    return NumberOf(LooseRatio(extreme.value, extreme.trials, metric.looseness));
  }
  return NumberOf(LooseNumber(extreme.value, metric.looseness));
}

bool HasMedian(const DraftGroup& group, const DraftMetric& metric) {
  return std::all_of(group.benchmarks.begin(), group.benchmarks.end(),
                     [&](const BenchmarkRows* benchmark) {
                       const PlacedRow& first = benchmark->rows.front();
                       return SampleSize(*benchmark) >= kMinSampleRows &&
                              !CarriesConfidence(metric.name, first.report->origin());
                     });
}

}  // namespace slo::tools
