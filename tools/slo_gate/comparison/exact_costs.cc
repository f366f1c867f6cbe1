#include "tools/slo_gate/comparison/exact_costs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/text/glob.h"
#include "tools/slo_gate/comparison/side_values.h"

namespace slo::tools {
namespace {

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
  return CheckOf(limit, StatusOfLoss(defect).value_or(CheckStatus::kFail),
                 {.outcome = reason, .defect = std::move(defect)});
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

// What the sides recorded of one metric of a benchmark.
struct Sides {
  SideValues base;
  SideValues candidate;
};

bool HasMetric(const SideValues& side) {
  return std::any_of(side.processes.begin(), side.processes.end(),
                     [](double value) { return !std::isnan(value); });
}

// The number that all rows of a side have; nothing where they differ.
std::optional<double> OnlyValue(const SideValues& side) {
  const double first = side.processes.front();
  const bool all_agree = std::all_of(side.processes.begin(), side.processes.end(),
                                     [&](double value) { return value == first; });
  return all_agree ? std::optional<double>(first) : std::nullopt;
}

// Nothing when neither side has the metric: the limit is about other benchmarks then.
std::optional<Check> JudgeLimit(const ExactLimit& limit, const Sides& sides) {
  const bool in_base = HasMetric(sides.base);
  const bool in_candidate = HasMetric(sides.candidate);
  if (!in_base && !in_candidate) return std::nullopt;
  if (!in_base || !in_candidate) {
    return Failed(limit, Missing(Absent::kMetric,
                                 in_base ? BuildSide::kCandidate : BuildSide::kBase, limit.metric));
  }
  const std::optional<double> base = OnlyValue(sides.base);
  const std::optional<double> candidate = OnlyValue(sides.candidate);
  if (base.has_value() && candidate.has_value()) return Compare(limit, *base, *candidate);
  return Failed(limit, {.reason = Reason::kNotExact,
                        .side = base.has_value() ? BuildSide::kCandidate : BuildSide::kBase,
                        .metric = limit.metric});
}

// What keeps a benchmark from being compared.
std::optional<Defect> DefectOf(const Sides& sides) {
  if (!sides.base.is_there) return Missing(Absent::kBenchmark, BuildSide::kBase);
  if (!sides.candidate.is_there) return Missing(Absent::kBenchmark, BuildSide::kCandidate);
  for (const SideValues* side : {&sides.base, &sides.candidate}) {
    if (!side->error.empty()) return Defect{.reason = Reason::kError, .message = side->error};
  }
  return LossOf(sides.base, sides.candidate);
}

Check NoLimitCheck() {
  return Failed({.id = "exact", .metric = "any", .max_change = {.text = "0%"}},
                {.reason = Reason::kNoTolerance});
}

}  // namespace

void JudgeExactCosts(const std::vector<const Report*>& reports,
                     const std::vector<const Report*>& baseline, const RegressionLimits& limits,
                     bool are_all_exact, ScenarioList& scenarios) {
  std::set<std::string> names = BenchmarksOf(reports);
  names.merge(BenchmarksOf(baseline));
  std::set<std::string> used;
  for (const std::string& name : names) {
    bool is_limited = false;
    for (const ExactLimit& limit : limits.exact) {
      if (!GlobMatches(limit.benchmark, name)) continue;
      const Sides sides = {.base = ValuesOf(baseline, name, limit.metric),
                           .candidate = ValuesOf(reports, name, limit.metric)};
      const std::optional<Defect> defect = DefectOf(sides);
      auto check = defect.has_value() ? Failed(limit, *defect) : JudgeLimit(limit, sides);
      if (!check.has_value()) continue;
      used.insert(limit.id);
      is_limited = true;
      // Among other costs a tolerance says what keeps the benchmark from being compared.
      const bool is_said =
          defect.has_value() && !are_all_exact && !TolerancesOf(limits, name).empty();
      if (!is_said) scenarios.Add(name, *std::move(check));
      if (defect.has_value()) break;
    }
    if (!is_limited && are_all_exact) scenarios.Add(name, NoLimitCheck());
  }
  // Results of times need not have the costs that bench_exact counts.
  for (const ExactLimit& limit : limits.exact) {
    if (used.contains(limit.id) || !are_all_exact) continue;
    scenarios.Add(limit.benchmark,
                  Failed(limit, Missing(Absent::kMatchWithMetric, BuildSide::kBase, limit.metric)));
  }
}

}  // namespace slo::tools
