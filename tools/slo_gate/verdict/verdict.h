// What was decided, with everything that a reader needs to follow it.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_VERDICT_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_VERDICT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/lib/results/report.h"
#include "tools/lib/results/trace_file.h"
#include "tools/slo_gate/verdict/details.h"
#include "tools/slo_gate/verdict/objective.h"
#include "tools/slo_gate/verdict/reason.h"
#include "tools/slo_gate/verdict/self_test.h"

namespace slo::tools {

// In order of severity: the most severe one of a group is that of the group.
enum class CheckStatus {
  kPass,          // the limit holds at the stated confidence
  kWarn,          // violated, where the limit says that this does not fail: shown everywhere
  kInsufficient,  // neither that it holds nor that it is violated can be shown
  kInvalid,       // the row is not fit to be judged
  kFail,          // violated; or the row is missing, failed, or comes from a debug build
};

// "pass", "warn", "insufficient", "invalid", "fail".
absl::string_view Name(CheckStatus status);

inline constexpr double kVacuousHeadroom = 20;

enum class LimitKind { kMax, kMin };

// One objective on one row, or one comparison of two builds.
struct Check {
  std::string id;
  std::string metric;
  LimitKind kind = LimitKind::kMax;
  Limit threshold;
  std::optional<LimitOverride> overridden;
  std::optional<double> actual;      // the metric's value
  std::optional<double> bound;       // the confidence limit that was compared, if there is one
  std::optional<double> confidence;  // one-sided, of the bound; nothing: it carries none
  std::optional<int64_t> samples;
  // The independent samples that these are worth for the bound, where the row says so.
  std::optional<int64_t> effective_samples;
  // How far the bound (or the value) keeps from the limit, as a factor: above 1 on the good side.
  // For the minimum of a ratio, the factor between what the limit and the bound leave to one.
  std::optional<double> headroom;
  // Passed with a headroom of more than kVacuousHeadroom: the limit can hardly fail. The minimum of
  // a ratio is vacuous only where the ratio itself is that many times the limit.
  bool is_vacuous = false;
  CheckStatus status = CheckStatus::kFail;
  int rows = 0;  // of this name were judged; the worst one is shown
  Reason reason = Reason::kUndecided;
  std::string why;
  std::variant<ObjectiveDetail, ComparisonDetail> detail;

  // Null where the check is of the other kind.
  const ObjectiveDetail* objective() const { return std::get_if<ObjectiveDetail>(&detail); }
  const ComparisonDetail* change() const { return std::get_if<ComparisonDetail>(&detail); }
};

// Of two checks, the one that a reader must see before the other: the more severe status, then the
// smaller headroom.
bool IsWorse(const Check& a, const Check& b);

// Heads the names of controls.
inline constexpr absl::string_view kControlPrefix = "control: ";

// A row, or a glob that matched none, with its checks.
struct Scenario {
  std::string name;
  CheckStatus status = CheckStatus::kFail;
  std::vector<Check> checks;
  // Of the row behind the worst check, in nanoseconds where the name has no unit.
  RowMetrics metrics;
};

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

// Whether its checks are controls.
bool IsControl(const Scenario& scenario);

// 0 pass or warn, 1 fail, 3 insufficient (0 when that is allowed), 4 invalid.
int ExitCodeOf(const Verdict& verdict);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_VERDICT_H_
