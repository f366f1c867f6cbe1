#include "bench/drive/arrival_schedule.h"

#include <bit>
#include <cmath>
#include <cstddef>

#include "absl/base/macros.h"
#include "absl/numeric/int128.h"
#include "tools/lib/stats/split_mix.h"

namespace slo::bench {
namespace {

// Times are kept in 2^-20 ns, so that gaps of a few nanoseconds add up to the rate.
constexpr int kTimeBits = 20;
constexpr int kFractionBits = 32;
constexpr uint64_t kLn2 = 2'977'044'472U;  // ln 2 in 2^-32

// log2 of `value`, at least 1, in 2^-32, rounded down: the binary digits of the logarithm come out
// by squaring. Source: D. E. Knuth, "The Art of Computer Programming", volume 1, 1.2.2, exercise 25
// and the text before it.
uint64_t Log2(uint64_t value) {
  const auto exponent = static_cast<unsigned>(std::bit_width(value)) - 1;
  uint64_t log = exponent;
  // From 1 to below 2, in 2^-63.
  uint64_t mantissa = value << (63 - exponent);
  for (int bit = 0; bit < kFractionBits; ++bit) {
    const absl::uint128 square = (absl::uint128(mantissa) * mantissa) >> 63;
    const bool is_two_or_more = absl::Uint128High64(square) > 0;
    mantissa = absl::Uint128Low64(is_two_or_more ? square >> 1 : square);
    log = (log << 1U) | static_cast<uint64_t>(is_two_or_more);
  }
  return log;
}

// -ln(u) for a uniform u in (0, 1], in 2^-32: exponential with mean one.
uint64_t Exponential(stats::SplitMix64& random) {
  constexpr int kUniformBits = 63;
  const uint64_t k = (random.Next() >> 1U) + 1;  // u = k / 2^63
  const uint64_t negative_log2 = (uint64_t{kUniformBits} << kFractionBits) - Log2(k);
  return absl::Uint128Low64((absl::uint128(negative_log2) * kLn2) >> kFractionBits);
}

}  // namespace

absl::string_view Name(ArrivalProcess process) {
  return process == ArrivalProcess::kPoisson ? "poisson" : "constant";
}

std::vector<int64_t> PlanArrivals(const ArrivalPlan& plan) {
  ABSL_HARDENING_ASSERT(plan.rate_per_second >= 0.001 && plan.rate_per_second <= 1e7);
  ABSL_HARDENING_ASSERT(plan.arrivals >= 1 && plan.arrivals <= 10'000'000);
  const auto mean_gap =
      static_cast<uint64_t>(std::llround(std::ldexp(1e9 / plan.rate_per_second, kTimeBits)));
  stats::SplitMix64 random(plan.seed);
  std::vector<int64_t> planned_ns;
  planned_ns.reserve(static_cast<size_t>(plan.arrivals));
  absl::uint128 time = 0;
  for (int64_t arrival = 0; arrival < plan.arrivals; ++arrival) {
    time += plan.process == ArrivalProcess::kConstant
                ? absl::uint128(mean_gap)
                : (absl::uint128(mean_gap) * Exponential(random)) >> kFractionBits;
    planned_ns.push_back(static_cast<int64_t>(absl::Uint128Low64(time >> kTimeBits)));
  }
  return planned_ns;
}

}  // namespace slo::bench
