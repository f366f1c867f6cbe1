#include "tools/slo_gate/objectives/row_faults.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/placed_rows.h"
#include "tools/lib/stats/order_statistics.h"

namespace slo::tools {
namespace {

// Beyond this a count in a double is no longer exact.
constexpr double kMaxCount = 9e15;
// Google Benchmark has printed six digits.
constexpr double kPrinted = 1e-6;

bool IsCount(double value) {
  return value >= 0 && value <= kMaxCount && value == std::trunc(value);
}

class Faults {
 public:
  Faults(const ReportRow& row, const std::string& metric, const FaultContext& context)
      : row_(row), metric_(metric), context_(context) {}

  std::vector<std::string> Take() && {
    if (context_.type.kind == MetricKind::kTime) CheckNotNegative(metric_);
    if (context_.origin == Origin::kOurs) {
      CheckBounds();
      CheckSamples();
      CheckTrials();
    }
    return std::move(fields_);
  }

 private:
  void Add(const std::string& field) {
    if (std::find(fields_.begin(), fields_.end(), field) == fields_.end()) fields_.push_back(field);
  }

  void CheckNotNegative(const std::string& field) {
    const std::optional<double> value = row_.Find(field);
    if (value.has_value() && *value < 0) Add(field);
  }

  // Nothing where it is not there or, which is a fault, no count.
  std::optional<double> CheckCount(const std::string& field) {
    const std::optional<double> value = row_.Find(field);
    if (!value.has_value() || IsCount(*value)) return value;
    Add(field);
    return std::nullopt;
  }

  void CheckOrder(const std::string& smaller, const std::string& larger) {
    const std::optional<double> a = row_.Find(smaller);
    const std::optional<double> b = row_.Find(larger);
    if (!a.has_value() || !b.has_value()) return;
    const double rounding = kPrinted * std::max(std::abs(*a), std::abs(*b));
    if (*a <= *b + rounding) return;
    Add(smaller);
    Add(larger);
  }

  void CheckBounds() {
    const std::string lower = BoundCounter(metric_, BoundSide::kLower);
    const std::string upper = BoundCounter(metric_, BoundSide::kUpper);
    if (context_.type.kind == MetricKind::kTime) {
      CheckNotNegative(lower);
      CheckNotNegative(upper);
    }
    CheckOrder(lower, upper);
    CheckOrder(lower, metric_);
    CheckOrder(metric_, upper);
  }

  void CheckSamples() {
    const std::optional<std::string> counter = SamplesCounterOf(metric_);
    if (!counter.has_value()) return;
    const std::optional<double> samples = CheckCount(*counter);
    for (const BoundSide side : {BoundSide::kLower, BoundSide::kUpper}) {
      const std::string worth_counter = EffectiveSamplesCounter(metric_, side);
      const std::optional<double> worth = CheckCount(worth_counter);
      if (!samples.has_value()) continue;
      if (worth.value_or(0) > *samples) {
        Add(worth_counter);
        Add(*counter);
      }
      CheckEnough(side, *counter, worth.value_or(*samples));
    }
  }

  // Whether so many samples can have a bound on that side at all.
  void CheckEnough(BoundSide side, const std::string& counter, double samples) {
    const std::string bound = BoundCounter(metric_, side);
    const std::optional<double> quantile = QuantileOf(metric_);
    if (!quantile.has_value() || !row_.Find(bound).has_value()) return;
    constexpr double kLowestLevel = 0.5;
    const int64_t needed =
        stats::SmallestPassingSampleSize(side == BoundSide::kUpper ? *quantile : 1 - *quantile,
                                         context_.stated.value_or(kLowestLevel), 0);
    // A share of several processes' bounds.
    const double processes = std::max(row_.Find(kProcessesCount).value_or(1), 1.0);
    if (samples * processes >= static_cast<double>(needed)) return;
    Add(bound);
    Add(counter);
  }

  void CheckTrials() {
    if (context_.type.kind != MetricKind::kRatio) return;
    const std::optional<std::string> counter = TrialsCounterOf(metric_);
    if (!counter.has_value()) return;
    const std::optional<double> trials = CheckCount(*counter);
    if (!trials.has_value() || *trials == 0) return;
    const double successes = *row_.Find(metric_) * *trials;
    const double rounding = kPrinted * *trials + 1e-3;
    if (std::abs(successes - std::round(successes)) > rounding) {
      Add(metric_);
      Add(*counter);
    }
    if (metric_ == kSuccessRatio) CheckSuccesses(successes, *trials, rounding);
  }

  void CheckSuccesses(double successes, double trials, double rounding) {
    const std::optional<double> failed = CheckCount(kFailedCount);
    if (failed.value_or(0) > trials) {
      Add(kFailedCount);
      Add(kSuccessTrialsCount);
    }
    // Of an open loop, what was planned and did not complete has not succeeded.
    const std::optional<double> completed = CheckCount(kCompletedCount);
    const auto differs = [&](double expected) { return std::abs(successes - expected) > rounding; };
    if (completed.has_value() && differs(*completed)) {
      Add(kSuccessRatio);
      Add(kCompletedCount);
    } else if (!completed.has_value() && failed.has_value() && differs(trials - *failed)) {
      Add(kSuccessRatio);
      Add(kFailedCount);
    }
  }

  const ReportRow& row_;
  const std::string& metric_;
  const FaultContext& context_;
  std::vector<std::string> fields_;
};

class Lacking {
 public:
  Lacking(const ReportRow& row, const std::string& metric, const FaultContext& context)
      : row_(row), metric_(metric), context_(context) {}

  std::vector<std::string> Take() && {
    if (!Has("real_time")) fields_.emplace_back("real_time");
    const std::optional<std::string> field = LackingRepetitionField(row_);
    if (field.has_value()) fields_.push_back(*field);
    if (context_.origin == Origin::kOurs) WantOurs();
    return std::move(fields_);
  }

 private:
  bool Has(const std::string& counter) const { return row_.Find(counter).has_value(); }

  void Want(const std::string& counter) {
    if (!Has(counter)) fields_.push_back(counter);
  }

  void WantOurs() {
    if (SamplesCounterOf(metric_).has_value()) Want(*SamplesCounterOf(metric_));
    if (QuantileOf(metric_).has_value()) WantWorth();
    if (context_.type.kind == MetricKind::kRatio && TrialsCounterOf(metric_).has_value()) {
      Want(*TrialsCounterOf(metric_));
    }
    if (metric_ == kSuccessRatio) {
      Want(std::string(kFailedCount));
      if (Has(kPlannedCount)) Want(std::string(kCompletedCount));
    }
    // An upper bound of a rate can be absent, where some windows are too short to exclude any.
    if (HasBounds(metric_)) Want(BoundCounter(metric_, BoundSide::kLower));
  }

  // A bound and what it is worth are written together.
  void WantWorth() {
    const std::vector<std::string>& counters = *row_.metrics.names();  // `metric_` is one
    const bool says_worth = std::any_of(counters.begin(), counters.end(), IsEffectiveSamples);
    for (const BoundSide side : {BoundSide::kLower, BoundSide::kUpper}) {
      const std::string bound = BoundCounter(metric_, side);
      const std::string worth = EffectiveSamplesCounter(metric_, side);
      if (Has(worth)) Want(bound);
      if (Has(bound) && says_worth) Want(worth);
    }
  }

  const ReportRow& row_;
  const std::string& metric_;
  const FaultContext& context_;
  std::vector<std::string> fields_;
};

}  // namespace

std::vector<std::string> Contradictions(const ReportRow& row, const std::string& metric,
                                        const FaultContext& context) {
  return Faults(row, metric, context).Take();
}

std::vector<std::string> LackingCounters(const ReportRow& row, const std::string& metric,
                                         const FaultContext& context) {
  return Lacking(row, metric, context).Take();
}

std::optional<int64_t> CountOf(const ReportRow& row, absl::string_view counter) {
  const std::optional<double> value = row.Find(counter);
  if (!value.has_value() || !IsCount(*value)) return std::nullopt;
  return static_cast<int64_t>(*value);
}

}  // namespace slo::tools
