// Pairs of two builds for tests: a simulated machine with a scatter as measured on real ones.

#ifndef SLO_TOOLS_SLO_GATE_COMPARISON_PAIRS_TESTING_H_
#define SLO_TOOLS_SLO_GATE_COMPARISON_PAIRS_TESTING_H_

#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/slo_gate/comparison/pairs_verdict.h"
#include "tools/slo_gate/objectives/judge.h"

namespace slo::tools {

// The day on which the pairs are judged.
inline absl::CivilDay Today() { return absl::CivilDay(2026, 11, 23); }

// What is simulated of one comparison.
struct PairsSpec {
  std::string benchmark;
  double change = 0;  // of the true cost, a ratio less one
  int pairs = 64;
  Comparison comparison = Comparison::kChange;
  double scatter = 0.02;  // standard deviation of a pair's log ratio
};

inline MeasuredPairs MakeMeasured(const PairsSpec& spec, unsigned seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> machine(0, 0.15);  // both sides of a pair feel it alike
  std::normal_distribution<double> own(0, spec.scatter);
  MetricPairs cpu_time;
  for (int i = 0; i < spec.pairs; ++i) {
    const double base = 1'000 * std::exp(machine(random));
    cpu_time.base.push_back(base);
    cpu_time.candidate.push_back(base * (1 + spec.change) * std::exp(own(random)));
  }
  return {.benchmark = spec.benchmark,
          .comparison = spec.comparison,
          .base_time_unit = "ns",
          .candidate_time_unit = "ns",
          .metrics = {{"cpu_time", std::move(cpu_time)}}};
}

// A file of these comparisons, with a quiet and a slowed control (+10 %) of BM_Control.
inline PairsFile MakePairs(const std::vector<PairsSpec>& specs, unsigned seed = 1) {
  PairsFile file = {.file = "pairs.json",
                    .generated_at_utc = "2026-11-23T10:00:00Z",
                    .base = {.binary = "base/bench", .context = {{"num_cpus", "2"}}},
                    .candidate = {.binary = "candidate/bench", .context = {{"num_cpus", "2"}}},
                    .analyses = {16, 32, 64},
                    .slowdown = "SLOW=10%"};
  for (const PairsSpec& spec : specs) {
    file.measured.push_back(MakeMeasured(spec, seed++));
    if (spec.comparison == Comparison::kChange) file.selected.push_back(spec.benchmark);
  }
  for (const auto& [comparison, change] :
       {std::pair(Comparison::kQuietControl, 0.0), std::pair(Comparison::kSlowedControl, 0.10)}) {
    file.measured.push_back(MakeMeasured(
        {.benchmark = "BM_Control", .change = change, .comparison = comparison}, seed++));
  }
  return file;
}

// Pairs whose log ratios are these, whatever the base is.
inline MeasuredPairs RatioPairs(const std::string& benchmark, const std::vector<double>& log_ratios,
                                Comparison comparison = Comparison::kChange) {
  MeasuredPairs measured = MakeMeasured({.benchmark = benchmark,
                                         .pairs = static_cast<int>(log_ratios.size()),
                                         .comparison = comparison},
                                        1);
  MetricPairs& metric = measured.metrics["cpu_time"];
  for (size_t i = 0; i < log_ratios.size(); ++i) {
    metric.candidate[i] = metric.base[i] * std::exp(log_ratios[i]);
  }
  return measured;
}

// So many increases by about that much.
inline std::vector<double> Increases(size_t count, double size = 0.1) {
  std::vector<double> ratios;
  for (size_t i = 0; i < count; ++i) ratios.push_back(size + 1e-4 * static_cast<double>(i));
  return ratios;
}

inline PairsFile FileWith(std::vector<MeasuredPairs> measured,
                          std::vector<int64_t> analyses = {16, 32, 64}) {
  PairsFile file = {.file = "pairs.json", .analyses = std::move(analyses)};
  for (const MeasuredPairs& one : measured) {
    if (one.comparison == Comparison::kChange) file.selected.push_back(one.benchmark);
  }
  file.measured = std::move(measured);
  return file;
}

inline constexpr char kLimitsText[] = R"({"version": 1, "tolerances": [
  {"id": "all", "benchmark": "*", "max_increase": "3%", "max_increase_since_release": "5%",
   "why": "w", "source": "s"}]})";

inline RegressionLimits MakeLimits(const std::string& text = kLimitsText) {
  return ParseRegressionLimits("regression.json", text).value();
}

inline Verdict VerdictOn(std::vector<PairsFile> files, const std::string& limits = kLimitsText) {
  return VerdictOnPairs(std::move(files), MakeLimits(limits), limits,
                        {.generated_at_utc = "2026-11-23T12:00:00Z", .gate_version = "0"});
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_COMPARISON_PAIRS_TESTING_H_
