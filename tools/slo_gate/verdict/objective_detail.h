// The facts behind a check's reason. render/ makes the sentence of them; nothing here is a
// sentence.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_OBJECTIVE_DETAIL_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_OBJECTIVE_DETAIL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/lib/results/longest_disturbance.h"
#include "tools/lib/results/metric.h"

namespace slo::tools {

// What would decide a check that is undecided.
struct Needed {
  enum class Kind {
    kSamplesWithinLimit,  // samples, all of which are within the limit
    kSamplesIfKept,       // samples, if all further ones keep the limit
    kTrials,              // trials, none of the further ones on the wrong side
    kNoNumber,            // no number of trials can show it
    kRows,                // repetitions or processes, so that the statistic has bounds
  };
  Kind kind = Kind::kSamplesWithinLimit;
  int64_t count = 0;  // in all, those that there are included

  bool operator==(const Needed&) const = default;
};

// What several processes have of a metric.
struct ProcessSpread {
  int64_t count = 0;
  double smallest = 0;  // of the processes' values
  double largest = 0;
  // The processes whose bounds the row's bounds are shares of; 0: of no more than one.
  int64_t expected = 0;
  // That can show a pass, by the spread between the processes and by the samples within them; the
  // wider one counts.
  std::optional<double> bound_between;
  std::optional<double> bound_within;
};

// An environment guard that was violated.
struct Disturbance {
  std::string id;
  std::string metric;
  double value = 0;
  std::string limit_text;
  MetricType type;
};

// What is there instead of a row that no objective's glob matches.
struct NoMatch {
  std::string glob;
  std::string family;              // the one whose rows are `names`; empty: `names` are families
  std::string nearest;             // of the families; empty: none is near
  std::vector<std::string> names;  // the first ten
  size_t more = 0;                 // names beyond those
  // The glob matches rows of statistics ("BM_A_median"): of this benchmark, and this statistic.
  std::string aggregate_of;
  std::string aggregate;
};

struct ObjectiveDetail {
  // Of kLevelTooLow: what so many checks need each, where the results state less.
  std::optional<double> required_confidence;
  // Of a ratio with trials: those on the wrong side of the limit.
  std::optional<int64_t> misses;
  std::optional<Needed> needed;
  // Of a percentile or a ratio: a run of more samples than these, one after another, on the wrong
  // side of the limit is not excluded: whatever such a sample shows, too few of them fit into it.
  std::optional<int64_t> not_excluded;
  // The objectives declare a longer disturbance than the bounds allow for: the declared one.
  std::optional<LongestDisturbance> declared;
  LongestDisturbance allowed;
  std::optional<ProcessSpread> processes;  // of a check over several processes
  // The row publishes no confidence bound that could show a pass, although its sample could have
  // one.
  bool lacks_bound = false;
  // Of a check that the machine excuses: by which guard. Nothing where the check is the guard.
  std::optional<Disturbance> disturbed_by;
  // Of kErrorRow what the row says; of kDebugBuild the build type.
  std::string message;
  // Of kNoMetric: the metrics that the row has, shared with it; never null then.
  std::shared_ptr<const std::vector<std::string>> metrics;
  std::shared_ptr<const NoMatch> no_match;  // of kNoRow; never null then
  // Of kContradiction and kLacksCounter: the fields.
  std::vector<std::string> fields;
  // Of kRepetitionsMissing and kTooFewBenchmarks: how many there should be, and how many there are.
  int64_t expected = 0;
  int64_t found = 0;
  // What the row says about failures, where the check is no pass: "failed_status_count", 3.
  std::vector<std::pair<std::string, double>> failures;
  std::string label;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_OBJECTIVE_DETAIL_H_
