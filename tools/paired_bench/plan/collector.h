// Which pair is measured next, and when a benchmark has had enough: the plan of a collection and
// its execution, without a word about processes.

#ifndef SLO_TOOLS_PAIRED_BENCH_PLAN_COLLECTOR_H_
#define SLO_TOOLS_PAIRED_BENCH_PLAN_COLLECTOR_H_

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tools/lib/changes/paired_change.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/paired_bench/process/pair_runner.h"

namespace slo::paired {

// Numbers of pairs at which a comparison is analysed: `first`, doubled until `last`, which is the
// last, and half way between any two: 16, 24, 32, 48, 64, ... Planned in advance, because a
// comparison that is analysed until something shows always shows something.
std::vector<int64_t> PlanAnalyses(int64_t first, int64_t last);

// What decides a comparison, or a part of that.
struct PlannedMetric {
  std::string name = "cpu_time";
  tools::Better better = tools::Better::kLess;
  double tolerance = 0.03;  // of the cost: a ratio less one
};

// A comparison that is to be measured.
struct PlannedComparison {
  std::string benchmark;
  tools::Comparison comparison = tools::Comparison::kChange;
  std::vector<PlannedMetric> metrics = {PlannedMetric{}};  // at least one
  std::set<std::string> recorded_metrics;
};

struct CollectionPlan {
  std::vector<PlannedComparison> comparisons;  // in the order in which they are measured
  // What takes the place of a control whose pair fails or has a value that is no time, in order.
  std::vector<PlannedComparison> spare_controls;
  std::vector<int64_t> analyses;
  // What an earlier collection of the same plan measured: it goes on from there.
  std::vector<tools::MeasuredPairs> measured;
  double error = 0.01;             // of all comparisons by all metrics together
  bool stops_when_decided = true;  // or takes as many pairs as the last analysis has

  // How many decisions share the error: one for each metric of each comparison.
  int64_t family() const;
  tools::ErrorPlan error_plan() const;
};

// What the last analysis found of a metric.
struct MetricFinding {
  tools::PairedChange change;
  tools::ChangeOutcome outcome = tools::ChangeOutcome::kUndecided;
};

// A comparison while it is measured.
struct CollectedComparison {
  const PlannedComparison* plan = nullptr;
  tools::MeasuredPairs measured;
  std::vector<MetricFinding> findings;  // as of the last analysis, one a metric of the plan
  bool is_done = false;                 // decided, failed, or at the last analysis
};

// Before the first pair.
CollectedComparison Unmeasured(const PlannedComparison& plan);

struct Collection {
  std::vector<CollectedComparison> comparisons;
  BenchmarkRun base_run;  // the first that succeeded, for its context
  BenchmarkRun candidate_run;
  bool interrupted = false;
};

// What the collector asks and tells while it works; each is called from its thread.
struct CollectorHooks {
  std::function<bool()> is_out_of_time;
  std::function<void(const Collection&, size_t current)> on_pair;  // after each pair
  std::function<void(const Collection&)> on_round;                 // after each analysis
  std::function<void(const std::string&)> on_note;  // what else the user should know; may be null
};

// Brings all comparisons to the first analysis, pair by pair in turn, so that a slow minute of the
// machine strikes all alike and a stop leaves balanced data; then those that are undecided to the
// second, and so on. A comparison whose pair fails, or has a value that is no time, stops with
// that, unless it is a control, for which a spare one begins.
Collection Collect(const CollectionPlan& plan, PairRunner& runner, const CollectorHooks& hooks);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PLAN_COLLECTOR_H_
