// No contradiction: a row whose fields exclude each other is invalid, and names them.

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/properties/contradictory_rows_testing.h"
#include "tools/slo_gate/properties/deletion_testing.h"

namespace slo::tools {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAreArray;

Verdict JudgeWide(const json& document, const Contradiction& contradiction) {
  const json& row = document["benchmarks"][contradiction.row];
  return JudgeDocument(document, WideOn(row, contradiction.metric)).value();
}

TEST(Contradictions, MakeARowInvalidAndNameTheFields) {
  for (const Contradiction& contradiction : Contradictions()) {
    const Verdict verdict = JudgeWide(Contradicting(contradiction), contradiction);
    const Check& check = verdict.scenarios.at(0).checks.at(0);
    EXPECT_EQ(ExitCodeOf(verdict), 4) << contradiction.what;
    EXPECT_EQ(check.reason, Reason::kContradiction) << contradiction.what;
    EXPECT_THAT(check.objective()->fields, UnorderedElementsAreArray(contradiction.fields))
        << contradiction.what;
  }
}

TEST(Contradictions, AreNotThereInRecordedResults) {
  const json document = DocumentOf(Recorded("bench_workflow.json"));
  for (const Contradiction& contradiction : Contradictions()) {
    const Verdict verdict = JudgeWide(document, contradiction);
    EXPECT_NE(verdict.scenarios.at(0).checks.at(0).reason, Reason::kContradiction)
        << contradiction.what;
  }
}

TEST(Contradictions, OfOurGrammarAreNoneInTheRowsOfAnotherProgram) {
  for (const Contradiction& contradiction : Contradictions()) {
    json document = Contradicting(contradiction);
    document["context"] = {{"num_cpus", 2}, {"library_build_type", "release"}};
    const Verdict verdict = JudgeWide(document, contradiction);
    EXPECT_EQ(verdict.scenarios.at(0).checks.at(0).reason, Reason::kLimitKept)
        << contradiction.what;
  }
}

TEST(Contradictions, DoNotGoAwayWithAField) {
  for (const Contradiction& contradiction : Contradictions()) {
    json document = Contradicting(contradiction);
    const Thresholds thresholds =
        WideOn(document["benchmarks"][contradiction.row], contradiction.metric);
    const Deletions deletions =
        DeleteEverything(document, [&] { return JudgeDocument(document, thresholds); });
    EXPECT_THAT(deletions.problems, IsEmpty()) << contradiction.what;
  }
}

}  // namespace
}  // namespace slo::tools
