// No guessing about foreign data: how somebody's counter is spelled says nothing.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/properties/deletion_testing.h"
#include "tools/slo_gate/properties/documents_testing.h"

namespace slo::tools {
namespace {

// What the grammar of bench_workflow would take for times, ratios, percentiles, bounds and counts.
constexpr const char* kSpellings[] = {"plain",          "success_ratio",        "latency_p99_us",
                                      "latency_max_us", "runs_per_second",      "x_bytes",
                                      "samples_count",  "latency_drift_factor", "failed_count"};

json Renamed(const std::string& name) {
  json document = ForeignResults();
  for (json& row : document["benchmarks"]) {
    if (!row.contains("hits_ratio")) continue;
    row[name] = row["hits_ratio"];
    row.erase("hits_ratio");
  }
  return document;
}

TEST(ForeignCounters, AreJudgedAlikeHoweverTheyAreSpelled) {
  for (const bool point : {false, true}) {
    for (const double factor : {kTight, kBetween, kWide}) {
      for (const char* name : kSpellings) {
        Objective objective = ObjectiveOn("BM_Parse/*", name, 1.5, factor);
        objective.point = point;
        const Verdict verdict = JudgeDocument(Renamed(name), {.objectives = {objective}}).value();
        const CheckStatus expected = !point              ? CheckStatus::kInsufficient
                                     : factor < kBetween ? CheckStatus::kFail
                                                         : CheckStatus::kPass;
        for (const Check& check : verdict.scenarios.at(0).checks) {
          EXPECT_EQ(check.status, expected) << name << " " << factor;
          EXPECT_EQ(check.type, MetricType{}) << name;
          EXPECT_FALSE(check.confidence.has_value()) << name;
        }
      }
    }
  }
}

TEST(ForeignCounters, MayBeNegative) {
  json document = ForeignResults();
  for (json& row : document["benchmarks"]) row["latency_p99_us"] = -3;
  Objective objective = ObjectiveOn("BM_Once", "latency_p99_us", 1, 1);
  objective.min.reset();
  objective.point = true;
  EXPECT_EQ(ExitCodeOf(JudgeDocument(document, {.objectives = {objective}}).value()), 0);
}

}  // namespace
}  // namespace slo::tools
