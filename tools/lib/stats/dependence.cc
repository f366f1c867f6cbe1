#include "tools/lib/stats/dependence.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <utility>

#include "absl/base/macros.h"

namespace slo::stats {
namespace {

// A slot, or a window of them, is to hold so many observations in the mean for its count to vary.
constexpr double kWindowSamples = 8;
// Windows of so many slots are used in any case.
constexpr size_t kAlwaysUsed = 4;
constexpr double kOverlapGain = 1.5;

double StudentQuantile(double degrees_of_freedom, double confidence) {
  return boost::math::quantile(
      boost::math::students_t_distribution<double>(std::max(degrees_of_freedom, 1.0)), confidence);
}

double NormalQuantile(double confidence) {
  return boost::math::quantile(boost::math::normal_distribution<double>(), confidence);
}

// (t / z)^2 of an estimate from so many equal batches.
double Correction(int64_t batches, double confidence) {
  const double t = StudentQuantile(static_cast<double>(batches) - 1, confidence);
  const double z = NormalQuantile(confidence);
  return (t / z) * (t / z);
}

// The sums over every window of `length` consecutive values.
template <typename Visit>
void ForEachWindow(const std::vector<double>& sums_up_to, size_t length, const Visit& visit) {
  for (size_t end = length; end < sums_up_to.size(); ++end) {
    visit(sums_up_to[end] - sums_up_to[end - length]);
  }
}

// Element i: the sum of the first i values.
template <typename ValueOf>
std::vector<double> SumsUpTo(size_t size, const ValueOf& value_of) {
  std::vector<double> sums(size + 1);
  for (size_t i = 0; i < size; ++i) sums[i + 1] = sums[i] + value_of(i);
  return sums;
}

std::vector<double> SizesOf(const TimeSlots& counts) {
  std::vector<double> sizes(counts.slots());
  for (size_t slot = 0; slot < sizes.size(); ++slot) {
    for (const uint32_t count : counts.counts(slot)) sizes[slot] += count;
  }
  return sizes;
}

std::vector<double> ColumnSums(const TimeSlots& counts, size_t slots) {
  std::vector<double> sums(counts.columns());
  for (size_t slot = 0; slot < slots; ++slot) {
    const absl::Span<const uint32_t> row = counts.counts(slot);
    for (size_t column = 0; column < row.size(); ++column) sums[column] += row[column];
  }
  return sums;
}

std::vector<double> ColumnOf(const TimeSlots& counts, size_t column) {
  std::vector<double> values(counts.slots());
  for (size_t slot = 0; slot < values.size(); ++slot) values[slot] = counts.counts(slot)[column];
  return values;
}

double LargestProduct(const ByWindow& a, const ByWindow& b) {
  double largest = 0;
  for (size_t i = 0; i < a.size(); ++i) largest = std::max(largest, a[i] * b[i]);
  return largest;
}

}  // namespace

SlotWindows::SlotWindows(std::vector<double> sizes) : sizes_(std::move(sizes)) {
  for (const double size : sizes_) {
    samples_ += size;
    if (size > 0) ++used_slots_;
  }
  if (samples_ <= 0) return;
  const double a_slot = samples_ / static_cast<double>(used_slots_);
  const std::vector<double> sums = SumsUpTo(sizes_.size(), [&](size_t i) { return sizes_[i]; });
  for (size_t i = 0; i < kWindowSlots.size(); ++i) {
    const size_t length = kWindowSlots[i];
    const bool is_used =
        length <= kAlwaysUsed || static_cast<double>(kWindowSlots[i - 1]) * a_slot < kWindowSamples;
    if (!is_used) break;
    double sum = 0;
    double squares = 0;
    ForEachWindow(sums, length, [&](double size) {
      sum += size;
      squares += size * size;
    });
    // How many windows side by side, each as large as the overlapping ones in their own mean.
    if (squares > 0) worth_[i] = samples_ * sum / squares;
    window_samples_[i] = sum;
  }
}

// Where nearly all is in one slot, all that could be seen is the variance within it.
bool SlotWindows::can_tell() const {
  return used_slots_ >= kMinDependenceSlots && samples_ >= kMinDependenceSamples && worth_[0] > 2;
}

ByWindow SlotWindows::ExcessVariances(absl::Span<const double> over) const {
  ABSL_HARDENING_ASSERT(over.size() == sizes_.size());
  double all_over = 0;
  for (const double count : over) all_over += count;
  ByWindow excess = {};
  const double p = all_over / samples_;
  if (!(p > 0 && p < 1)) return excess;
  const std::vector<double> residuals =
      SumsUpTo(sizes_.size(), [&](size_t i) { return over[i] - p * sizes_[i]; });
  for (size_t i = 0; i < kWindowSlots.size(); ++i) {
    if (worth_[i] <= 1) continue;
    double squares = 0;
    ForEachWindow(residuals, kWindowSlots[i],
                  [&](double residual) { squares += residual * residual; });
    excess[i] = squares / (window_samples_[i] * p * (1 - p)) * worth_[i] / (worth_[i] - 1);
  }
  return excess;
}

ByWindow SlotWindows::StudentCorrections(double confidence) const {
  ABSL_HARDENING_ASSERT(confidence > 0.5 && confidence < 1);
  const double z = NormalQuantile(confidence);
  ByWindow corrections = {};
  for (size_t i = 0; i < kWindowSlots.size(); ++i) {
    if (worth_[i] <= 1) continue;
    const double gain = kWindowSlots[i] == 1 ? 1 : kOverlapGain;
    const double t = StudentQuantile(gain * (worth_[i] - 1), confidence);
    corrections[i] = (t / z) * (t / z);
  }
  return corrections;
}

OverDispersion::OverDispersion(const TimeSlots& counts) : windows_(SizesOf(counts)) {
  if (!windows_.can_tell()) return;
  std::vector<double> over(counts.slots());
  const std::vector<double> of_columns = ColumnSums(counts, over.size());
  double all_over = 0;
  for (size_t column = counts.columns(); column-- > 0;) {
    if (of_columns[column] == 0) continue;
    for (size_t slot = 0; slot < over.size(); ++slot) over[slot] += counts.counts(slot)[column];
    all_over += of_columns[column];
    if (all_over >= windows_.samples()) break;
    largest_.push_back({.count = all_over, .excess_variances = windows_.ExcessVariances(over)});
  }
}

double OverDispersion::AmongLargest(double proportion, const ByWindow& corrections) const {
  ABSL_HARDENING_ASSERT(is_known());
  ABSL_HARDENING_ASSERT(proportion >= 0 && proportion < 1);
  if (largest_.empty()) return 1;
  // A hair less, lest rounding takes more values than are meant.
  const double at_least = std::max<double>(proportion * windows_.samples() * (1 - 1e-12), kMinOver);
  auto found = std::find_if(largest_.begin(), largest_.end(),
                            [&](const Largest& some) { return some.count >= at_least; });
  if (found == largest_.end()) --found;
  return LargestProduct(found->excess_variances, corrections);
}

int64_t EffectiveSampleSize(int64_t samples, double inflation, int64_t disturbed) {
  ABSL_HARDENING_ASSERT(samples >= 1 && inflation >= 0 && disturbed >= 1);
  const double divisor = std::max({1.0, inflation, static_cast<double>(disturbed)});
  return std::max<int64_t>(1, static_cast<int64_t>(static_cast<double>(samples) / divisor));
}

std::optional<FailureDispersion> DispersionOfFailures(const TrialSlots& trials, double confidence) {
  const SlotWindows windows(ColumnOf(trials.slots(), TrialSlots::kTrials));
  if (!windows.can_tell()) return std::nullopt;
  FailureDispersion dispersion = {.batches = static_cast<int64_t>(windows.used_slots())};
  const ByWindow excess = windows.ExcessVariances(ColumnOf(trials.slots(), TrialSlots::kFailures));
  const double largest = LargestProduct(excess, windows.StudentCorrections(confidence));
  if (largest > 0) dispersion.factor = largest / Correction(dispersion.batches, confidence);
  return dispersion;
}

int64_t EffectiveTrials(int64_t trials, const FailureDispersion& dispersion, int64_t disturbed,
                        double confidence) {
  ABSL_HARDENING_ASSERT(dispersion.batches >= 2);
  return EffectiveSampleSize(trials, dispersion.factor * Correction(dispersion.batches, confidence),
                             disturbed);
}

}  // namespace slo::stats
