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

void Record(const PairRun& run, CollectedComparison& comparison) {
  tools::MeasuredPairs& measured = comparison.measured;
  for (const std::string& metric : comparison.plan->recorded_metrics) {
    measured.metrics[metric].base.push_back(ValueOf(run.base, metric));
    measured.metrics[metric].candidate.push_back(ValueOf(run.candidate, metric));
  }
  measured.base_time_unit = run.base.row.time_unit;
  measured.candidate_time_unit = run.candidate.row.time_unit;
}

// The first metric that has no value above zero on both sides; null when all have.
const PlannedMetric* WithoutValues(const PairRun& run, const PlannedComparison& plan) {
  const auto found =
      std::find_if(plan.metrics.begin(), plan.metrics.end(), [&](const PlannedMetric& metric) {
        return !HasValueAboveZero(run.base, metric.name) ||
               !HasValueAboveZero(run.candidate, metric.name);
      });
  return found != plan.metrics.end() ? &*found : nullptr;
}

// Whether a quiet control was able to see: slowed by twice what is tolerated, it would have been
// found.
bool CouldSee(std::vector<double> log_ratios, double tolerance, const tools::ErrorPlan& plan) {
  for (double& ratio : log_ratios) ratio += std::log1p(2 * tolerance);
  const tools::PairedChange slowed = tools::EvaluatePairs(log_ratios, plan.share());
  return tools::DecideByPlan(slowed, tolerance, plan) == ChangeOutcome::kRegressed;
}

// Whether more pairs could change nothing that matters about the metric.
bool IsDecided(const MetricFinding& finding, bool is_quiet_control,
               const std::vector<double>& log_ratios, double tolerance,
               const tools::ErrorPlan& plan) {
  if (finding.outcome == ChangeOutcome::kUndecided) return false;
  return !is_quiet_control || finding.outcome != ChangeOutcome::kOk ||
         CouldSee(log_ratios, tolerance, plan);
}

void Analyze(const CollectionPlan& plan, CollectedComparison& comparison) {
  const PlannedComparison& planned = *comparison.plan;
  const tools::ErrorPlan error_plan = plan.error_plan();
  const bool is_quiet_control = planned.comparison == tools::Comparison::kQuietControl;
  bool are_all_decided = true;
  bool has_regressed = false;
  for (size_t i = 0; i < planned.metrics.size(); ++i) {
    const PlannedMetric& metric = planned.metrics[i];
    const MetricPairs& values = comparison.measured.metrics[metric.name];
    std::vector<double> ratios = tools::LogRatios(values.base, values.candidate, metric.better);
    ratios.resize(
        static_cast<size_t>(tools::PairsToJudge(plan.analyses, comparison.measured.pairs())));
    MetricFinding& finding = comparison.findings[i];
    finding.change = tools::EvaluatePairs(ratios, error_plan.share());
    finding.outcome = tools::DecideByPlan(finding.change, metric.tolerance, error_plan);
    has_regressed = has_regressed || finding.outcome == ChangeOutcome::kRegressed;
    are_all_decided = are_all_decided &&
                      IsDecided(finding, is_quiet_control, ratios, metric.tolerance, error_plan);
  }
  // One metric that regressed is enough for a change; a control must show all.
  const bool is_decided =
      are_all_decided || (has_regressed && planned.comparison == tools::Comparison::kChange);
  comparison.is_done = (plan.stops_when_decided && is_decided) ||
                       comparison.measured.pairs() >= plan.analyses.back();
}

class Collector {
 public:
  Collector(const CollectionPlan& plan, PairRunner& runner, const CollectorHooks& hooks)
      : plan_(plan), runner_(runner), hooks_(hooks) {
    for (const PlannedComparison& planned : plan.comparisons) {
      collection_.comparisons.push_back(Unmeasured(planned));
      TakeMeasured(collection_.comparisons.back());
    }
  }

  Collection Run() && {
    for (const int64_t pairs : plan_.analyses) {
      if (!RunRound(pairs)) break;
      for (CollectedComparison& comparison : collection_.comparisons) {
        // One with more pairs was analysed at this number before, and was undecided.
        if (!comparison.is_done && comparison.measured.pairs() == pairs) Analyze(plan_, comparison);
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
  // What an earlier collection of the same plan has of the comparison.
  void TakeMeasured(CollectedComparison& comparison) {
    const auto found = std::find_if(plan_.measured.begin(), plan_.measured.end(),
                                    [&](const tools::MeasuredPairs& one) {
                                      return one.benchmark == comparison.plan->benchmark &&
                                             one.comparison == comparison.plan->comparison;
                                    });
    if (found == plan_.measured.end()) return;
    comparison.measured = *found;
    comparison.is_done = !found->failures.empty();
  }

  // False when there is no time for more, or the user wants to stop.
  bool RunRound(int64_t pairs) {
    // Those with the fewest pairs first: after a stop in the middle of a turn the rest of it.
    for (int64_t turn = 1; turn <= pairs; ++turn) {
      for (size_t i = 0; i < collection_.comparisons.size(); ++i) {
        CollectedComparison& comparison = collection_.comparisons[i];
        while (!comparison.is_done && comparison.measured.pairs() < turn) {
          if (hooks_.is_out_of_time() || !RunPair(comparison)) return false;
          hooks_.on_pair(collection_, i);
        }
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
    const PlannedMetric* const without = WithoutValues(*run, *comparison.plan);
    if (without != nullptr) {
      const std::string problem =
          absl::StrCat("pair ", pair + 1, ": ", without->name, " is no value above zero");
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

CollectedComparison Unmeasured(const PlannedComparison& plan) {
  return {.plan = &plan,
          .measured = {.benchmark = plan.benchmark, .comparison = plan.comparison},
          .findings = std::vector<MetricFinding>(plan.metrics.size())};
}

std::vector<int64_t> PlanAnalyses(int64_t first, int64_t last) {
  std::vector<int64_t> analyses;
  for (int64_t pairs = first; pairs < last; pairs *= 2) {
    analyses.push_back(pairs);
    if (pairs + pairs / 2 < last) analyses.push_back(pairs + pairs / 2);
  }
  analyses.push_back(last);
  return analyses;
}

int64_t CollectionPlan::family() const {
  int64_t all = 0;
  for (const PlannedComparison& planned : comparisons) {
    all += static_cast<int64_t>(planned.metrics.size());
  }
  return all;
}

tools::ErrorPlan CollectionPlan::error_plan() const {
  return {.error = error,
          .comparisons = std::max<int64_t>(family(), 1),
          .analyses = static_cast<int64_t>(analyses.size())};
}

Collection Collect(const CollectionPlan& plan, PairRunner& runner, const CollectorHooks& hooks) {
  return Collector(plan, runner, hooks).Run();
}

}  // namespace slo::paired
