#include "bench/drive/capacity_search.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "tools/lib/stats/binomial_limits.h"
#include "tools/lib/stats/dependence.h"
#include "tools/lib/stats/quantile_limits.h"

namespace slo::bench {
namespace {

constexpr double kUpwards = 2;
constexpr double kDownwards = 1.25;

// The rates that were decided, and the bracket that follows from them.
class Findings {
 public:
  void Add(double rate, ProbeOutcome outcome) {
    if (outcome == ProbeOutcome::kPasses) passed_.insert(rate);
    if (outcome == ProbeOutcome::kFails) failed_.insert(rate);
  }

  // The highest rate that passed below all that failed.
  std::optional<double> passes() const {
    const auto above = failed_.empty() ? passed_.end() : passed_.lower_bound(*failed_.begin());
    if (above == passed_.begin()) return std::nullopt;
    return *std::prev(above);
  }

  // The lowest rate that failed above all that passed.
  std::optional<double> fails() const {
    const auto above = passed_.empty() ? failed_.begin() : failed_.upper_bound(*passed_.rbegin());
    if (above == failed_.end()) return std::nullopt;
    return *above;
  }

  bool is_steady() const {
    return passed_.empty() || failed_.empty() || *passed_.rbegin() < *failed_.begin();
  }

 private:
  std::set<double> passed_;
  std::set<double> failed_;
};

class Search {
 public:
  Search(const CapacityOptions& options, absl::FunctionRef<ProbeOutcome(const Probe&)> probe)
      : options_(options), probe_(probe) {}

  Capacity Run() && {
    SweepUpwards(options_.start_rate);
    if (findings_.fails().has_value()) SweepDownwards(*findings_.fails() / kDownwards);
    Narrow();
    AskAgain();
    return {.passes = findings_.passes(),
            .fails = findings_.fails(),
            .is_steady = findings_.is_steady(),
            .probes = probes_};
  }

 private:
  bool has_probes() const { return probes_ < options_.most_probes; }

  bool is_narrow(double below, double above) const {
    return above <= below * (1 + options_.resolution);
  }

  // Asks with more and more arrivals until the answer is a statement.
  ProbeOutcome Ask(double rate) {
    ProbeOutcome outcome = ProbeOutcome::kUndecided;
    for (int64_t arrivals = options_.first_arrivals;
         outcome == ProbeOutcome::kUndecided && arrivals <= options_.most_arrivals && has_probes();
         arrivals *= 4) {
      ++probes_;
      outcome = probe_({.rate = rate,
                        .arrivals = arrivals,
                        .seed = static_cast<uint64_t>(probes_),
                        .confidence = 1 - (1 - options_.confidence) / options_.most_probes});
    }
    findings_.Add(rate, outcome);
    return outcome;
  }

  // Until a rate fails that lies above all that passed.
  void SweepUpwards(double rate) {
    while (has_probes()) {
      Ask(std::min(rate, options_.highest_rate));
      if (findings_.fails().has_value() || rate >= options_.highest_rate) return;
      rate *= kUpwards;
    }
  }

  // Until a rate passes that lies below all that failed.
  void SweepDownwards(double rate) {
    while (has_probes()) {
      const double asked = std::max(rate, options_.lowest_rate);
      const bool passes = Ask(asked) == ProbeOutcome::kPasses;
      if ((passes && findings_.passes().has_value()) || asked == options_.lowest_rate) return;
      // What passed on the way up is not asked again.
      if (findings_.passes().has_value() && asked / kDownwards <= *findings_.passes()) return;
      rate = asked / kDownwards;
    }
  }

  // Halves what lies between the ends; what is undecided is left out and narrowed from both sides.
  void Narrow() {
    double undecided_from = options_.highest_rate;
    double undecided_to = options_.lowest_rate;
    while (has_probes() && findings_.is_steady() && findings_.passes().has_value() &&
           findings_.fails().has_value()) {
      const double passes = *findings_.passes();
      const double fails = *findings_.fails();
      const bool has_undecided = undecided_from <= undecided_to;
      const double below_to = has_undecided ? undecided_from : fails;
      double rate = 0;
      if (!is_narrow(passes, below_to)) {
        rate = std::sqrt(passes * below_to);
      } else if (has_undecided && !is_narrow(undecided_to, fails)) {
        rate = std::sqrt(undecided_to * fails);
      } else {
        return;
      }
      if (Ask(rate) == ProbeOutcome::kUndecided) {
        undecided_from = std::min(undecided_from, rate);
        undecided_to = std::max(undecided_to, rate);
      }
    }
  }

  // The higher end first: whether a system that was overloaded recovers.
  void AskAgain() {
    while (findings_.fails().has_value() && has_probes() &&
           Ask(*findings_.fails()) == ProbeOutcome::kPasses) {
    }
    if (!findings_.is_steady() && !findings_.fails().has_value()) {
      SweepUpwards(options_.start_rate * kUpwards);
    }
    while (findings_.passes().has_value() && has_probes() &&
           Ask(*findings_.passes()) == ProbeOutcome::kFails) {
    }
    if (!findings_.is_steady() && !findings_.passes().has_value()) {
      SweepDownwards(options_.start_rate / kDownwards);
    }
  }

  const CapacityOptions& options_;
  absl::FunctionRef<ProbeOutcome(const Probe&)> probe_;
  Findings findings_;
  int probes_ = 0;
};

// Of completed runs. Nothing is excluded when nothing is known about dependence.
stats::ProportionLimits LimitsOfRatio(const ProbeSample& sample, double confidence) {
  const auto dispersion = stats::DispersionOfFailures(sample.trials, confidence);
  if (!dispersion.has_value()) return {};
  const int64_t effective =
      stats::EffectiveTrials(sample.planned, *dispersion, sample.disturbed, confidence);
  return stats::DependentProportionLimits(sample.completed, sample.planned, effective, confidence);
}

}  // namespace

Capacity FindCapacity(const CapacityOptions& options,
                      absl::FunctionRef<ProbeOutcome(const Probe&)> probe) {
  return Search(options, probe).Run();
}

ProbeOutcome JudgeProbe(const ProbeSample& sample, const CapacityObjectives& objectives,
                        double confidence) {
  if (sample.planned == 0 || sample.from_planned.count() == 0) return ProbeOutcome::kUndecided;
  constexpr double kP99 = 0.99;
  const stats::OverDispersion dispersion(sample.from_planned.slots().slots());
  const stats::QuantileLimits limits =
      stats::DependentQuantileLimits(sample.from_planned.count(), dispersion, kP99,
                                     {.confidence = confidence, .disturbed = sample.disturbed});
  const LatencyHistogram& histogram = sample.from_planned.histogram();
  const stats::ProportionLimits ratio = LimitsOfRatio(sample, confidence);
  const bool is_slow =
      limits.lower.has_value() && histogram.LowestAtRank(limits.lower->rank) > objectives.p99;
  if (is_slow || ratio.upper < objectives.success_ratio) return ProbeOutcome::kFails;
  const bool is_fast =
      limits.upper.has_value() && histogram.AtRank(limits.upper->rank) <= objectives.p99;
  const bool is_succeeding = ratio.lower >= objectives.success_ratio;
  return is_fast && is_succeeding ? ProbeOutcome::kPasses : ProbeOutcome::kUndecided;
}

}  // namespace slo::bench
