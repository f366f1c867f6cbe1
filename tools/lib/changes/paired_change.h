// How much a cost changed, from process pairs: the statistics of the regression gate.
//
// The sampling unit is a pair of fresh processes that ran at the same time on one core. Its log
// ratio, candidate over base, is one observation; repetitions inside a process are none, because a
// process keeps the bias of its layout for life.

#ifndef SLO_TOOLS_LIB_CHANGES_PAIRED_CHANGE_H_
#define SLO_TOOLS_LIB_CHANGES_PAIRED_CHANGE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace slo::tools {

enum class ChangeOutcome {
  kOk,         // shown to be within the tolerance
  kImproved,   // shown to be less, and by more than the tolerance
  kUndecided,  // neither
  kRegressed,  // shown to be more, and estimated above the tolerance
};

// "ok", "improved", "undecided", "regressed".
absl::string_view Name(ChangeOutcome outcome);

// Ratios less one: 0.03 is 3 % more.
struct ChangeInterval {
  double lower = 0;
  double upper = 0;
};

struct PairedChange {
  int64_t pairs = 0;
  double change = 0;                       // the estimate (Hodges-Lehmann)
  std::optional<ChangeInterval> interval;  // one-sided limits, each at 1 - `error` by itself
  int64_t pairs_for_interval = 0;          // fewer have no interval at this error
  double p_increase = 1;                   // of the signed-rank test of "it costs more"
  double p_decrease = 1;                   // of "it costs less"
};

// Which way a metric gets better.
enum class Better {
  kLess,  // a cost
  kMore,  // a rate
};

// How much more the candidate costs, as a logarithm, pair by pair: log(candidate / base), and of a
// rate log(base / candidate), so that more of it is worse in either case. Both lists of one length,
// all values finite and above zero.
std::vector<double> LogRatios(absl::Span<const double> base, absl::Span<const double> candidate,
                              Better better = Better::kLess);

// `error`: what each limit of the interval may err with, in (0, 0.5]. No interval with fewer pairs
// than such a limit needs (14 at 1e-4). At most 5,000 pairs. A pure function.
PairedChange EvaluatePairs(absl::Span<const double> log_ratios, double error);

// How the error of a gate is spread. Collecting stops where a benchmark is decided, so the places
// of the interim analyses are planned, and each analysis of each comparison gets the same share
// (Bonferroni).
//
// An analysis of so few pairs that even the most extreme sample (a p-value of 2^-pairs) would not
// decide costs nothing: it is no analysis. DecidingAnalyses leaves it out.
struct ErrorPlan {
  double error = 0.01;  // of the whole gate
  int64_t comparisons = 1;
  int64_t analyses = 1;

  double share() const {
    return error / static_cast<double>(comparisons) / static_cast<double>(analyses);
  }
};

// Of the planned numbers of pairs, ascending, those at which something can be decided when each
// comparison of each has its share of `error`: all but the first ones that are too small. At least
// the last. It depends on the plan only, and so does the share of each that is left.
std::vector<int64_t> DecidingAnalyses(absl::Span<const int64_t> analyses, double error,
                                      int64_t comparisons);

// Of `pairs` that there are, how many a decision may use: as many as the last planned analysis that
// they reach, so that a collection that stopped in between can go on without having been analysed
// once more than planned. All of them below the first analysis.
int64_t PairsToJudge(absl::Span<const int64_t> analyses, int64_t pairs);

// The outcome for one comparison. `adjusted_p_increase` and `adjusted_p_decrease` are corrected for
// analyses and comparisons: by Holm over all comparisons where they are known together, or times
// comparisons and analyses, which never says more. `tolerance`: a ratio less one, at least 0. An
// increase is `regressed` when "no increase" is rejected and the estimate exceeds the tolerance;
// `ok` asks for the upper limit to keep it.
ChangeOutcome Decide(const PairedChange& change, double adjusted_p_increase,
                     double adjusted_p_decrease, double tolerance, double error);

// The same by the plan alone; what stops the collecting.
ChangeOutcome DecideByPlan(const PairedChange& change, double tolerance, const ErrorPlan& plan);

// About how many pairs would decide, if the estimate stayed where it is: at least one more than
// there are; where there is no interval yet, as many as give one. Nothing when none of a reasonable
// number (100,000) would, because the change is too near to the tolerance.
std::optional<int64_t> PairsToDecide(const PairedChange& change, double tolerance);

// The smallest increase that this many pairs with this scatter show, with a probability of 90 %, to
// be above zero. Nothing without an interval.
std::optional<double> SmallestVisibleChange(const PairedChange& change, double error);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_CHANGES_PAIRED_CHANGE_H_
