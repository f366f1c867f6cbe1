// Taking information away never turns what was no pass into a pass: objectives.

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/properties/deletion_testing.h"
#include "tools/slo_gate/properties/documents_testing.h"

namespace slo::tools {
namespace {

using testing::AnyOf;
using testing::Each;
using testing::IsEmpty;
using testing::StartsWith;

Deletions Delete(json& document, const Thresholds& thresholds, const Excuse& is_known = {}) {
  return DeleteEverything(
      document, [&] { return JudgeDocument(document, thresholds); }, is_known);
}

std::string First(const std::vector<std::string>& problems) {
  constexpr size_t kShown = 25;
  std::vector<std::string> shown = problems;
  shown.resize(std::min(kShown, problems.size()));
  return absl::StrCat(problems.size(), " problems:\n", absl::StrJoin(shown, "\n"));
}

class MonotoneLimits : public testing::TestWithParam<double> {};

void ExpectMonotone(json document, double factor, bool points) {
  const auto report = ReportOf("results.json", document);
  ASSERT_TRUE(report.ok()) << report.status();
  Thresholds thresholds = ThresholdsFor(*report, factor);
  thresholds.points = points;
  const Deletions deletions = Delete(document, thresholds);
  EXPECT_GT(deletions.judged, 20);
  EXPECT_THAT(deletions.problems, IsEmpty()) << First(deletions.problems);
}

TEST_P(MonotoneLimits, OfTheGatesTestData) {
  const auto file = Repository() / "tools/slo_gate/testdata/results.json";
  ExpectMonotone(DocumentOf(file), GetParam(), false);
  ExpectMonotone(DocumentOf(file), GetParam(), true);
}

TEST_P(MonotoneLimits, OfRecordedResults) {
  ExpectMonotone(DocumentOf(Recorded("bench_workflow.json")), GetParam(), false);
  ExpectMonotone(DocumentOf(Recorded("bench_workflow.json")), GetParam(), true);
}

// Four processes of bench_workflow in one file: among other things a process less, a row less.
TEST_P(MonotoneLimits, OfSeveralProcesses) {
  ExpectMonotone(DocumentOf(Recorded("processes.json")), GetParam(), false);
}

TEST_P(MonotoneLimits, OfAForeignProgram) {
  ExpectMonotone(ForeignResults(), GetParam(), false);
  ExpectMonotone(ForeignResults(), GetParam(), true);
}

// ---- Rows of which something is gone or wrong already ----

struct Start {
  std::string what;
  std::string place;
  json value;  // null: deleted
};

json At(json document, const Start& start) {
  if (start.value.is_null()) {
    Erase(start.place, document);
  } else {
    document[json::json_pointer(start.place)] = start.value;
  }
  return document;
}

TEST(MonotoneObjectives, OfResultsThatAreNotAsTheyShouldBe) {
  for (const Start& start : {
           Start{"a clock that stood still", "/benchmarks/0/real_time", 0},
           Start{"an error row", "/benchmarks/0/error_message", "first failure"},
           Start{"a debug build", "/context/slo_build_type", "debug"},
           Start{"no level", "/context/slo_confidence_level", {}},
           Start{"failures", "/benchmarks/0/failed_status_count", 3},
           Start{"repetitions that are not there", "/benchmarks/0/repetitions", 3},
           Start{"no number", "/benchmarks/0/latency_p99_us", "fast"},
       }) {
    SCOPED_TRACE(start.what);
    json document = At(DocumentOf(Recorded("bench_workflow.json")), start);
    if (document["benchmarks"][0].contains("error_message")) {
      document["benchmarks"][0]["error_occurred"] = true;
    }
    ExpectMonotone(document, kWide, true);
  }
}

// Exceptions: nothing else in the file tells of them, and no other program has to write them.
TEST(MonotoneObjectives, KnowNothingOfWhatOnlyOneMemberSays) {
  Objective objective = ObjectiveOn("BM_Once", "cpu_time", 55, kBetween);
  objective.min.reset();
  const Thresholds thresholds = {.points = true, .objectives = {objective}};
  // That a foreign program was a debug build.
  json document = At(ForeignResults(), {"", "/context/slo_build_type", "debug"});
  const Deletions of_build = Delete(document, thresholds);
  EXPECT_THAT(of_build.problems,
              Each(AnyOf(StartsWith("/context/slo_build_type:"), StartsWith("/benchmarks/"))));
  // A process of several: the rows say of which one they are, and not how many there were.
  document = ForeignResults();
  const size_t last = document["benchmarks"].size() - 1;
  const Deletions of_process = Delete(document, thresholds);
  EXPECT_THAT(of_process.problems, Each(StartsWith(absl::StrCat("/benchmarks/", last, ":"))));
}

TEST(MonotoneObjectives, OfForeignRepetitionsThatAreNotThere) {
  for (const Start& start : {Start{"a row", "/benchmarks/2", {}},
                             Start{"an index twice", "/benchmarks/2/repetition_index", 1},
                             Start{"no process", "/benchmarks/2/process", {}}}) {
    SCOPED_TRACE(start.what);
    for (const char* statistic : {"each", "median", "mean"}) {
      json document = At(ForeignResults(), start);
      Objective objective = ObjectiveOn("BM_Parse/*", "cpu_time", 100, kWide);
      if (std::string(statistic) == "median") {
        objective.statistic = {.kind = Statistic::Kind::kMedian, .quantile = 0.5, .text = "median"};
      } else if (std::string(statistic) == "mean") {
        objective.statistic = {.kind = Statistic::Kind::kMean, .text = "mean"};
      }
      const Deletions deletions = Delete(document, {.points = true, .objectives = {objective}});
      EXPECT_THAT(deletions.problems, IsEmpty()) << statistic << First(deletions.problems);
    }
  }
}

// The shipped objectives on recorded results, and on those of a machine that stood still.
TEST(MonotoneObjectives, OfTheShippedThresholds) {
  // A kernel without /proc/thread-self/schedstat lets bench_workflow publish no share of waiting.
  const Excuse is_of_the_kernel = [](const std::string& place, const std::string& what) {
    return absl::EndsWith(place, "/environment_wait_share") &&
           (absl::StrContains(what, " machine_waits ") || absl::StrContains(what, "exit code"));
  };
  for (const char* name : {"slo", "sqlite", "http", "original", "remote"}) {
    const auto file = Repository() / absl::StrCat("thresholds/", name, ".json");
    const auto thresholds = ParseThresholds(name, TextOf(file));
    ASSERT_TRUE(thresholds.ok()) << thresholds.status();
    for (const double share : {0.01, 0.9}) {
      json document = DocumentOf(Recorded("bench_workflow.json"));
      for (json& row : document["benchmarks"]) {
        if (!row.contains("environment_stall_share")) continue;
        row["environment_stall_share"] = share;
        row["environment_wait_share"] = share;
      }
      const Deletions deletions = Delete(document, *thresholds, is_of_the_kernel);
      EXPECT_THAT(deletions.problems, IsEmpty()) << name << share << First(deletions.problems);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Limits, MonotoneLimits, testing::Values(kTight, kBetween, kWide));

}  // namespace
}  // namespace slo::tools
