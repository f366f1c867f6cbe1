#include "tools/lib/changes/paired_change.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstddef>

#include "absl/base/macros.h"
#include "tools/lib/stats/hodges_lehmann.h"
#include "tools/lib/stats/signed_rank.h"

namespace slo::tools {
namespace {

constexpr double kMaxPairsToDecide = 100'000;

double NormalQuantile(double p) {
  return boost::math::quantile(boost::math::normal_distribution<double>(), p);
}

}  // namespace

absl::string_view Name(ChangeOutcome outcome) {
  switch (outcome) {
    case ChangeOutcome::kOk:
      return "ok";
    case ChangeOutcome::kImproved:
      return "improved";
    case ChangeOutcome::kUndecided:
      return "undecided";
    case ChangeOutcome::kRegressed:
      break;
  }
  return "regressed";
}

std::vector<double> LogRatios(absl::Span<const double> base, absl::Span<const double> candidate,
                              Better better) {
  ABSL_HARDENING_ASSERT(base.size() == candidate.size());
  std::vector<double> ratios;
  ratios.reserve(base.size());
  for (size_t i = 0; i < base.size(); ++i) {
    ratios.push_back(
        std::log(better == Better::kLess ? candidate[i] / base[i] : base[i] / candidate[i]));
  }
  return ratios;
}

PairedChange EvaluatePairs(absl::Span<const double> log_ratios, double error) {
  // The most extreme sample has a p-value of 2^-n.
  PairedChange change = {.pairs = static_cast<int64_t>(log_ratios.size()),
                         .pairs_for_interval = static_cast<int64_t>(std::ceil(-std::log2(error)))};
  if (log_ratios.empty()) return change;
  const auto location = stats::HodgesLehmann(log_ratios, 1 - error);
  if (location.has_value()) {
    change.change = std::expm1(location->location);
    change.interval = {.lower = std::expm1(location->lower), .upper = std::expm1(location->upper)};
  } else {
    change.change = std::expm1(stats::HodgesLehmann(log_ratios, 0.5)->location);
  }
  const stats::SignedRankDistribution distribution(log_ratios.size());
  change.p_increase = distribution.UpperTail(stats::SignedRankStatistic(log_ratios));
  std::vector<double> mirrored(log_ratios.begin(), log_ratios.end());
  for (double& ratio : mirrored) ratio = -ratio;
  change.p_decrease = distribution.UpperTail(stats::SignedRankStatistic(mirrored));
  return change;
}

std::vector<int64_t> DecidingAnalyses(absl::Span<const int64_t> analyses, double error,
                                      int64_t comparisons) {
  size_t first = 0;
  for (; first + 1 < analyses.size(); ++first) {
    const ErrorPlan plan = {.error = error,
                            .comparisons = comparisons,
                            .analyses = static_cast<int64_t>(analyses.size() - first)};
    if (std::exp2(-static_cast<double>(analyses[first])) <= plan.share()) break;
  }
  return {analyses.begin() + static_cast<std::ptrdiff_t>(first), analyses.end()};
}

int64_t PairsToJudge(absl::Span<const int64_t> analyses, int64_t pairs) {
  const auto* const next = std::upper_bound(analyses.begin(), analyses.end(), pairs);
  return next == analyses.begin() ? pairs : *(next - 1);
}

ChangeOutcome Decide(const PairedChange& change, double adjusted_p_increase,
                     double adjusted_p_decrease, double tolerance, double error) {
  if (adjusted_p_increase <= error && change.change > tolerance) return ChangeOutcome::kRegressed;
  if (!change.interval.has_value()) return ChangeOutcome::kUndecided;
  // As large a change as the tolerance, downwards: 1.03 one way is 1 / 1.03 the other.
  const double improvement = 1 / (1 + tolerance) - 1;
  if (adjusted_p_decrease <= error && change.change < improvement) return ChangeOutcome::kImproved;
  if (change.interval->upper < tolerance) return ChangeOutcome::kOk;
  return ChangeOutcome::kUndecided;
}

ChangeOutcome DecideByPlan(const PairedChange& change, double tolerance, const ErrorPlan& plan) {
  const double tests = plan.error / plan.share();
  return Decide(change, std::min(1.0, change.p_increase * tests),
                std::min(1.0, change.p_decrease * tests), tolerance, plan.error);
}

std::optional<int64_t> PairsToDecide(const PairedChange& change, double tolerance) {
  if (!change.interval.has_value()) return std::max(change.pairs + 1, change.pairs_for_interval);
  const bool is_above = change.change > tolerance;
  // The limits come nearer with the root of the number of pairs.
  const double reach =
      is_above ? change.change - change.interval->lower : change.interval->upper - change.change;
  const double distance = is_above ? change.change : tolerance - change.change;
  if (!(distance > 0)) return std::nullopt;
  const double factor = std::max(1.0, reach / distance);
  const double pairs = std::ceil(static_cast<double>(change.pairs) * factor * factor);
  if (pairs > kMaxPairsToDecide) return std::nullopt;
  return std::max(change.pairs + 1, static_cast<int64_t>(pairs));
}

std::optional<double> SmallestVisibleChange(const PairedChange& change, double error) {
  if (!change.interval.has_value()) return std::nullopt;
  const double half_width = (change.interval->upper - change.interval->lower) / 2;
  return half_width * (1 + NormalQuantile(0.9) / NormalQuantile(1 - error));
}

}  // namespace slo::tools
