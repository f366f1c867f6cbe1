#include "tools/paired_bench/plan/collector.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace slo::paired {
namespace {

using tools::ChangeOutcome;
using tools::MetricPairs;

double ValueOf(const BenchmarkRun& run, const std::string& metric) {
  return run.row.Find(metric).value_or(std::numeric_limits<double>::quiet_NaN());
}

bool IsTime(double value) { return std::isfinite(value) && value > 0; }

void Record(const PairRun& run, CollectedComparison& comparison) {
  tools::MeasuredPairs& measured = comparison.measured;
  for (const std::string& metric : comparison.plan->recorded_metrics) {
    measured.metrics[metric].base.push_back(ValueOf(run.base, metric));
    measured.metrics[metric].candidate.push_back(ValueOf(run.candidate, metric));
  }
  measured.base_time_unit = run.base.row.time_unit;
  measured.candidate_time_unit = run.candidate.row.time_unit;
}

bool HasTimes(const PairRun& run, const std::string& metric) {
  return IsTime(ValueOf(run.base, metric)) && IsTime(ValueOf(run.candidate, metric));
}

CollectedComparison Unmeasured(const PlannedComparison& plan) {
  return {.plan = &plan, .measured = {.benchmark = plan.benchmark, .comparison = plan.comparison}};
}

// A quiet control has done its work when it was able to see: slowed by twice what is tolerated, it
// would have been found.
bool CouldSee(std::vector<double> log_ratios, double tolerance, const tools::ErrorPlan& plan) {
  for (double& ratio : log_ratios) ratio += std::log1p(2 * tolerance);
  const tools::PairedChange slowed = tools::EvaluatePairs(log_ratios, plan.share());
  return tools::DecideByPlan(slowed, tolerance, plan) == ChangeOutcome::kRegressed;
}

void Analyze(const CollectionPlan& plan, CollectedComparison& comparison) {
  const MetricPairs& metric = comparison.measured.metrics[comparison.plan->metric];
  const tools::ErrorPlan error_plan = plan.error_plan();
  const std::vector<double> ratios =
      tools::LogRatios(metric.base, metric.candidate, comparison.plan->better);
  const double tolerance = comparison.plan->tolerance;
  comparison.change = tools::EvaluatePairs(ratios, error_plan.share());
  comparison.outcome = tools::DecideByPlan(comparison.change, tolerance, error_plan);
  const bool is_decided = comparison.outcome != ChangeOutcome::kUndecided ||
                          (comparison.plan->comparison == tools::Comparison::kQuietControl &&
                           CouldSee(ratios, tolerance, error_plan));
  comparison.is_done = (plan.stops_when_decided && is_decided) ||
                       comparison.measured.pairs() >= plan.analyses.back();
}

class Collector {
 public:
  Collector(const CollectionPlan& plan, PairRunner& runner, const CollectorHooks& hooks)
      : plan_(plan), runner_(runner), hooks_(hooks) {
    for (const PlannedComparison& planned : plan.comparisons) {
      collection_.comparisons.push_back(Unmeasured(planned));
    }
  }

  Collection Run() && {
    for (const int64_t pairs : plan_.analyses) {
      if (!RunRound(pairs)) break;
      for (CollectedComparison& comparison : collection_.comparisons) {
        if (!comparison.is_done) Analyze(plan_, comparison);
      }
      hooks_.on_round(collection_);
    }
    // Those that were stopped in the middle of a round have an interval all the same.
    for (CollectedComparison& comparison : collection_.comparisons) {
      if (!comparison.is_done && comparison.measured.pairs() > 0) Analyze(plan_, comparison);
    }
    return std::move(collection_);
  }

 private:
  // False when there is no time for more, or the user wants to stop.
  bool RunRound(int64_t pairs) {
    bool any_is_short = true;
    while (any_is_short) {
      any_is_short = false;
      for (size_t i = 0; i < collection_.comparisons.size(); ++i) {
        CollectedComparison& comparison = collection_.comparisons[i];
        if (comparison.is_done || comparison.measured.pairs() >= pairs) continue;
        if (hooks_.is_out_of_time() || !RunPair(comparison)) return false;
        any_is_short = true;
        hooks_.on_pair(collection_, i);
      }
    }
    return std::any_of(collection_.comparisons.begin(), collection_.comparisons.end(),
                       [](const CollectedComparison& one) { return !one.is_done; });
  }

  bool RunPair(CollectedComparison& comparison) {
    const int64_t pair = comparison.measured.pairs();
    absl::StatusOr<PairRun> run = runner_.Run(
        comparison.plan->benchmark, comparison.plan->comparison, /*base_first=*/pair % 2 == 0);
    if (absl::IsCancelled(run.status())) {
      collection_.interrupted = true;
      return false;
    }
    if (!run.ok()) {
      std::string failure = absl::StrCat("pair ", pair + 1, ": ", run.status().message());
      if (TakeSpare(failure, comparison)) return true;
      comparison.measured.failures.push_back(std::move(failure));
      comparison.is_done = true;
      return true;
    }
    if (!HasTimes(*run, comparison.plan->metric)) {
      const std::string problem =
          absl::StrCat("pair ", pair + 1, ": ", comparison.plan->metric, " is no value above zero");
      if (TakeSpare(problem, comparison)) return true;
      // The gate will say what is wrong with it; more of the same adds nothing.
      comparison.is_done = true;
    }
    Record(*run, comparison);
    if (collection_.base_run.context.empty()) collection_.base_run = run->base;
    if (collection_.candidate_run.context.empty() &&
        comparison.plan->comparison == tools::Comparison::kChange) {
      collection_.candidate_run = run->candidate;
    }
    return true;
  }

  // Begins a control anew with a benchmark that was not a control yet. False: there is none.
  bool TakeSpare(const std::string& problem, CollectedComparison& comparison) {
    const tools::Comparison kind = comparison.plan->comparison;
    if (kind == tools::Comparison::kChange) return false;
    size_t& next = next_spare_[kind];
    while (next < plan_.spare_controls.size() && plan_.spare_controls[next].comparison != kind) {
      ++next;
    }
    if (next == plan_.spare_controls.size()) return false;
    const PlannedComparison& spare = plan_.spare_controls[next++];
    if (hooks_.on_note) {
      hooks_.on_note(absl::StrCat(Name(kind), " ", comparison.plan->benchmark, ", ", problem, "; ",
                                  spare.benchmark, " takes its place"));
    }
    comparison = Unmeasured(spare);
    return true;
  }

  const CollectionPlan& plan_;
  PairRunner& runner_;
  const CollectorHooks& hooks_;
  Collection collection_;
  std::map<tools::Comparison, size_t> next_spare_;
};

}  // namespace

std::vector<int64_t> PlanAnalyses(int64_t first, int64_t last) {
  std::vector<int64_t> analyses;
  for (int64_t pairs = first; pairs < last; pairs *= 2) analyses.push_back(pairs);
  analyses.push_back(last);
  return analyses;
}

tools::ErrorPlan CollectionPlan::error_plan() const {
  return {.error = error,
          .comparisons = static_cast<int64_t>(comparisons.size()),
          .analyses = static_cast<int64_t>(analyses.size())};
}

Collection Collect(const CollectionPlan& plan, PairRunner& runner, const CollectorHooks& hooks) {
  return Collector(plan, runner, hooks).Run();
}

}  // namespace slo::paired
