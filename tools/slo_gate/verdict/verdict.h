// What was decided, with everything that a reader needs to follow it.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_VERDICT_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_VERDICT_H_

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/lib/results/report.h"
#include "tools/lib/results/trace_file.h"
#include "tools/slo_gate/verdict/check.h"
#include "tools/slo_gate/verdict/explanation.h"
#include "tools/slo_gate/verdict/objective.h"
#include "tools/slo_gate/verdict/self_test.h"

namespace slo::tools {

struct Summary {
  CheckStatus overall_status = CheckStatus::kFail;
  int scenarios_count = 0;
  int checks_total = 0;
  int checks_passed = 0;
  int checks_warned = 0;
  int checks_failed = 0;
  int checks_insufficient = 0;
  int checks_invalid = 0;
  int checks_vacuous = 0;  // of those that passed
  int checks_with_confidence = 0;
  // All checks that carry a confidence are right with at least this probability (Bonferroni over
  // the rows behind them); zero when their errors add up to one, nothing when there is no such
  // check. At least what the thresholds ask for, unless several rows of a name were judged.
  std::optional<double> family_confidence;
};

// Every benchmark is accounted for: expected = judged + waived + missing. Controls are none.
struct Coverage {
  int expected = 0;
  int judged = 0;
  int waived = 0;   // judged by a waiver's ceiling, or absent by one
  int missing = 0;  // not fit to be judged, or a glob that matches none: a failure with a name each

  bool operator==(const Coverage&) const = default;
};

// What results were judged by.
struct ObjectiveFindings {
  Thresholds thresholds;
};

// What two builds were compared by, and how far that is to be trusted.
struct ComparisonFindings {
  RegressionLimits limits;
  std::string limits_text;         // the file, as it was read
  std::vector<PairsFile> pairs;    // or
  std::optional<Report> baseline;  // what the results were compared with
  SelfTest self_test;              // of pairs
};

struct Verdict {
  std::string generated_at_utc;
  std::string gate_version;
  std::map<std::string, std::string> provenance;
  std::vector<Report> results;    // what was judged
  std::vector<TraceFile> traces;  // of the same runs; they show and decide nothing
  bool allow_insufficient = false;
  Summary summary;
  Coverage coverage;
  std::vector<Scenario> scenarios;
  std::vector<std::string> notes;
  std::vector<Explanation> explanations;  // they show and decide nothing
  std::variant<ObjectiveFindings, ComparisonFindings> findings;

  // Null where the verdict is of the other kind.
  const ObjectiveFindings* objectives() const { return std::get_if<ObjectiveFindings>(&findings); }
  const ComparisonFindings* comparison() const {
    return std::get_if<ComparisonFindings>(&findings);
  }
};

// What a verdict says beside what was judged.
struct JudgeOptions {
  bool allow_insufficient = false;
  std::string generated_at_utc;
  std::string gate_version;
};

// The counts; the most severe status is that of the whole.
Summary Summarize(const std::vector<Scenario>& scenarios);

Coverage CoverageOf(const std::vector<Scenario>& scenarios);

// 0 pass or warn, 1 fail, 3 insufficient (0 when that is allowed and something was judged), 4
// invalid.
int ExitCodeOf(const Verdict& verdict);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_VERDICT_H_
