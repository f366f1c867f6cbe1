#include "tools/slo_gate/comparison/exact_costs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/text/glob.h"

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

Check Begin(const ExactLimit& limit) {
  return {.id = limit.id,
          .metric = absl::StrCat(limit.metric, kChangeSuffix),
          .kind = LimitKind::kMax,
          .threshold = {.value = limit.max_change.value, .text = limit.max_change.text},
          .rows = 1,
          .why = limit.why,
          .change = ChangeDetail{.tolerance = limit.max_change.value}};
}

void SetOutcome(Reason outcome, Check& check) {
  check.reason_code = outcome;
  check.change->outcome = std::string(Name(outcome));
}

Check Failed(const ExactLimit& limit, Reason outcome, std::string reason) {
  Check check = Begin(limit);
  check.status = CheckStatus::kFail;
  SetOutcome(outcome, check);
  check.reason = std::move(reason);
  return check;
}

// Digits enough to tell two figures apart.
std::string Figure(double value) { return absl::StrFormat("%.15g", value); }

Check Compare(const ExactLimit& limit, double expected, double found) {
  Check check = Begin(limit);
  const double change = expected == found ? 0
                        : expected != 0   ? found / expected - 1
                                          : std::numeric_limits<double>::infinity();
  check.actual = change;
  check.reason = absl::StrCat("the baseline has ", Figure(expected), ", found ", Figure(found));
  if (std::abs(change) <= limit.max_change.value) {
    check.status = CheckStatus::kPass;
    SetOutcome(Reason::kOk, check);
    return check;
  }
  const bool is_digest = limit.metric == "response_digest";
  SetOutcome(is_digest    ? Reason::kChanged
             : change > 0 ? Reason::kRegressed
                          : Reason::kImproved,
             check);
  absl::StrAppend(&check.reason,
                  is_digest    ? ": it answers something else"
                  : change > 0 ? ": it costs more"
                               : ": it costs less; record that, or it could grow back unseen",
                  " (tools/record-baseline --exact)");
  check.status = limit.severity == Severity::kWarn ? CheckStatus::kWarn : CheckStatus::kFail;
  return check;
}

// Nothing when neither side has the metric: the limit is about other benchmarks then.
std::optional<Check> Judge(const ExactLimit& limit, const RowPair& rows) {
  const auto base = rows.base->Find(limit.metric);
  const auto candidate = rows.candidate->Find(limit.metric);
  if (!base.has_value() && !candidate.has_value()) return std::nullopt;
  if (!base.has_value() || !candidate.has_value()) {
    return Failed(
        limit, Reason::kMissing,
        absl::StrCat("the ", base.has_value() ? "results" : "baseline", " lack ", limit.metric));
  }
  return Compare(limit, *base, *candidate);
}

std::vector<Check> JudgeRows(const RowPair& rows, const RegressionLimits& limits,
                             const std::string& name, std::set<std::string>& used) {
  std::vector<Check> checks;
  for (const ExactLimit& limit : limits.exact) {
    if (!GlobMatches(limit.benchmark, name)) continue;
    if (rows.base == nullptr || rows.candidate == nullptr) {
      used.insert(limit.id);
      checks.push_back(Failed(limit, Reason::kMissing,
                              rows.base == nullptr
                                  ? "new: the baseline does not have it; record it "
                                    "(tools/record-baseline --exact)"
                                  : "the results do not have it"));
      break;
    }
    const ReportRow* bad = rows.base->error.has_value()        ? rows.base
                           : rows.candidate->error.has_value() ? rows.candidate
                                                               : nullptr;
    if (bad != nullptr) {
      used.insert(limit.id);
      checks.push_back(Failed(limit, Reason::kError, *bad->error));
      break;
    }
    auto check = Judge(limit, rows);
    if (!check.has_value()) continue;
    used.insert(limit.id);
    checks.push_back(*std::move(check));
  }
  return checks;
}

Scenario MakeScenario(const std::string& name, std::vector<Check> checks) {
  Scenario scenario = {.name = name, .status = CheckStatus::kPass, .checks = std::move(checks)};
  for (const Check& check : scenario.checks) {
    scenario.status = std::max(scenario.status, check.status);
  }
  return scenario;
}

Check NoLimitCheck() {
  return Failed({.id = "exact", .metric = "any", .max_change = {.text = "0%"}},
                Reason::kNoTolerance, "no limit matches one of its metrics");
}

}  // namespace

std::vector<Scenario> JudgeExactCosts(const std::vector<Report>& reports, const Report& baseline,
                                      const RegressionLimits& limits) {
  std::vector<Scenario> scenarios;
  std::set<std::string> used;
  for (const auto& [name, rows] : PairUp(reports, baseline)) {
    std::vector<Check> checks = JudgeRows(rows, limits, name, used);
    if (checks.empty()) checks.push_back(NoLimitCheck());
    scenarios.push_back(MakeScenario(name, std::move(checks)));
  }
  for (const ExactLimit& limit : limits.exact) {
    if (used.contains(limit.id)) continue;
    scenarios.push_back(MakeScenario(
        limit.benchmark,
        {Failed(limit, Reason::kMissing,
                absl::StrCat("no benchmark that the glob matches has ", limit.metric))}));
  }
  return scenarios;
}

}  // namespace slo::tools
