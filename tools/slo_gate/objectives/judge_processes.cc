#include "tools/slo_gate/objectives/judge_processes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/throughput_counters.h"
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

// How long the processes drove runs, by their rates; nothing where a row does not say.
std::optional<double> SecondsOf(const BenchmarkRows& benchmark) {
  double seconds = 0;
  for (const PlacedRow& placed : benchmark.rows) {
    const std::optional<double> ratio = placed.row->Find(kSuccessRatio);
    const std::optional<double> trials = placed.row->Find(kSuccessTrialsCount);
    const std::optional<double> rate = placed.row->Find(kRunsPerSecond);
    if (!ratio.has_value() || !trials.has_value() || !(rate.value_or(0) > 0)) return std::nullopt;
    seconds += *ratio * *trials / *rate;
  }
  return seconds > 0 ? std::optional<double>(seconds) : std::nullopt;
}

// A rate, less what disturbances would take that are so rare that all processes missed them by
// chance.
Decision JudgeThroughput(const BenchmarkRows& benchmark, stats::MeanInterval spread,
                         const RowContext& context, Check& check) {
  const std::optional<double> seconds = SecondsOf(benchmark);
  if (!seconds.has_value()) {
    DetailOf(check).fields = {kSuccessRatio, kSuccessTrialsCount};
    return {CheckStatus::kInsufficient, Reason::kLacksCounter};
  }
  double longest = context.allowed.seconds;
  if (context.declared.has_value()) longest = std::max(longest, context.declared->seconds);
  spread.lower *= *seconds / (*seconds + UnseenSeconds(context.required, longest));
  check.confidence = context.required;
  return DecideByBounds(BoundsFor(check, spread.lower, spread.upper), check);
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

// As one row is, but for the bounds of what is judged by the spread between the processes: whether
// one process has windows enough for its own does not matter.
std::optional<Decision> WhyUnfitOfProcesses(const ReportRow& row, const RowContext& context,
                                            Check& check) {
  const std::optional<Decision> unfit = WhyUnfit(row, context, check);
  if (!unfit.has_value() || unfit->reason != Reason::kLacksCounter) return unfit;
  std::vector<std::string>& fields = DetailOf(check).fields;
  const std::string bound = BoundCounter(check.metric, BoundSide::kLower);
  if (HasBounds(check.metric) && fields == std::vector<std::string>{bound}) {
    fields.clear();
    return std::nullopt;
  }
  return unfit;
}

Decision JudgeRatioOfProcesses(const BenchmarkRows& benchmark, const RowContext& context,
                               Check& check) {
  std::vector<RatioSample> samples;
  for (const PlacedRow& placed : benchmark.rows) {
    const RatioSample sample = RatioSampleOf(*placed.row, context, check.metric);
    if (sample.trials > 0) samples.push_back(sample);
  }
  if (samples.empty()) return {CheckStatus::kInsufficient, Reason::kNoSamples};
  RatioSample all = {.trials = 0, .disturbed = samples.front().disturbed};
  for (const RatioSample& sample : samples) {
    all.trials += sample.trials;
    all.successes += sample.successes;
  }
  const double proportion = static_cast<double>(all.successes) / static_cast<double>(all.trials);
  check.actual = proportion;
  if (all.trials >= stats::kMinDependenceSamples && samples.size() > 1) {
    all.dispersion = {.factor = DispersionBetween(samples, proportion),
                      .batches = static_cast<int64_t>(samples.size())};
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

// What is rare within a process decides about a percentile, and the spread between few processes
// may show nothing of it.
Decision JudgePercentileOfProcesses(const BenchmarkRows& benchmark, const Bounds& between,
                                    const RowContext& context, Check& check) {
  SetSamples(benchmark, check);
  const double quantile = *QuantileOf(check.metric);
  const double side = IsMax(check) ? quantile : 1 - quantile;
  const int64_t fewest = stats::SmallestPassingSampleSize(side, context.required, 0);
  Bounds within = WidestOfRows(benchmark, check);
  // Shares of a sample that is too small show nothing.
  if (check.effective_samples.value_or(0) < fewest) within.for_pass.reset();
  const Bounds both = {.for_pass = Wider(between.for_pass, within.for_pass, IsMax(check)),
                       .for_fail = Wider(between.for_fail, within.for_fail, !IsMax(check))};
  DetailOf(check).processes->bound_between = between.for_pass;
  DetailOf(check).processes->bound_within = within.for_pass;
  const Decision decision = JudgeBounds(both, context, check);
  SetNotExcluded(side, check);
  if (!within.for_pass.has_value() && decision == kNeither) {
    const auto worth =
        static_cast<double>(std::max<int64_t>(check.effective_samples.value_or(0), 1));
    const double scale = static_cast<double>(check.samples.value_or(0)) / worth;
    DetailOf(check).lacks_bound = !check.effective_samples.has_value();
    SetNeeded(Needed::Kind::kSamplesWithinLimit,
              static_cast<int64_t>(std::ceil(static_cast<double>(fewest) * scale)), check);
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
  if (ExpectedProcesses(benchmark) > 1) return true;
  return std::all_of(
             benchmark.rows.begin(), benchmark.rows.end(),
             [](const PlacedRow& placed) { return placed.report->origin() == Origin::kOurs; }) &&
         ProcessCount(benchmark) >= kMinProcesses;
}

Decision JudgeProcesses(const BenchmarkRows& benchmark, const RowContext& context, Check& check) {
  for (const PlacedRow& placed : benchmark.rows) {
    const std::optional<Decision> unfit = WhyUnfitOfProcesses(*placed.row, context, check);
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
  if (check.metric == kRunsPerSecond) return JudgeThroughput(benchmark, *spread, context, check);
  if (QuantileOf(check.metric).has_value() && SamplesCounterOf(check.metric).has_value()) {
    return JudgePercentileOfProcesses(benchmark, between, context, check);
  }
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
