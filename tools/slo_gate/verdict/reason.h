// Why a check has its status, as a word that programs can rely on; the sentence beside it is for
// people.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_REASON_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_REASON_H_

#include "absl/strings/string_view.h"

namespace slo::tools {

enum class Reason {
  // ---- Of objectives ----
  kLimitKept,           // the bound, or a point value, keeps the limit
  kLimitViolated,       // it violates it
  kUndecided,           // the sample shows neither; also of a change
  kLevelTooLow,         // the results' confidence level is below what so many checks need
  kLongerDisturbance,   // the objectives declare a longer disturbance than the bounds allow for
  kMissingProcesses,    // the bounds are shares of more processes than there are
  kNoLevel,             // the results publish bounds and do not state at which level they hold
  kPointValue,          // one value without a confidence, and the objective does not say "point"
  kTooFewRows,          // too few repetitions or processes for a bound of the statistic
  kOnlyAggregates,      // the benchmark is there only as statistics over rows that are not
  kLacksCounter,        // the row lacks a counter without which the metric proves nothing
  kNoSamples,           // the row counts none
  kClockStopped,        // the row's real_time is not above zero
  kContradiction,       // fields of the row exclude each other
  kRepetitionsMissing,  // the rows announce more repetitions than there are
  kNotARatio,           // a ratio outside of 0 to 1
  kNotANumber,          // the metric is NaN or infinite
  kErrorRow,            // the row says that it failed
  kNoMetric,            // the row does not have the metric
  kNoRow,               // no row matches the objective
  kTooFewBenchmarks,    // fewer benchmarks match the objective than it expects
  kBuildUnknown,        // our program, and the results do not say that it was an optimised build
  kMachine,             // the machine disturbed the measurement
  kDebugBuild,          // measured on a debug build; also of a change
  // ---- Of changes ----
  kOk,                // the upper bound is below the tolerance
  kImproved,          // shown to cost less
  kRegressed,         // shown to cost more, and estimated above the tolerance
  kChanged,           // an exact value is another one
  kWaived,            // absent on one side, as a waiver says
  kMissing,           // one side does not have it
  kError,             // a process or its row failed
  kNoTime,            // a value is no time
  kUnitChanged,       // the sides have unlike units
  kNoTolerance,       // no tolerance matches
  kOneProcess,        // one process a side proves nothing about another day
  kNotExact,          // an exact limit on a number that differs between processes
  kNothingCompared,   // neither side has a benchmark
  kUnlike,            // the results are of another machine or build than the baseline
  kUnknownToolchain,  // there is no baseline of this toolchain
  kNotTrusted,        // a control failed, or the gate's self-test
  // ---- Of controls ----
  kQuiet,     // nothing was found where nothing is
  kNotQuiet,  // something was
  kCaught,    // the planted slowdown was found
  kMissed,    // it was not
};

// "limit_kept", "unknown_toolchain", ...: stable, part of the JSON.
absl::string_view Name(Reason reason);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_REASON_H_
