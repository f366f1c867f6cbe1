// A machine whose benchmarks cost what they are told to, and collections on it.

#ifndef SLO_TOOLS_PAIRED_BENCH_PLAN_COLLECTOR_TESTING_H_
#define SLO_TOOLS_PAIRED_BENCH_PLAN_COLLECTOR_TESTING_H_

#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tools/paired_bench/plan/collector.h"

namespace slo::paired {

// A machine on which candidates cost what `changes` say, and each pair scatters by 2 %.
class SimulatedRunner : public PairRunner {
 public:
  absl::StatusOr<PairRun> Run(const std::string& benchmark, tools::Comparison comparison,
                              bool base_first) override {
    order.push_back(absl::StrCat(benchmark, base_first ? " base" : " candidate"));
    if (static_cast<int>(order.size()) == cancel_at) return absl::CancelledError();
    const double change = comparison == tools::Comparison::kChange ? changes[benchmark] : 0;
    if (failing.contains(benchmark)) return absl::InvalidArgumentError("base (a): SIGSEGV");
    if (std::isinf(change)) return absl::InvalidArgumentError("candidate (b): SIGSEGV");
    std::normal_distribution<double> noise(0, 0.02);
    return PairRun{.base = MakeRun(1'000),
                   .candidate = MakeRun(1'000 * (1 + change) * std::exp(noise(random_)))};
  }

  std::map<std::string, double> changes;
  std::set<std::string> failing;  // in every comparison
  std::vector<std::string> order;
  int cancel_at = -1;

 private:
  static BenchmarkRun MakeRun(double cpu_time) {
    return {.row = {.name = "x", .time_unit = "ns", .metrics = {{"cpu_time", cpu_time}}},
            .context = {{"key", "value"}}};
  }

  std::mt19937_64 random_{1};
};

inline CollectionPlan PlanOf(std::initializer_list<const char*> benchmarks) {
  CollectionPlan plan = {.analyses = PlanAnalyses(16, 128)};
  for (const char* benchmark : benchmarks) {
    plan.comparisons.push_back({.benchmark = benchmark, .recorded_metrics = {"cpu_time"}});
  }
  return plan;
}

inline Collection CollectAll(
    const CollectionPlan& plan, PairRunner& runner,
    std::function<bool()> is_out_of_time = [] { return false; }) {
  return Collect(plan, runner,
                 {.is_out_of_time = std::move(is_out_of_time),
                  .on_pair = [](const Collection&, size_t) {},
                  .on_round = [](const Collection&) {}});
}

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PLAN_COLLECTOR_TESTING_H_
