// The facts behind a check's reason. render/ makes the sentence of them; nothing here is a
// sentence.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_DETAILS_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_DETAILS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/lib/results/metric.h"
#include "tools/slo_gate/verdict/reason.h"

namespace slo::tools {

// ---- Objectives ----

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

// ---- Comparisons ----

// How two sides are compared.
enum class Method {
  kPairs,      // pairs of processes
  kProcesses,  // processes of each side, measured apart
  kExact,      // numbers that are the same in every process
  kContext,    // not at all: what the sides say about themselves
};

enum class Control {
  kNone,    // the check compares the builds
  kQuiet,   // the base with itself
  kSlowed,  // the base with itself made slower
};

enum class BuildSide { kBase, kCandidate };

// What is absent, of Reason::kMissing.
enum class Absent {
  kNothing,
  kBenchmark,        // `side` does not have it
  kMetric,           // `side` does not have it, although it has the benchmark
  kRecording,        // it was selected, and the file has nothing of it
  kMatch,            // no benchmark matches the glob
  kMatchWithMetric,  // no benchmark that the glob matches has the metric
  kControl,          // the file has no quiet control
};

// What keeps two sides from being compared: a failure with a name.
struct Defect {
  Reason reason = Reason::kError;
  Absent absent = Absent::kNothing;
  BuildSide side = BuildSide::kBase;
  std::string message;          // of kError: what the process or its row says
  std::string metric;           // of kNoTime and an absent metric
  std::optional<int64_t> pair;  // of kNoTime: which one, from 1; nothing: the metric is not there
  std::optional<double> value;  // what was found there; nothing: no number
  std::string base_unit;        // of kUnitChanged
  std::string candidate_unit;

  bool operator==(const Defect&) const = default;
};

// A field of the context in which two sides differ.
struct ContextDifference {
  std::string key;
  std::string base;
  std::string candidate;
  std::string candidate_file;
};

// Why nothing passes or fails by what was measured.
enum class Doubt {
  kControlFailed,  // in doubt is what was measured
  kGateDefective,  // in doubt is everything
};

// Changes are ratios less one.
struct ComparisonDetail {
  Method method = Method::kPairs;
  Control control = Control::kNone;
  // What was found, whether or not it is trusted.
  Reason outcome = Reason::kUndecided;
  double tolerance = 0;
  std::optional<double> lower;  // confidence bounds at the level of the check
  std::optional<double> upper;
  std::optional<double> p_increase;          // that it costs more; adjusted over all comparisons
  std::optional<int64_t> more_pairs_needed;  // of one that is undecided
  std::optional<double> smallest_visible;    // increase that would have been seen, at 90 %
  std::optional<Defect> defect;
  std::optional<ContextDifference> difference;  // of kUnlike
  std::optional<double> base_value;             // of exact costs
  std::optional<double> candidate_value;
  std::string waiver_reason;  // of kWaived
  // Of a slowed control: by which variable it was slowed, or by how much in arithmetic.
  std::string planted_by;
  std::optional<double> planted_change;
  std::string toolchain;               // of kUnknownToolchain
  std::vector<BuildSide> debug_sides;  // those that were debug builds
  std::optional<Doubt> doubt;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_DETAILS_H_
