// Taking information away never turns what was no pass into a pass: comparisons of two builds.

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/properties/comparisons_testing.h"
#include "tools/slo_gate/properties/deletion_testing.h"

namespace slo::tools {
namespace {

using testing::IsEmpty;

TEST(MonotonePairs, WhateverWasFound) {
  for (PairsStart& start : PairsStarts()) {
    const auto is_known = [&](const std::string& place, const std::string& /*what*/) {
      return !start.only_place.empty() && absl::StartsWith(place, start.only_place);
    };
    const Deletions deletions = DeleteEverything(
        start.document, [&] { return JudgePairsDocument(start.document); }, is_known);
    EXPECT_GT(deletions.judged, 10) << start.what;
    EXPECT_THAT(deletions.problems, IsEmpty()) << start.what;
  }
}

// Both files, one after the other.
void ExpectMonotone(json results, json baseline, const std::string& limits,
                    const Excuse& is_known = {}) {
  const auto judge = [&] { return JudgeOnBaseline(results, baseline, limits); };
  for (json* document : {&results, &baseline}) {
    const Deletions deletions = DeleteEverything(*document, judge, is_known);
    EXPECT_GT(deletions.judged, 20);
    EXPECT_THAT(deletions.problems, IsEmpty());
  }
}

TEST(MonotoneBaseline, OfStoredTimes) {
  const json results = ForeignResults();
  for (const double factor : {1.0, 1.03, 2.0}) {
    ExpectMonotone(results, Slowed(results, 1 / factor), kLimitsText);
  }
}

TEST(MonotoneBaseline, OfRecordedResults) {
  const json results = DocumentOf(Recorded("bench_workflow.json"));
  ExpectMonotone(results, Slowed(results, 0.5), kLimitsText);
}

class MonotoneExactCosts : public testing::Test {
 protected:
  const std::string limits_ = TextOf(Repository() / "thresholds/regression.json");
  const json baseline_ =
      DocumentOf(Repository() / "thresholds/baselines/exact-gnu-12.2.0-glibc-2.36-x86_64.json");
};

TEST_F(MonotoneExactCosts, WithACostThatGrew) {
  for (const char* cost : {"allocations_per_run", "response_digest"}) {
    json results = baseline_;
    results["benchmarks"][1][cost] = 1e6;
    ExpectMonotone(results, baseline_, limits_);
  }
}

// What only one side has fails; where it is deleted there too, neither file knows of it.
TEST_F(MonotoneExactCosts, WithACostAndABenchmarkThatOneSideLacks) {
  for (const char* place : {"/benchmarks/1/allocations_per_run", "/benchmarks/1"}) {
    json results = baseline_;
    Erase(place, results);
    const auto is_the_same = [&](const std::string& deleted, const std::string& /*what*/) {
      return deleted == place;
    };
    ExpectMonotone(results, baseline_, limits_, is_the_same);
  }
}

}  // namespace
}  // namespace slo::tools
