#include "tools/slo_gate/objectives/judge_processes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/lib/results/counter_names.h"
#include "tools/lib/stats/dependence.h"
#include "tools/lib/stats/median.h"
#include "tools/lib/stats/order_statistics.h"
#include "tools/lib/stats/process_bounds.h"
#include "tools/slo_gate/objectives/judge_bounds.h"
#include "tools/slo_gate/objectives/judge_metric.h"
#include "tools/slo_gate/objectives/judge_ratio.h"
#include "tools/slo_gate/objectives/row_faults.h"

namespace slo::tools {
namespace {

// A value a process.
std::vector<double> ValuesOf(const BenchmarkRows& benchmark, const std::string& metric) {
  std::map<ProcessKey, std::vector<double>> by_process;
  for (const PlacedRow& placed : benchmark.rows) {
    by_process[ProcessOf(placed)].push_back(*placed.row->Find(metric));
  }
  std::vector<double> values;
  for (const auto& [process, of_process] : by_process) values.push_back(stats::Median(of_process));
  return values;
}

// The wider of two bounds that must both be there to show anything.
std::optional<double> Wider(std::optional<double> a, std::optional<double> b, bool is_upper) {
  if (!a.has_value() || !b.has_value()) return std::nullopt;
  return is_upper ? std::max(*a, *b) : std::min(*a, *b);
}

// On each side the widest of all rows' bounds; nothing where a row has none on that side.
Bounds WidestOfRows(const BenchmarkRows& benchmark, const Check& check) {
  Bounds widest = PublishedBounds(*benchmark.rows.front().row, check);
  for (const PlacedRow& placed : benchmark.rows) {
    const Bounds bounds = PublishedBounds(*placed.row, check);
    widest.for_pass = Wider(widest.for_pass, bounds.for_pass, IsMax(check));
    widest.for_fail = Wider(widest.for_fail, bounds.for_fail, !IsMax(check));
  }
  return widest;
}

template <typename Get>
std::optional<int64_t> SumOver(const BenchmarkRows& benchmark, const Get& get) {
  int64_t sum = 0;
  for (const PlacedRow& placed : benchmark.rows) {
    const std::optional<int64_t> count = get(*placed.row);
    if (!count.has_value()) return std::nullopt;
    sum += *count;
  }
  return sum;
}

// Whether what is rare within a process decides about the metric, so that the spread between few
// processes may show nothing of it.
bool HasRareEvents(const std::string& metric) {
  return QuantileOf(metric).has_value() || metric == kRunsPerSecond;
}

// How much more the failures of the processes differ than independent ones would; 0 without any.
double DispersionBetween(const std::vector<RatioSample>& samples, double proportion) {
  if (samples.size() < 2 || proportion <= 0 || proportion >= 1) return 0;
  double sum = 0;
  for (const RatioSample& sample : samples) {
    const auto trials = static_cast<double>(sample.trials);
    const double off = static_cast<double>(sample.successes) - trials * proportion;
    sum += off * off / (trials * proportion * (1 - proportion));
  }
  return sum / static_cast<double>(samples.size() - 1);
}

Decision JudgeRatioOfProcesses(const BenchmarkRows& benchmark, const RowContext& context,
                               Check& check) {
  std::vector<RatioSample> samples;
  for (const PlacedRow& placed : benchmark.rows) {
    const RatioSample sample = RatioSampleOf(*placed.row, context, check.metric);
    if (sample.trials > 0) samples.push_back(sample);
  }
  if (samples.empty()) return {CheckStatus::kInsufficient, Reason::kNoSamples};
  RatioSample all = {.trials = 0, .measured_worth = 0, .disturbed = samples.front().disturbed};
  for (const RatioSample& sample : samples) {
    all.trials += sample.trials;
    all.successes += sample.successes;
    all.measured_worth = sample.measured_worth.has_value() && all.measured_worth.has_value()
                             ? std::optional<int64_t>(*all.measured_worth + *sample.measured_worth)
                             : std::nullopt;
  }
  const double proportion = static_cast<double>(all.successes) / static_cast<double>(all.trials);
  check.actual = proportion;
  if (all.measured_worth.has_value() && samples.size() > 1) {
    const int64_t between =
        stats::EffectiveTrials(all.trials,
                               {.factor = DispersionBetween(samples, proportion),
                                .batches = static_cast<int64_t>(samples.size())},
                               /*disturbed=*/1, context.required);
    all.measured_worth = std::min(*all.measured_worth, between);
  }
  return JudgeRatio(all, context.required, check);
}

// Of a percentile, what the samples of all processes are worth and what they cannot exclude.
void SetSamples(const BenchmarkRows& benchmark, Check& check) {
  check.samples =
      SumOver(benchmark, [&](const ReportRow& row) { return SamplesOf(row, check.metric); });
  const std::string worth = EffectiveSamplesCounter(check.metric, PassSide(check));
  check.effective_samples =
      SumOver(benchmark, [&](const ReportRow& row) { return CountOf(row, worth); });
}

Decision JudgeRareEvents(const BenchmarkRows& benchmark, const Bounds& between,
                         const RowContext& context, Check& check) {
  SetSamples(benchmark, check);
  const Bounds within = WidestOfRows(benchmark, check);
  const Bounds both = {.for_pass = Wider(between.for_pass, within.for_pass, IsMax(check)),
                       .for_fail = Wider(between.for_fail, within.for_fail, !IsMax(check))};
  DetailOf(check).processes->bound_between = between.for_pass;
  DetailOf(check).processes->bound_within = within.for_pass;
  const Decision decision = JudgeBounds(both, context, check);
  const std::optional<double> quantile = QuantileOf(check.metric);
  if (!quantile.has_value()) return decision;
  const double side = IsMax(check) ? *quantile : 1 - *quantile;
  SetNotExcluded(side, check);
  if (!within.for_pass.has_value() && decision == kNeither) {
    DetailOf(check).lacks_bound = true;
    SetNeeded(Needed::Kind::kSamplesWithinLimit,
              stats::SmallestPassingSampleSize(side, context.required, 0), check);
  }
  return decision;
}

}  // namespace

int64_t ProcessCount(const BenchmarkRows& benchmark) {
  std::set<ProcessKey> processes;
  for (const PlacedRow& placed : benchmark.rows) processes.insert(ProcessOf(placed));
  return static_cast<int64_t>(processes.size());
}

int64_t ExpectedProcesses(const BenchmarkRows& benchmark) {
  int64_t expected = 1;
  for (const PlacedRow& placed : benchmark.rows) {
    if (placed.report->origin() != Origin::kOurs) continue;
    expected = std::max(expected, CountOf(*placed.row, kProcessesCount).value_or(1));
  }
  return expected;
}

bool AreProcesses(const BenchmarkRows& benchmark) {
  return std::all_of(
             benchmark.rows.begin(), benchmark.rows.end(),
             [](const PlacedRow& placed) { return placed.report->origin() == Origin::kOurs; }) &&
         ProcessCount(benchmark) >= kMinProcesses;
}

Decision JudgeProcesses(const BenchmarkRows& benchmark, const RowContext& context, Check& check) {
  for (const PlacedRow& placed : benchmark.rows) {
    const std::optional<Decision> unfit = WhyUnfit(*placed.row, context, check);
    if (unfit.has_value()) return *unfit;
  }
  const std::vector<double> values = ValuesOf(benchmark, check.metric);
  const auto [smallest, largest] = std::minmax_element(values.begin(), values.end());
  DetailOf(check).processes = ProcessSpread{.count = static_cast<int64_t>(values.size()),
                                            .smallest = *smallest,
                                            .largest = *largest,
                                            .expected = ExpectedProcesses(benchmark)};
  if (check.type.kind == MetricKind::kRatio && TrialsCounterOf(check.metric).has_value() &&
      SamplesOf(*benchmark.rows.front().row, check.metric).has_value()) {
    return JudgeRatioOfProcesses(benchmark, context, check);
  }
  const auto spread = stats::ProcessBounds(values, context.required);
  check.actual = spread->mean;
  const Bounds between = BoundsFor(check, spread->lower, spread->upper);
  if (HasRareEvents(check.metric)) return JudgeRareEvents(benchmark, between, context, check);
  check.confidence = context.required;
  return DecideByBounds(between, check);
}

Decision JudgeGuardOfProcesses(const BenchmarkRows& benchmark, const RowContext& context,
                               Check& check) {
  double sum = 0;
  for (const PlacedRow& placed : benchmark.rows) {
    const std::optional<Decision> unfit = WhyUnfit(*placed.row, context, check);
    if (unfit.has_value()) return *unfit;
    sum += *check.actual;
  }
  check.actual = sum / static_cast<double>(benchmark.rows.size());
  return DecideByPoint(/*point=*/true, check);
}

}  // namespace slo::tools
