// The facts behind the reason of a check that compares two builds. render/ makes the sentence of
// them.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_COMPARISON_DETAIL_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_COMPARISON_DETAIL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/slo_gate/verdict/reason.h"

namespace slo::tools {

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
  std::string metric;           // of kNoTime, kLacksCounter and an absent metric
  std::optional<int64_t> pair;  // of kNoTime: which one, from 1; nothing: the metric is not there
  std::optional<double> value;  // what was found there; nothing: no number
  std::string base_unit;        // of kUnitChanged
  std::string candidate_unit;
  int64_t expected = 0;  // of kRepetitionsMissing: how many the rows announce
  int64_t found = 0;

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
  kControlFailed,     // in doubt is what was measured
  kSerialDependence,  // pairs that follow each other are alike; in doubt is what was measured
  kGateDefective,     // in doubt is everything
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
  // Of processes: every process of each side has the same number, so that the two are compared
  // exactly, as base_value and candidate_value; or one side has several rows a process, of which
  // only the median counts.
  bool is_deterministic = false;
  bool has_repetitions = false;
  std::optional<ContextDifference> difference;  // of kUnlike
  std::optional<double> base_value;             // of exact costs and deterministic numbers
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

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_COMPARISON_DETAIL_H_
