// A random sequence that is the same on every standard library: std:: distributions are not.

#ifndef SLO_TOOLS_LIB_STATS_SPLIT_MIX_H_
#define SLO_TOOLS_LIB_STATS_SPLIT_MIX_H_

#include <cstdint>

namespace slo::stats {

// Makes every bit of the result depend on every bit of `value`.
constexpr uint64_t MixBits(uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31U);
}

// SplitMix64. Source: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number
// Generators", OOPSLA 2014. Not thread-safe.
class SplitMix64 {
 public:
  explicit constexpr SplitMix64(uint64_t seed) : state_(seed) {}

  // Uniform over all 64-bit values.
  constexpr uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15U;
    return MixBits(state_);
  }

 private:
  uint64_t state_;
};

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_SPLIT_MIX_H_
