#include "tools/slo_gate/comparison/exact_costs.h"

#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/text/glob.h"
#include "tools/slo_gate/verdict/scenario_list.h"

namespace slo::tools {
namespace {

// The row of a benchmark on each side; null where there is none. The last row of a name counts:
// exact costs have one.
struct RowPair {
  const ReportRow* base = nullptr;
  const ReportRow* candidate = nullptr;
};

std::map<std::string, RowPair> PairUp(const std::vector<Report>& reports, const Report& baseline) {
  std::map<std::string, RowPair> rows;
  for (const ReportRow& row : baseline.rows) rows[row.name].base = &row;
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) rows[row.name].candidate = &row;
  }
  return rows;
}

Check CheckOf(const ExactLimit& limit, CheckStatus status, ComparisonDetail detail) {
  detail.method = Method::kExact;
  detail.tolerance = limit.max_change.value;
  return {.id = limit.id,
          .metric = absl::StrCat(limit.metric, kChangeSuffix),
          .kind = LimitKind::kMax,
          .threshold = {.value = limit.max_change.value, .text = limit.max_change.text},
          .status = status,
          .rows = 1,
          .reason = detail.outcome,
          .why = limit.why,
          .detail = std::move(detail)};
}

Check Failed(const ExactLimit& limit, Defect defect) {
  const Reason reason = defect.reason;
  return CheckOf(limit, CheckStatus::kFail, {.outcome = reason, .defect = std::move(defect)});
}

Defect Missing(Absent absent, BuildSide side, std::string metric = "") {
  return {.reason = Reason::kMissing, .absent = absent, .side = side, .metric = std::move(metric)};
}

Check Compare(const ExactLimit& limit, double expected, double found) {
  const double change = expected == found ? 0
                        : expected != 0   ? found / expected - 1
                                          : std::numeric_limits<double>::infinity();
  const bool is_kept = std::abs(change) <= limit.max_change.value;
  const Reason outcome = is_kept                             ? Reason::kOk
                         : limit.metric == "response_digest" ? Reason::kChanged
                         : change > 0                        ? Reason::kRegressed
                                                             : Reason::kImproved;
  const CheckStatus status = is_kept                             ? CheckStatus::kPass
                             : limit.severity == Severity::kWarn ? CheckStatus::kWarn
                                                                 : CheckStatus::kFail;
  Check check = CheckOf(limit, status,
                        {.outcome = outcome, .base_value = expected, .candidate_value = found});
  check.actual = change;
  return check;
}

// Nothing when neither side has the metric: the limit is about other benchmarks then.
std::optional<Check> Judge(const ExactLimit& limit, const RowPair& rows) {
  const auto base = rows.base->Find(limit.metric);
  const auto candidate = rows.candidate->Find(limit.metric);
  if (!base.has_value() && !candidate.has_value()) return std::nullopt;
  if (base.has_value() && candidate.has_value()) return Compare(limit, *base, *candidate);
  const BuildSide side = base.has_value() ? BuildSide::kCandidate : BuildSide::kBase;
  return Failed(limit, Missing(Absent::kMetric, side, limit.metric));
}

// What keeps the rows of a benchmark from being compared.
std::optional<Defect> DefectOf(const RowPair& rows) {
  if (rows.base == nullptr) return Missing(Absent::kBenchmark, BuildSide::kBase);
  if (rows.candidate == nullptr) return Missing(Absent::kBenchmark, BuildSide::kCandidate);
  for (const ReportRow* row : {rows.base, rows.candidate}) {
    if (row->error.has_value()) return Defect{.reason = Reason::kError, .message = *row->error};
  }
  return std::nullopt;
}

std::vector<Check> JudgeRows(const RowPair& rows, const RegressionLimits& limits,
                             const std::string& name, std::set<std::string>& used) {
  std::vector<Check> checks;
  const std::optional<Defect> defect = DefectOf(rows);
  for (const ExactLimit& limit : limits.exact) {
    if (!GlobMatches(limit.benchmark, name)) continue;
    auto check = defect.has_value() ? Failed(limit, *defect) : Judge(limit, rows);
    if (!check.has_value()) continue;
    used.insert(limit.id);
    checks.push_back(*std::move(check));
    if (defect.has_value()) break;
  }
  return checks;
}

Check NoLimitCheck() {
  return Failed({.id = "exact", .metric = "any", .max_change = {.text = "0%"}},
                {.reason = Reason::kNoTolerance});
}

}  // namespace

std::vector<Scenario> JudgeExactCosts(const std::vector<Report>& reports, const Report& baseline,
                                      const RegressionLimits& limits) {
  ScenarioList scenarios;
  std::set<std::string> used;
  for (const auto& [name, rows] : PairUp(reports, baseline)) {
    std::vector<Check> checks = JudgeRows(rows, limits, name, used);
    if (checks.empty()) checks.push_back(NoLimitCheck());
    for (Check& check : checks) scenarios.Add(name, std::move(check));
  }
  for (const ExactLimit& limit : limits.exact) {
    if (used.contains(limit.id)) continue;
    scenarios.Add(limit.benchmark,
                  Failed(limit, Missing(Absent::kMatchWithMetric, BuildSide::kBase, limit.metric)));
  }
  return std::move(scenarios).Take();
}

}  // namespace slo::tools
