#include "tools/slo_gate/verdict/verdict.h"

#include <algorithm>

namespace slo::tools {
namespace {

// What was found; of a comparison whether or not it is trusted.
Reason Found(const Check& check) {
  return check.change() != nullptr ? check.change()->outcome : check.reason;
}

// The benchmark, or what is asked of it, is not there or not fit to be judged.
bool IsMissing(const Check& check) {
  switch (Found(check)) {
    case Reason::kNoRow:
    case Reason::kTooFewBenchmarks:
    case Reason::kNoMetric:
    case Reason::kErrorRow:
    case Reason::kMissing:
    case Reason::kError:
    case Reason::kNoTime:
    case Reason::kUnitChanged:
    case Reason::kNoTolerance:
    case Reason::kNotExact:
      return true;
    default:
      return false;
  }
}

// A decision, or that the sample shows neither, follows from numbers.
bool IsJudged(const Check& check) {
  switch (Found(check)) {
    case Reason::kLimitKept:
    case Reason::kLimitViolated:
    case Reason::kUndecided:
    case Reason::kLevelTooLow:
    case Reason::kTooFewRows:
    case Reason::kMachine:
    case Reason::kDebugBuild:
    case Reason::kOk:
    case Reason::kImproved:
    case Reason::kRegressed:
    case Reason::kChanged:
      return true;
    default:
      return false;
  }
}

// What overrides the limit of a comparison is a waiver.
bool IsWaived(const Check& check) {
  return check.change() != nullptr &&
         (Found(check) == Reason::kWaived || check.overridden.has_value());
}

}  // namespace

Summary Summarize(const std::vector<Scenario>& scenarios) {
  // Where nothing was judged nothing passes.
  Summary summary = {.overall_status = scenarios.empty() ? CheckStatus::kFail : CheckStatus::kPass,
                     .scenarios_count = static_cast<int>(scenarios.size())};
  double error = 0;
  for (const Scenario& scenario : scenarios) {
    summary.overall_status = std::max(summary.overall_status, scenario.status);
    for (const Check& check : scenario.checks) {
      ++summary.checks_total;
      summary.checks_passed += check.status == CheckStatus::kPass ? 1 : 0;
      summary.checks_warned += check.status == CheckStatus::kWarn ? 1 : 0;
      summary.checks_failed += check.status == CheckStatus::kFail ? 1 : 0;
      summary.checks_insufficient += check.status == CheckStatus::kInsufficient ? 1 : 0;
      summary.checks_vacuous += check.is_vacuous ? 1 : 0;
      summary.checks_invalid += check.status == CheckStatus::kInvalid ? 1 : 0;
      if (!check.confidence.has_value()) continue;
      ++summary.checks_with_confidence;
      error += check.rows * (1 - *check.confidence);
    }
  }
  if (summary.checks_with_confidence > 0) summary.family_confidence = std::max(0.0, 1 - error);
  return summary;
}

int ExitCodeOf(const Verdict& verdict) {
  switch (verdict.summary.overall_status) {
    case CheckStatus::kPass:
    case CheckStatus::kWarn:
      return 0;
    case CheckStatus::kInsufficient:
      return verdict.allow_insufficient && verdict.coverage.judged > 0 ? 0 : 3;
    case CheckStatus::kInvalid:
      return 4;
    case CheckStatus::kFail:
      break;
  }
  return 1;
}

Coverage CoverageOf(const std::vector<Scenario>& scenarios) {
  Coverage coverage;
  for (const Scenario& scenario : scenarios) {
    if (IsControl(scenario)) continue;
    ++coverage.expected;
    if (std::any_of(scenario.checks.begin(), scenario.checks.end(), IsMissing)) {
      ++coverage.missing;
    } else if (std::any_of(scenario.checks.begin(), scenario.checks.end(), IsWaived)) {
      ++coverage.waived;
    } else if (std::any_of(scenario.checks.begin(), scenario.checks.end(), IsJudged)) {
      ++coverage.judged;
    } else {
      ++coverage.missing;
    }
  }
  return coverage;
}

}  // namespace slo::tools
