// How much less a sample of dependent observations proves than as many independent ones.
//
// Neighbouring latencies are alike: a slow request is followed by slow ones. The number of them
// above a limit then scatters more than the binomial distribution says, and bounds that take n
// independent observations promise too much. The cure is to measure the excess variance between
// slots of time, and to count n as n divided by it.
//
// With n_j observations and x_j of them over a value in slot j, N and X in all, p = X / N, the
// ratio estimator of the excess variance is
//
//   phi = m / (m - 1) * sum_j (x_j - p n_j)^2 / (N p (1 - p)),   m = N^2 / sum_j n_j^2.
//
// (W. G. Cochran, "Sampling Techniques", section 6.3; P. McCullagh, J. A. Nelder, "Generalized
// Linear Models", section 4.5.) Slots of equal time hold unequal numbers, and m is the number of
// equal slots that they are worth (L. Kish, "Survey Sampling", section 8.2): with it phi is 1 in
// the mean for independent observations, since E (x_j - p n_j)^2 = n_j p (1 - p) (1 - n_j / N), and
// m - 1 are its degrees of freedom by F. E. Satterthwaite ("An Approximate Distribution of
// Estimates of Variance Components", Biometrics 2, 1946).
//
// A slot shows dependence only as far as it lasts. So the same is done with overlapping windows of
// 2 and of 4 slots, and where slots hold less than 2 observations of 8, and the largest counts.
// Overlapping windows are worth 3/2 times as many as such side by side (M. S. Meketon,
// B. Schmeiser, "Overlapping Batch Means", 1984). The error rates of the whole are measured, see
// docs/method/confidence.md. Pure functions.

#ifndef SLO_TOOLS_LIB_STATS_DEPENDENCE_H_
#define SLO_TOOLS_LIB_STATS_DEPENDENCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "tools/lib/stats/time_slots.h"
#include "tools/lib/stats/trial_slots.h"

namespace slo::stats {

// With fewer slots that hold something, or fewer observations, nothing is known about dependence,
// and nothing is proven.
inline constexpr size_t kMinDependenceSlots = 30;
inline constexpr int64_t kMinDependenceSamples = 60;
// Observations above the limit that it takes to see whether they come in clusters.
inline constexpr int kMinOver = 50;

// Slots in a window.
inline constexpr std::array<size_t, 4> kWindowSlots = {1, 2, 4, 8};
// By length of windows; 0 where windows of a length are not used.
using ByWindow = std::array<double, kWindowSlots.size()>;

// What slots with so many observations each can show.
class SlotWindows {
 public:
  // `sizes`: how many observations are in each slot, in order of time; empty ones count as time
  // that passed.
  explicit SlotWindows(std::vector<double> sizes);

  // Whether dependence can be seen; the functions below may be called only then.
  bool can_tell() const;
  // How many slots hold something.
  size_t used_slots() const { return used_slots_; }
  double samples() const { return samples_; }

  // phi for each length of windows, with over[j] of the observations in slot j over a value. Zeros
  // when none or all are over it.
  ByWindow ExcessVariances(absl::Span<const double> over) const;

  // What each phi is to be multiplied with, since it is an estimate: replacing the normal by
  // Student's distribution in an interval, (t / z)^2 at `confidence` (one-sided). Domain:
  // 0.5 < confidence < 1.
  ByWindow StudentCorrections(double confidence) const;

 private:
  std::vector<double> sizes_;
  double samples_ = 0;
  size_t used_slots_ = 0;
  ByWindow worth_ = {};           // m of the windows of each length
  ByWindow window_samples_ = {};  // the sum of their sizes
};

// The excess variance of a sample above any of its values.
class OverDispersion {
 public:
  // `counts`: the sample by slot and value; a greater column is a greater value.
  explicit OverDispersion(const TimeSlots& counts);

  bool is_known() const { return windows_.can_tell(); }

  // See SlotWindows; only when it is known.
  ByWindow StudentCorrections(double confidence) const {
    return windows_.StudentCorrections(confidence);
  }

  // The excess variance of the number of those that belong to the largest `proportion` of the
  // sample, corrected: one that was estimated at 1 is more. With fewer than kMinOver of them that
  // of the kMinOver largest: there the dependence is rather stronger. Values in one column belong
  // together. 1, since nothing varies, when the whole sample is in one column. Only when it is
  // known. Domain: 0 <= proportion < 1.
  double AmongLargest(double proportion, const ByWindow& corrections) const;

 private:
  // All from some column on.
  struct Largest {
    double count = 0;
    ByWindow excess_variances = {};
  };

  SlotWindows windows_;
  std::vector<Largest> largest_;  // ascending by count, without the whole sample
};

// The number of independent observations that `samples` are worth: divided by what an excess
// variance inflates, at least 1, and by the length of the longest disturbance that is declared. A
// sample shows how long slow phases last only if it has many of them; that none is longer than
// `disturbed` observations is an assumption, under which n of them are at least n / disturbed
// independent phases. At least 1. Domain: samples >= 1, inflation >= 0, disturbed >= 1.
int64_t EffectiveSampleSize(int64_t samples, double inflation, int64_t disturbed);

// How much more the number of failed trials varies between slots than independent failures do.
struct FailureDispersion {
  double factor = 1;    // phi
  int64_t batches = 0;  // slots that hold a trial
};

// The largest phi of the failures over all windows; 1 when none or all failed. `confidence`: at
// which (t / z)^2 of windows is brought to that of `batches` equal ones. Nothing when nothing is
// known. Domain: 0.5 < confidence < 1.
std::optional<FailureDispersion> DispersionOfFailures(const TrialSlots& trials, double confidence);

// EffectiveSampleSize with phi (t / z)^2 by batches - 1 degrees of freedom. Domain: batches >= 2.
int64_t EffectiveTrials(int64_t trials, const FailureDispersion& dispersion, int64_t disturbed,
                        double confidence);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_DEPENDENCE_H_
