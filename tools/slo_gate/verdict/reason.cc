#include "tools/slo_gate/verdict/reason.h"

namespace slo::tools {

absl::string_view Name(Reason reason) {
  switch (reason) {
    case Reason::kLimitKept:
      return "limit_kept";
    case Reason::kLimitViolated:
      return "limit_violated";
    case Reason::kUndecided:
      return "undecided";
    case Reason::kLevelTooLow:
      return "level_too_low";
    case Reason::kLongerDisturbance:
      return "longer_disturbance";
    case Reason::kMissingProcesses:
      return "missing_processes";
    case Reason::kNoLevel:
      return "no_level";
    case Reason::kPointValue:
      return "point_value";
    case Reason::kTooFewRows:
      return "too_few_rows";
    case Reason::kOnlyAggregates:
      return "only_aggregates";
    case Reason::kLacksCounter:
      return "lacks_counter";
    case Reason::kContradiction:
      return "contradiction";
    case Reason::kRepetitionsMissing:
      return "repetitions_missing";
    case Reason::kNotANumber:
      return "not_a_number";
    case Reason::kTooFewBenchmarks:
      return "too_few_benchmarks";
    case Reason::kBuildUnknown:
      return "build_unknown";
    case Reason::kNoSamples:
      return "no_samples";
    case Reason::kClockStopped:
      return "clock_stopped";
    case Reason::kNotARatio:
      return "not_a_ratio";
    case Reason::kErrorRow:
      return "error_row";
    case Reason::kNoMetric:
      return "no_metric";
    case Reason::kNoRow:
      return "no_row";
    case Reason::kMachine:
      return "machine_disturbed";
    case Reason::kDebugBuild:
      return "debug_build";
    case Reason::kOk:
      return "ok";
    case Reason::kImproved:
      return "improved";
    case Reason::kRegressed:
      return "regressed";
    case Reason::kChanged:
      return "changed";
    case Reason::kWaived:
      return "waived";
    case Reason::kMissing:
      return "missing";
    case Reason::kError:
      return "error";
    case Reason::kNoTime:
      return "no_time";
    case Reason::kUnitChanged:
      return "unit_changed";
    case Reason::kNoTolerance:
      return "no_tolerance";
    case Reason::kOneProcess:
      return "one_process";
    case Reason::kNotExact:
      return "not_exact";
    case Reason::kNothingCompared:
      return "nothing_compared";
    case Reason::kUnlike:
      return "unlike";
    case Reason::kUnknownToolchain:
      return "unknown_toolchain";
    case Reason::kNotTrusted:
      return "not_trusted";
    case Reason::kQuiet:
      return "quiet";
    case Reason::kNotQuiet:
      return "not_quiet";
    case Reason::kCaught:
      return "caught";
    case Reason::kMissed:
      break;
  }
  return "missed";
}

}  // namespace slo::tools
