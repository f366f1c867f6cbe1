#include "tools/slo_gate/comparison/run_self_test.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include "tools/lib/stats/holm.h"
#include "tools/lib/stats/signed_rank.h"

namespace slo::tools {
namespace {

constexpr int kFlippedGates = 1'000;
constexpr uint64_t kFlipSeed = 1;

// What disturbs the machine for a while disturbs pairs that follow each other alike; swapping them
// one by one would hide it. Fewer than eight blocks have so few patterns of signs that one of them
// is many alarms.
constexpr size_t kPairsPerBlock = 8;
constexpr size_t kLeastPairsToFlip = 8 * kPairsPerBlock;

// Of a collection as paired_bench plans it. What counts as many alarms was found with so many.
constexpr double kUsualAnalyses = 13;

// The benchmark that faults are planted in: the first that was judged by an interval.
const JudgedChange* TargetOf(const std::vector<JudgedChange>& judged) {
  const auto found = std::find_if(judged.begin(), judged.end(), [](const JudgedChange& one) {
    return one.comparison == Comparison::kChange && !one.defect.has_value() &&
           one.change.interval.has_value();
  });
  return found != judged.end() ? &*found : nullptr;
}

// The files again, with the target's entry handed to `plant`.
class FaultyJudge {
 public:
  FaultyJudge(const std::vector<PairsFile>& files, const RegressionLimits& limits,
              absl::CivilDay today, const JudgedChange& target)
      : files_(files), limits_(limits), today_(today) {
    file_index_ = static_cast<size_t>(target.file - files.data());
    entry_index_ = static_cast<size_t>(target.measured - files[file_index_].measured.data());
    benchmark_ = target.benchmark;
    metric_ = target.metric();
  }

  using Plant = std::function<void(MeasuredPairs& entry)>;

  std::optional<Reason> OutcomeWith(const Plant& plant) const {
    std::vector<PairsFile> faulty = files_;
    plant(faulty[file_index_].measured[entry_index_]);
    return OutcomeIn(faulty);
  }

  std::optional<Reason> OutcomeWithout() const {
    std::vector<PairsFile> faulty = files_;
    auto& measured = faulty[file_index_].measured;
    measured.erase(measured.begin() + static_cast<std::ptrdiff_t>(entry_index_));
    return OutcomeIn(faulty);
  }

 private:
  std::optional<Reason> OutcomeIn(const std::vector<PairsFile>& faulty) const {
    for (const JudgedChange& one : JudgePairs(faulty, limits_, today_)) {
      if (one.file != &faulty[file_index_] || one.benchmark != benchmark_ ||
          one.metric() != metric_ || one.comparison != Comparison::kChange) {
        continue;
      }
      return one.found();
    }
    return std::nullopt;
  }

  const std::vector<PairsFile>& files_;
  const RegressionLimits& limits_;
  absl::CivilDay today_;
  size_t file_index_ = 0;
  size_t entry_index_ = 0;
  std::string benchmark_;
  std::string metric_;
};

// Makes the candidate slower than allowed, by twice what the interval is wide.
void Scale(const JudgedChange& target, MeasuredPairs& entry) {
  const double width = target.change.interval->upper - target.change.interval->lower;
  const double factor = (1 + target.allowance.value) * (1 + 2 * width) / (1 + target.change.change);
  const bool is_rate = target.tolerance->better == Better::kMore;
  for (double& value : entry.metrics[target.metric()].candidate) {
    value *= is_rate ? 1 / factor : factor;
  }
}

std::vector<PlantedFault> PlantFaults(const FaultyJudge& judge, const JudgedChange& target) {
  const std::string metric = target.metric();
  const auto outcome = [&](const FaultyJudge::Plant& plant) { return judge.OutcomeWith(plant); };
  return {
      {"scaled beyond its allowance", Reason::kRegressed,
       outcome([&](MeasuredPairs& entry) { Scale(target, entry); })},
      {"scaled so, and the two sides swapped", Reason::kImproved,
       outcome([&](MeasuredPairs& entry) {
         Scale(target, entry);
         std::swap(entry.metrics[metric].base, entry.metrics[metric].candidate);
       })},
      {"deleted", Reason::kMissing, judge.OutcomeWithout()},
      {"gone from the candidate", Reason::kMissing,
       outcome([](MeasuredPairs& entry) { entry.in_candidate = false; })},
      {"given an error", Reason::kError,
       outcome([](MeasuredPairs& entry) { entry.failures.emplace_back("planted"); })},
      {"one time replaced by NaN", Reason::kNoTime, outcome([&](MeasuredPairs& entry) {
         entry.metrics[metric].candidate.back() = std::numeric_limits<double>::quiet_NaN();
       })},
      {"one time replaced by zero", Reason::kNoTime,
       outcome([&](MeasuredPairs& entry) { entry.metrics[metric].base.front() = 0; })},
      {"printed in another unit", Reason::kUnitChanged,
       outcome([](MeasuredPairs& entry) { entry.candidate_time_unit += "?"; })},
  };
}

// A comparison without its change: what is left of each pair is what disturbed it.
struct Residuals {
  std::vector<double> values;
  stats::SignedRankDistribution distribution;
  double analyses;
};

std::vector<Residuals> ResidualsOf(const std::vector<JudgedChange>& judged, double error) {
  std::vector<Residuals> all;
  for (const JudgedChange& one : judged) {
    if (one.comparison != Comparison::kChange || one.log_ratios.size() < kLeastPairsToFlip) {
      continue;
    }
    all.push_back(
        {one.log_ratios, stats::SignedRankDistribution(one.log_ratios.size()),
         std::max(kUsualAnalyses,
                  static_cast<double>(PlanOf(*one.file, error, judged.size()).analyses))});
    for (double& value : all.back().values) value -= std::log1p(one.change.change);
  }
  return all;
}

// Signs, one a block, the same for every comparison: a phase of the machine strikes all alike.
std::vector<double> FlipBlocks(size_t blocks, std::mt19937_64& coins) {
  std::vector<double> signs(blocks);
  for (double& sign : signs) sign = (coins() >> 63U) != 0 ? 1 : -1;
  return signs;
}

double PValueOf(const Residuals& residuals, const std::vector<double>& signs) {
  std::vector<double> flipped = residuals.values;
  for (size_t i = 0; i < flipped.size(); ++i) flipped[i] *= signs[i / kPairsPerBlock];
  return std::min(1.0, residuals.analyses *
                           residuals.distribution.UpperTail(stats::SignedRankStatistic(flipped)));
}

void FlipSigns(const std::vector<JudgedChange>& judged, double error, SelfTest& self_test) {
  const std::vector<Residuals> all = ResidualsOf(judged, error);
  if (all.empty()) return;
  size_t most_pairs = 0;
  for (const Residuals& one : all) most_pairs = std::max(most_pairs, one.values.size());
  std::mt19937_64 coins(kFlipSeed);  // bit for bit the same on every standard library
  for (; self_test.flipped_gates < kFlippedGates; ++self_test.flipped_gates) {
    const std::vector<double> signs = FlipBlocks(most_pairs / kPairsPerBlock + 1, coins);
    // What has no part in it counts in the correction, as it does in the verdict.
    std::vector<double> p_values(judged.size(), 1.0);
    for (size_t i = 0; i < all.size(); ++i) p_values[i] = PValueOf(all[i], signs);
    const std::vector<double> adjusted = stats::HolmAdjusted(p_values);
    if (*std::min_element(adjusted.begin(), adjusted.end()) <= error) ++self_test.false_alarms;
  }
}

}  // namespace

SelfTest RunSelfTest(const std::vector<PairsFile>& files, const RegressionLimits& limits,
                     absl::CivilDay today, const std::vector<JudgedChange>& judged) {
  const JudgedChange* target = TargetOf(judged);
  if (target == nullptr) return {};
  const FaultyJudge judge(files, limits, today, *target);
  SelfTest self_test = {.benchmark = target->benchmark, .faults = PlantFaults(judge, *target)};
  FlipSigns(judged, 1 - limits.confidence, self_test);
  return self_test;
}

}  // namespace slo::tools
