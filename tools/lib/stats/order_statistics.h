// Confidence limits for a quantile from the order statistics of a sample, without any assumption
// about the distribution. Of n independent samples the number at or below the q-quantile is
// binomial (n, q); everything here follows from that. Source: H. A. David, H. N. Nagaraja, "Order
// Statistics", 3rd ed., section 7.1.
//
// Domains: 0 < quantile < 1, 0 < confidence < 1 (one-sided), counts up to 2^53. Pure functions.

#ifndef SLO_TOOLS_LIB_STATS_ORDER_STATISTICS_H_
#define SLO_TOOLS_LIB_STATS_ORDER_STATISTICS_H_

#include <cstdint>
#include <optional>

namespace slo::stats {

// The smallest 1-based rank r whose order statistic lies at or above the quantile with at least
// `confidence`: P(Bin(n, q) <= r - 1) >= confidence. Nothing when even the maximum does not, that
// is when n < SmallestPassingSampleSize(quantile, confidence, 0).
std::optional<int64_t> QuantileUpperRank(int64_t samples, double quantile, double confidence);

// The largest 1-based rank r whose order statistic lies at or below the quantile with at least
// `confidence`: P(Bin(n, q) >= r) >= confidence. Nothing when even the minimum does not.
std::optional<int64_t> QuantileLowerRank(int64_t samples, double quantile, double confidence);

// What `over` of `samples` above a limit say about "at most 1 - quantile lie above it".
enum class QuantileTest {
  kPass,          // P(Bin(n, 1 - q) <= over) <= 1 - confidence
  kFail,          // P(Bin(n, 1 - q) >= over) <= 1 - confidence
  kInsufficient,  // neither
};
QuantileTest TestQuantileLimit(int64_t samples, int64_t over, double quantile, double confidence);

// The smallest n with which `over` samples above the limit can still be a pass.
int64_t SmallestPassingSampleSize(double quantile, double confidence, int64_t over);

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_ORDER_STATISTICS_H_
