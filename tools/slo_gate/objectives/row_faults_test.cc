#include "tools/slo_gate/objectives/row_faults.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/objectives/row_testing.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

FaultContext Ours(const std::string& metric, std::optional<double> stated = 0.95) {
  return {.origin = Origin::kOurs, .type = TypeOf(metric, Origin::kOurs), .stated = stated};
}

// Of our percentile, with more than it takes.
ReportRow CompleteLatencyRow(const NamedValues& changed) {
  NamedValues values = {{"latency_p99_us", 20},
                        {"latency_p99_lower_us", 10},
                        {"latency_p99_upper_us", 30},
                        {"latency_p99_upper_effective_samples_count", 500},
                        {"samples_count", 1'000}};
  for (const auto& [name, value] : changed) {
    for (auto& [known, old] : values) {
      if (known == name) old = value;
    }
  }
  return RowWith(values);
}

std::vector<std::string> LatencyFaults(const NamedValues& changed,
                                       std::optional<double> stated = 0.95) {
  return Contradictions(CompleteLatencyRow(changed), "latency_p99_us",
                        Ours("latency_p99_us", stated));
}

TEST(Contradictions, AreNoneInARowThatIsSound) { EXPECT_THAT(LatencyFaults({}), IsEmpty()); }

TEST(Contradictions, AreBoundsThatDoNotBracket) {
  EXPECT_THAT(LatencyFaults({{"latency_p99_lower_us", 25}}),
              UnorderedElementsAre("latency_p99_lower_us", "latency_p99_us"));
  EXPECT_THAT(LatencyFaults({{"latency_p99_upper_us", 15}}),
              UnorderedElementsAre("latency_p99_us", "latency_p99_upper_us"));
  EXPECT_THAT(
      LatencyFaults({{"latency_p99_lower_us", 40}}),
      UnorderedElementsAre("latency_p99_lower_us", "latency_p99_us", "latency_p99_upper_us"));
}

TEST(Contradictions, AreNoneWithinTheDigitsThatWerePrinted) {
  EXPECT_THAT(LatencyFaults({{"latency_p99_upper_us", 19.99999}}), IsEmpty());
  EXPECT_THAT(LatencyFaults({{"latency_p99_upper_us", 19.999}}),
              ElementsAre("latency_p99_us", "latency_p99_upper_us"));
}

TEST(Contradictions, AreNegativeTimes) {
  EXPECT_THAT(LatencyFaults({{"latency_p99_lower_us", -1}}), ElementsAre("latency_p99_lower_us"));
  const ReportRow row = RowWith({{"x", -1}});
  EXPECT_THAT(Contradictions(row, "x", {.type = {MetricKind::kTime, 1e9}}), ElementsAre("x"));
  EXPECT_THAT(Contradictions(row, "x", {}), IsEmpty()) << "a plain number of another program";
}

TEST(Contradictions, AreCountsThatAreNoCounts) {
  for (const double count : {-1.0, 999.5, 1e16}) {
    EXPECT_THAT(LatencyFaults({{"samples_count", count}}), ElementsAre("samples_count")) << count;
  }
}

TEST(Contradictions, AreMoreEffectiveSamplesThanSamples) {
  EXPECT_THAT(
      LatencyFaults({{"latency_p99_upper_effective_samples_count", 1'001}}),
      ::testing::IsSupersetOf({"latency_p99_upper_effective_samples_count", "samples_count"}));
}

TEST(Contradictions, AreBoundsThatSoFewSamplesCannotHave) {
  EXPECT_THAT(LatencyFaults({{"latency_p99_upper_effective_samples_count", 299}}), IsEmpty());
  EXPECT_THAT(LatencyFaults({{"latency_p99_upper_effective_samples_count", 298}}),
              ElementsAre("latency_p99_upper_us", "samples_count"))
      << "0.99^298 > 0.05";
  EXPECT_THAT(LatencyFaults({{"latency_p99_upper_effective_samples_count", 69}}, std::nullopt),
              IsEmpty());
  EXPECT_THAT(LatencyFaults({{"latency_p99_upper_effective_samples_count", 68}}, std::nullopt),
              ElementsAre("latency_p99_upper_us", "samples_count"))
      << "at one half, where no level is stated";
}

std::vector<std::string> RatioFaults(const NamedValues& values) {
  return Contradictions(RowWith(values), "success_ratio", Ours("success_ratio"));
}

TEST(Contradictions, AreRatiosThatTheirCountsDeny) {
  EXPECT_THAT(
      RatioFaults({{"success_ratio", 0.9}, {"success_trials_count", 10}, {"failed_count", 1}}),
      IsEmpty());
  EXPECT_THAT(
      RatioFaults({{"success_ratio", 0.9}, {"success_trials_count", 10}, {"failed_count", 2}}),
      UnorderedElementsAre("success_ratio", "failed_count"));
  EXPECT_THAT(
      RatioFaults({{"success_ratio", 0.95}, {"success_trials_count", 10}, {"failed_count", 1}}),
      ::testing::IsSupersetOf({"success_ratio", "success_trials_count"}));
  EXPECT_THAT(
      RatioFaults({{"success_ratio", 0}, {"success_trials_count", 10}, {"failed_count", 11}}),
      ::testing::IsSupersetOf({"failed_count", "success_trials_count"}));
  EXPECT_THAT(RatioFaults({{"success_ratio", 1},
                           {"success_trials_count", 10},
                           {"failed_count", 0},
                           {"completed_count", 9}}),
              UnorderedElementsAre("success_ratio", "completed_count"));
}

TEST(Contradictions, AreOfOurGrammarOnlyInOurFiles) {
  const ReportRow row = CompleteLatencyRow({{"latency_p99_lower_us", 40}, {"samples_count", -1}});
  EXPECT_THAT(Contradictions(row, "latency_p99_us", {}), IsEmpty());
}

// ---- What a row lacks ----

std::vector<std::string> LatencyLacks(const std::string& deleted) {
  ReportRow row = CompleteLatencyRow({});
  row.metrics.Erase(deleted);
  return LackingCounters(row, "latency_p99_us", Ours("latency_p99_us"));
}

TEST(LackingCounters, NamesWhatALatencyProvesNothingWithout) {
  EXPECT_THAT(LatencyLacks("nothing"), IsEmpty());
  EXPECT_THAT(LatencyLacks("samples_count"), ElementsAre("samples_count"));
  EXPECT_THAT(LatencyLacks("real_time"), ElementsAre("real_time"));
  EXPECT_THAT(LatencyLacks("latency_p99_lower_us"), ElementsAre("latency_p99_lower_us"));
  EXPECT_THAT(LatencyLacks("latency_p99_upper_effective_samples_count"),
              ElementsAre("latency_p99_upper_effective_samples_count"));
}

TEST(LackingCounters, NamesTheTrialsAndFailuresOfARatio) {
  const ReportRow row = {.name = "BM_A",
                         .metrics = {{"real_time", 1}, {"success_ratio", 1}, {"planned_count", 3}}};
  EXPECT_THAT(LackingCounters(row, "success_ratio", Ours("success_ratio")),
              UnorderedElementsAre("success_trials_count", "failed_count", "completed_count"));
  EXPECT_THAT(LackingCounters(row, "success_ratio", {}), IsEmpty()) << "of another program";
}

TEST(LackingCounters, NamesHalfOfWhatSaysWhichRepetitionARowIs) {
  ReportRow row = RowWith({{"x", 1}});
  row.repetitions = 3;
  EXPECT_THAT(LackingCounters(row, "x", {}), ElementsAre("repetition_index"));
  row.repetition_index = 0;
  EXPECT_THAT(LackingCounters(row, "x", {}), IsEmpty());
  row.repetitions.reset();
  EXPECT_THAT(LackingCounters(row, "x", {}), ElementsAre("repetitions"));
}

TEST(CountOf, IsAWholeNumberThatADoubleHolds) {
  const ReportRow row = RowWith({{"a", 0}, {"b", 12}, {"c", -1}, {"d", 0.5}, {"e", 1e16}});
  EXPECT_EQ(CountOf(row, "a"), 0);
  EXPECT_EQ(CountOf(row, "b"), 12);
  for (const char* counter : {"c", "d", "e", "f"}) {
    EXPECT_FALSE(CountOf(row, counter).has_value()) << counter;
  }
}

}  // namespace
}  // namespace slo::tools
