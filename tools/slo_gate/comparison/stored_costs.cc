#include "tools/slo_gate/comparison/stored_costs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "tools/lib/results/build_type.h"
#include "tools/lib/stats/holm.h"
#include "tools/lib/stats/median.h"
#include "tools/lib/stats/welch.h"
#include "tools/lib/text/glob.h"
#include "tools/slo_gate/comparison/change_check.h"
#include "tools/slo_gate/comparison/judge_pairs.h"
#include "tools/slo_gate/comparison/side_values.h"

namespace slo::tools {
namespace {

// A benchmark with what each side recorded of it.
struct StoredChange {
  JudgedChange judged;
  SideValues base;
  SideValues candidate;

  bool is_deterministic() const {
    return base.agreed().has_value() && candidate.agreed().has_value();
  }
  bool has_one_process() const {
    return std::min(base.processes.size(), candidate.processes.size()) < 2;
  }
};

bool AllAreFiniteAndNotNegative(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(),
                     [](double value) { return std::isfinite(value) && value >= 0; });
}

std::optional<Defect> DefectOf(const StoredChange& change) {
  const SideValues& base = change.base;
  const SideValues& candidate = change.candidate;
  if (base.has_only_aggregates || candidate.has_only_aggregates) {
    return Defect{.reason = Reason::kOnlyAggregates,
                  .side = base.has_only_aggregates ? BuildSide::kBase : BuildSide::kCandidate};
  }
  if (!base.is_there || !candidate.is_there) {
    return Defect{.reason = Reason::kMissing,
                  .absent = Absent::kBenchmark,
                  .side = base.is_there ? BuildSide::kCandidate : BuildSide::kBase};
  }
  if (!base.error.empty() || !candidate.error.empty()) {
    return Defect{.reason = Reason::kError,
                  .message = base.error.empty() ? candidate.error : base.error};
  }
  const std::optional<Defect> loss = LossOf(base, candidate);
  if (loss.has_value()) return loss;
  const Tolerance* tolerance = change.judged.tolerance;
  if (tolerance == nullptr) return Defect{.reason = Reason::kNoTolerance};
  if (!AllAreFiniteAndNotNegative(base.processes) ||
      !AllAreFiniteAndNotNegative(candidate.processes)) {
    return Defect{.reason = Reason::kNoTime, .metric = tolerance->metric};
  }
  return std::nullopt;
}

// How much more the second costs than the first; from zero to anything is an infinite increase.
double CostIncrease(double base, double candidate, Better better) {
  if (base == candidate) return 0;
  if (better == Better::kMore) std::swap(base, candidate);
  return base != 0 ? candidate / base - 1 : std::numeric_limits<double>::infinity();
}

bool HasZero(const std::vector<double>& values) {
  return std::find(values.begin(), values.end(), 0.0) != values.end();
}

std::vector<double> Logarithms(std::vector<double> values) {
  for (double& value : values) value = std::log(value);
  return values;
}

// Welch's interval and tests in the form in which changes are decided; without an interval where
// there is one process a side, or a zero, of which there is no logarithm.
PairedChange Evaluate(const StoredChange& stored, double error) {
  std::vector<double> base = stored.base.processes;
  std::vector<double> candidate = stored.candidate.processes;
  const Better better = stored.judged.tolerance->better;
  PairedChange change = {
      .pairs = static_cast<int64_t>(std::min(base.size(), candidate.size())),
      .change = CostIncrease(stats::Median(base), stats::Median(candidate), better)};
  if (better == Better::kMore) std::swap(base, candidate);
  if (stored.is_deterministic() || HasZero(base) || HasZero(candidate)) return change;
  const auto interval = stats::WelchDifference(Logarithms(base), Logarithms(candidate), 1 - error);
  if (!interval.has_value()) return change;
  change.change = std::expm1(interval->difference);
  change.interval = {.lower = std::expm1(interval->lower), .upper = std::expm1(interval->upper)};
  change.p_increase = interval->p_above;
  change.p_decrease = 1 - interval->p_above;
  return change;
}

std::vector<double> Adjusted(const std::vector<StoredChange>& all, double PairedChange::*p_value) {
  std::vector<double> p_values;
  p_values.reserve(all.size());
  for (const StoredChange& stored : all) p_values.push_back(stored.judged.change.*p_value);
  return stats::HolmAdjusted(p_values);
}

// Of numbers that all processes of a side agree on a difference is a difference.
ChangeOutcome DecideExactly(const JudgedChange& judged) {
  const double change = judged.change.change;
  if (change > judged.allowance.value) return ChangeOutcome::kRegressed;
  return change < -judged.allowance.value ? ChangeOutcome::kImproved : ChangeOutcome::kOk;
}

// The sides that were debug builds.
std::vector<BuildSide> DebugSides(const std::vector<const Report*>& base,
                                  const std::vector<const Report*>& candidate) {
  std::vector<BuildSide> sides;
  for (const auto& [reports, side] :
       {std::pair(&base, BuildSide::kBase), {&candidate, BuildSide::kCandidate}}) {
    if (std::any_of(reports->begin(), reports->end(), [](const Report* report) {
          return IsDebugBuild(report->ContextValue("slo_build_type"));
        })) {
      sides.push_back(side);
    }
  }
  return sides;
}

bool HasExactLimit(const RegressionLimits& limits, const std::string& name) {
  return std::any_of(limits.exact.begin(), limits.exact.end(),
                     [&](const ExactLimit& limit) { return GlobMatches(limit.benchmark, name); });
}

Check CheckOf(const StoredChange& stored, const std::vector<BuildSide>& debug_sides,
              const CheckContext& context) {
  Check check = ChangeCheck(stored.judged, debug_sides, context);
  auto& detail = std::get<ComparisonDetail>(check.detail);
  detail.has_repetitions = stored.base.has_repetitions || stored.candidate.has_repetitions;
  if (stored.judged.defect.has_value()) {
    if (stored.judged.found() == Reason::kOnlyAggregates) check.status = CheckStatus::kInsufficient;
    check.status = StatusOfLoss(*stored.judged.defect).value_or(check.status);
    return check;
  }
  if (stored.is_deterministic()) {
    detail.is_deterministic = true;
    detail.base_value = stored.base.agreed();
    detail.candidate_value = stored.candidate.agreed();
    detail.p_increase.reset();
  } else if (stored.has_one_process() && check.reason == Reason::kUndecided) {
    detail.outcome = Reason::kOneProcess;
    detail.more_pairs_needed.reset();
    check.reason = Reason::kOneProcess;
  }
  return check;
}

}  // namespace

void JudgeStoredCosts(const std::vector<const Report*>& reports,
                      const std::vector<const Report*>& baseline, const RegressionLimits& limits,
                      const std::string& generated_at_utc, ScenarioList& scenarios) {
  std::set<std::string> names = BenchmarksOf(reports);
  names.merge(BenchmarksOf(baseline));
  const PairsFile comparison = {.against = Against::kStored, .analyses = {1}};
  std::vector<StoredChange> all;
  for (const std::string& name : names) {
    for (JudgedChange& judged : BeginChanges(comparison, name, limits, DayOf(generated_at_utc))) {
      // Exact limits are enough.
      if (judged.tolerance == nullptr && HasExactLimit(limits, name)) continue;
      all.push_back({.judged = std::move(judged)});
    }
  }
  const CheckContext context = {
      .error = 1 - limits.confidence, .comparisons = all.size(), .method = Method::kProcesses};
  for (StoredChange& stored : all) {
    const JudgedChange& judged = stored.judged;
    stored.base = ValuesOf(baseline, judged.benchmark, judged.metric());
    stored.candidate = ValuesOf(reports, judged.benchmark, judged.metric());
    stored.judged.defect = DefectOf(stored);
    if (stored.judged.defect.has_value()) continue;
    stored.judged.change = Evaluate(stored, context.error / static_cast<double>(all.size()));
  }
  const std::vector<BuildSide> debug_sides = DebugSides(baseline, reports);
  const std::vector<double> p_increase = Adjusted(all, &PairedChange::p_increase);
  const std::vector<double> p_decrease = Adjusted(all, &PairedChange::p_decrease);
  for (size_t i = 0; i < all.size(); ++i) {
    JudgedChange& judged = all[i].judged;
    judged.adjusted_p_increase = p_increase[i];
    judged.adjusted_p_decrease = p_decrease[i];
    if (!judged.defect.has_value()) {
      judged.outcome = all[i].is_deterministic()
                           ? DecideExactly(judged)
                           : Decide(judged.change, p_increase[i], p_decrease[i],
                                    judged.allowance.value, context.error);
    }
    scenarios.Add(judged.benchmark, CheckOf(all[i], debug_sides, context));
  }
  for (const Tolerance& tolerance : limits.tolerances) {
    const bool is_used = tolerance.benchmark == "*" ||
                         std::any_of(names.begin(), names.end(), [&](const std::string& name) {
                           return GlobMatches(tolerance.benchmark, name);
                         });
    if (!is_used) scenarios.Add(tolerance.benchmark, UnusedToleranceCheck(tolerance, context));
  }
}

}  // namespace slo::tools
