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
          one.comparison != Comparison::kChange) {
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
};

// Makes the candidate slower than allowed, by twice what the interval is wide.
void Scale(const JudgedChange& target, MeasuredPairs& entry) {
  const double width = target.change.interval->upper - target.change.interval->lower;
  const double factor = (1 + target.allowance.value) * (1 + 2 * width) / (1 + target.change.change);
  const bool is_rate = target.tolerance->better == Better::kMore;
  for (double& value : entry.metrics[target.tolerance->metric].candidate) {
    value *= is_rate ? 1 / factor : factor;
  }
}

std::vector<PlantedFault> PlantFaults(const FaultyJudge& judge, const JudgedChange& target) {
  const std::string& metric = target.tolerance->metric;
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

int CountFalseAlarms(const std::vector<JudgedChange>& judged, double error) {
  struct Sample {
    std::vector<double> log_ratios;
    stats::SignedRankDistribution distribution;
    double analyses;
  };
  std::vector<Sample> samples;
  for (const JudgedChange& one : judged) {
    if (one.comparison != Comparison::kChange || one.log_ratios.empty()) continue;
    samples.push_back({one.log_ratios, stats::SignedRankDistribution(one.log_ratios.size()),
                       static_cast<double>(one.file->analyses.size())});
  }
  std::mt19937_64 coins(kFlipSeed);  // bit for bit the same on every standard library
  int alarms = 0;
  for (int gate = 0; gate < kFlippedGates; ++gate) {
    // What was not judged counts in the correction, as it does in the verdict.
    std::vector<double> p_values(judged.size(), 1.0);
    for (size_t i = 0; i < samples.size(); ++i) {
      for (double& ratio : samples[i].log_ratios) ratio = (coins() >> 63U) != 0 ? ratio : -ratio;
      p_values[i] = std::min(
          1.0, samples[i].analyses * samples[i].distribution.UpperTail(
                                         stats::SignedRankStatistic(samples[i].log_ratios)));
    }
    const std::vector<double> adjusted = stats::HolmAdjusted(p_values);
    alarms += *std::min_element(adjusted.begin(), adjusted.end()) <= error ? 1 : 0;
  }
  return alarms;
}

}  // namespace

SelfTest RunSelfTest(const std::vector<PairsFile>& files, const RegressionLimits& limits,
                     absl::CivilDay today, const std::vector<JudgedChange>& judged) {
  const JudgedChange* target = TargetOf(judged);
  if (target == nullptr) return {};
  const FaultyJudge judge(files, limits, today, *target);
  return {.benchmark = target->benchmark,
          .faults = PlantFaults(judge, *target),
          .flipped_gates = kFlippedGates,
          .false_alarms = CountFalseAlarms(judged, 1 - limits.confidence)};
}

}  // namespace slo::tools
