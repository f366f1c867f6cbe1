// One check with its status and everything that a reader needs to follow it.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_CHECK_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_CHECK_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/results/row_metrics.h"
#include "tools/slo_gate/verdict/comparison_detail.h"
#include "tools/slo_gate/verdict/objective.h"
#include "tools/slo_gate/verdict/objective_detail.h"
#include "tools/slo_gate/verdict/reason.h"

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
  MetricType type;        // of actual, bound and threshold
  std::string statistic;  // of the rows: "median"; empty: each was judged by itself
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

// Whether its checks are controls.
bool IsControl(const Scenario& scenario);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_CHECK_H_
