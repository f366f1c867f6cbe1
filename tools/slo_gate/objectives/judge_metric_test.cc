#include "tools/slo_gate/objectives/judge_metric.h"

#include <algorithm>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/objectives/row_testing.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;

RowContext Ours(std::optional<double> stated, double required) {
  return {.origin = Origin::kOurs, .stated = stated, .required = required, .point = true};
}

// As a check that nothing but the row decides.
void Decide(const ReportRow& row, const RowContext& context, Check& check) {
  const Decision decision = JudgeMetric(row, context, check);
  check.status = decision.status;
  check.reason = decision.reason;
}

Check Judge(const ReportRow& row, const std::string& metric, LimitKind kind, double limit) {
  Check check = {.metric = metric, .kind = kind, .threshold = {.value = limit, .text = "L"}};
  Decide(row, Ours(0.95, 0.95), check);
  return check;
}

Check JudgeLatency(double lower, double upper, double limit) {
  return Judge(RowWith({{"latency_p99_us", (lower + upper) / 2},
                        {"latency_p99_lower_us", lower},
                        {"latency_p99_upper_us", upper},
                        {"samples_count", 1'000}}),
               "latency_p99_us", LimitKind::kMax, limit);
}

TEST(JudgeMetric, PassesAMaximumThatTheUpperLimitKeeps) {
  const Check check = JudgeLatency(80, 100, 150);
  EXPECT_EQ(check.status, CheckStatus::kPass);
  EXPECT_EQ(check.bound, 100);
  EXPECT_EQ(check.confidence, 0.95);
  EXPECT_EQ(check.samples, 1'000);
  EXPECT_DOUBLE_EQ(*check.headroom, 1.5);
}

TEST(JudgeMetric, FailsAMaximumThatTheLowerLimitViolates) {
  const Check check = JudgeLatency(80, 100, 79);
  EXPECT_EQ(check.status, CheckStatus::kFail);
  EXPECT_EQ(check.bound, 80);
  EXPECT_LT(*check.headroom, 1);
}

TEST(JudgeMetric, IsUndecidedBetweenTheLimits) {
  EXPECT_EQ(JudgeLatency(80, 100, 90).status, CheckStatus::kInsufficient);
}

TEST(JudgeMetric, SaysHowManySamplesAPercentileNeeds) {
  const Check check = Judge(RowWith({{"latency_p99_us", 5}, {"samples_count", 128}}),
                            "latency_p99_us", LimitKind::kMax, 1e6);
  EXPECT_EQ(check.status, CheckStatus::kInsufficient);
  EXPECT_EQ(check.confidence, 0.95);
  EXPECT_EQ(check.samples, 128);
  EXPECT_EQ(check.objective()->needed, (Needed{Needed::Kind::kSamplesWithinLimit, 299}));
}

TEST(JudgeMetric, StillFailsASmallSampleWhoseLowerLimitViolates) {
  const Check check =
      Judge(RowWith({{"latency_p99_us", 50}, {"latency_p99_lower_us", 40}, {"samples_count", 128}}),
            "latency_p99_us", LimitKind::kMax, 30);
  EXPECT_EQ(check.status, CheckStatus::kFail);
}

TEST(JudgeMetric, SaysWhichLimitALargeSampleDoesNotPublish) {
  const Check check = Judge(RowWith({{"latency_p50_us", 5}, {"samples_count", 1'000}}),
                            "latency_p50_us", LimitKind::kMax, 1e6);
  EXPECT_EQ(check.status, CheckStatus::kInsufficient);
  EXPECT_TRUE(check.objective()->lacks_bound);
}

TEST(JudgeMetric, NeverPassesWithoutSamples) {
  const auto judge = [](std::vector<std::pair<std::string, double>> metrics) {
    return Judge(RowWith(std::move(metrics)), "latency_p99_us", LimitKind::kMax, 1e6).reason;
  };
  EXPECT_EQ(judge({{"latency_p99_us", 0}, {"samples_count", 0}}), Reason::kNoSamples);
  EXPECT_EQ(judge({{"latency_p99_us", 0}, {"latency_p99_upper_us", 0}, {"samples_count", 0}}),
            Reason::kContradiction);
  EXPECT_EQ(judge({{"latency_p99_us", 0}, {"latency_p99_upper_us", 0}}), Reason::kLacksCounter);
}

TEST(JudgeMetric, DoesNotInventALevelThatTheResultsDoNotState) {
  Check check = {.metric = "runs_per_second",
                 .kind = LimitKind::kMin,
                 .threshold = {.value = 50, .text = "50"}};
  Decide(RowWith({{"runs_per_second", 100}, {"runs_per_second_lower", 90}}), Ours({}, 0.95), check);
  EXPECT_EQ(check.status, CheckStatus::kInsufficient);
  EXPECT_EQ(check.confidence, std::nullopt);
  EXPECT_EQ(check.reason, Reason::kNoLevel);
}

TEST(JudgeMetric, JudgesARatioByItsExactLimits) {
  const auto judge = [](double ratio, double trials, double limit) {
    return Judge(RowWith({{"success_ratio", ratio}, {"success_trials_count", trials}}),
                 "success_ratio", LimitKind::kMin, limit);
  };
  EXPECT_EQ(judge(1, 299, 0.99).status, CheckStatus::kPass);
  EXPECT_EQ(judge(1, 298, 0.99).status, CheckStatus::kInsufficient);
  EXPECT_EQ(judge(0.9, 1'000, 0.99).status, CheckStatus::kFail);
  EXPECT_EQ(judge(1, 16, 0.99).objective()->needed, (Needed{Needed::Kind::kTrials, 299}));
  EXPECT_EQ(judge(1, 0, 0.99).status, CheckStatus::kInsufficient) << "zero trials never pass";
}

TEST(JudgeMetric, SaysThatNoSampleShowsARatioOfOne) {
  const Check check = Judge(RowWith({{"success_ratio", 1}, {"success_trials_count", 1e6}}),
                            "success_ratio", LimitKind::kMin, 1);
  EXPECT_EQ(check.status, CheckStatus::kInsufficient);
  EXPECT_EQ(check.objective()->needed, (Needed{Needed::Kind::kNoNumber, 0}));
}

TEST(JudgeMetric, ComparesAPointOnlyWhereThatIsWanted) {
  const ReportRow row = RowWith({{"x", 5}});
  for (const Origin origin : {Origin::kForeign, Origin::kOurs}) {
    Check check = {.metric = "x", .threshold = {.value = 7, .text = "7"}};
    EXPECT_EQ(JudgeMetric(row, {.origin = origin, .point = true}, check), kKept);
    EXPECT_EQ(JudgeMetric(row, {.origin = origin}, check),
              (Decision{CheckStatus::kInsufficient, Reason::kPointValue}));
    EXPECT_EQ(check.actual, 5);
  }
}

TEST(JudgeMetric, ReadsNoGrammarIntoTheCountersOfAnotherProgram) {
  const ReportRow row = RowWith({{"latency_p99_us", 95},
                                 {"latency_p99_upper_us", 1},
                                 {"samples_count", -3},
                                 {"hit_ratio", 3.4},
                                 {"hit_trials_count", 2}});
  const auto judge = [&](const std::string& metric, double limit) {
    Check check = {.metric = metric, .threshold = {.value = limit, .text = "limit"}};
    return JudgeMetric(row, {.point = true}, check);
  };
  EXPECT_EQ(judge("latency_p99_us", 100), kKept);
  EXPECT_EQ(judge("latency_p99_us", 90), kViolated);
  EXPECT_EQ(judge("hit_ratio", 4), kKept);
}

TEST(JudgeMetric, FailsARatioOutsideItsDomain) {
  const Check check = Judge(RowWith({{"hit_ratio", 1.5}, {"hit_trials_count", 10}}), "hit_ratio",
                            LimitKind::kMin, 0.7);
  EXPECT_EQ(check.status, CheckStatus::kFail);
  EXPECT_EQ(check.reason, Reason::kNotARatio);
  EXPECT_EQ(check.actual, 1.5);
}

TEST(JudgeMetric, JudgesAMaximumOfARatioToo) {
  const Check check = Judge(RowWith({{"error_ratio", 0}, {"error_trials_count", 299}}),
                            "error_ratio", LimitKind::kMax, 0.01);
  EXPECT_EQ(check.status, CheckStatus::kPass);
}

TEST(JudgeMetric, JudgesAMinimumByTheLowerLimit) {
  const ReportRow row = RowWith(
      {{"runs_per_second", 100}, {"runs_per_second_lower", 90}, {"runs_per_second_upper", 110}});
  EXPECT_EQ(Judge(row, "runs_per_second", LimitKind::kMin, 90).status, CheckStatus::kPass);
  EXPECT_EQ(Judge(row, "runs_per_second", LimitKind::kMin, 95).status, CheckStatus::kInsufficient);
  EXPECT_EQ(Judge(row, "runs_per_second", LimitKind::kMin, 120).status, CheckStatus::kFail);
}

TEST(JudgeMetric, ComparesAPointValueAndSaysSo) {
  const Check check = Judge(RowWith({}), "real_time", LimitKind::kMax, 2'000);
  EXPECT_EQ(check.status, CheckStatus::kPass);
  EXPECT_EQ(check.confidence, std::nullopt);
  EXPECT_EQ(check.bound, std::nullopt);
  EXPECT_EQ(Judge(RowWith({}), "real_time", LimitKind::kMax, 999).status, CheckStatus::kFail);
}

TEST(JudgeMetric, ListsTheMetricsWhenOneIsMissing) {
  const Check check = Judge(RowWith({{"latency_p50_us", 1}}), "latency_p59_us", LimitKind::kMax, 2);
  EXPECT_EQ(check.status, CheckStatus::kFail);
  EXPECT_EQ(check.reason, Reason::kNoMetric);
  EXPECT_EQ(*check.objective()->metrics, (std::vector<std::string>{"latency_p50_us", "real_time"}));
}

TEST(JudgeMetric, FailsAnErrorRow) {
  ReportRow row = RowWith({});
  row.error = "broken";
  EXPECT_EQ(Judge(row, "real_time", LimitKind::kMax, 2'000).status, CheckStatus::kFail);
}

TEST(JudgeMetric, IsInvalidWhenTheClockDidNotAdvance) {
  const ReportRow row = {.name = "BM_A", .metrics = {{"real_time", 0.0}}};
  EXPECT_EQ(Judge(row, "real_time", LimitKind::kMax, 1).status, CheckStatus::kInvalid);
}

TEST(JudgeMetric, ShowsTheFailuresOfARowThatDoesNotPass) {
  ReportRow row = RowWith({{"failed_body_count", 3}, {"latency_p50_us", 9}});
  row.label = "first failure: x";
  const Check check = Judge(row, "latency_p50_us", LimitKind::kMax, 1);
  ASSERT_EQ(check.objective()->failures.size(), 1U);
  EXPECT_EQ(check.objective()->failures[0],
            (std::pair<std::string, double>("failed_body_count", 3)));
  EXPECT_EQ(check.objective()->label, "first failure: x");
}

TEST(JudgeMetric, ShowsHowManyWereNotASuccess) {
  const Check check = Judge(RowWith({{"success_ratio", 0.998}, {"success_trials_count", 1'000}}),
                            "success_ratio", LimitKind::kMin, 0.99);
  EXPECT_EQ(check.status, CheckStatus::kPass);
  EXPECT_EQ(check.objective()->misses, 2);
  EXPECT_EQ(check.samples, 1'000);
}

TEST(JudgeMetric, DoesNotTakeLimitsOfALowerLevelThanIsRequired) {
  Check check = {.metric = "runs_per_second",
                 .kind = LimitKind::kMin,
                 .threshold = {.value = 50, .text = "50"}};
  const ReportRow row = RowWith(
      {{"runs_per_second", 100}, {"runs_per_second_lower", 90}, {"runs_per_second_upper", 110}});
  Decide(row, Ours(0.95, 0.99), check);
  EXPECT_EQ(check.status, CheckStatus::kInsufficient);
  EXPECT_EQ(check.confidence, 0.95);
  EXPECT_EQ(check.reason, Reason::kLevelTooLow);
  EXPECT_EQ(check.objective()->required_confidence, 0.99);
  Decide(row, Ours(0.99, 0.99), check);
  EXPECT_EQ(check.status, CheckStatus::kPass);
  check.threshold = {.value = 200, .text = "200"};
  Decide(row, Ours(0.95, 0.99), check);
  EXPECT_EQ(check.status, CheckStatus::kFail) << "a violation stays one";
}

TEST(JudgeMetric, JudgesARatioAtTheRequiredLevel) {
  Check check = {.metric = "success_ratio",
                 .kind = LimitKind::kMin,
                 .threshold = {.value = 0.99, .text = "0.99"}};
  const ReportRow row = RowWith({{"success_ratio", 1}, {"success_trials_count", 400}});
  Decide(row, Ours(0.9995, 0.95), check);
  EXPECT_EQ(check.status, CheckStatus::kPass);
  Decide(row, Ours(0.95, 0.99), check);
  EXPECT_EQ(check.status, CheckStatus::kInsufficient);
  EXPECT_EQ(check.objective()->needed, (Needed{Needed::Kind::kTrials, 459}));
}

TEST(JudgeMetric, CallsALimitVacuousThatIsTwentyTimesAway) {
  EXPECT_TRUE(JudgeLatency(1, 4, 100).is_vacuous);
  EXPECT_FALSE(JudgeLatency(1, 5, 100).is_vacuous);
  EXPECT_FALSE(JudgeLatency(2'001, 3'000, 100).is_vacuous) << "only what passes can be vacuous";
  const Check ratio = Judge(RowWith({{"success_ratio", 1}, {"success_trials_count", 1e6}}),
                            "success_ratio", LimitKind::kMin, 0.99);
  EXPECT_GT(*ratio.headroom, kVacuousHeadroom);
  EXPECT_FALSE(ratio.is_vacuous) << "one failure in a hundred violates it";
}

TEST(JudgeMetric, HasNoHeadroomBelowZero) {
  const Check check = Judge(RowWith({{"drift_percent", -3}}), "drift_percent", LimitKind::kMax, 50);
  EXPECT_EQ(check.status, CheckStatus::kPass);
  EXPECT_FALSE(check.headroom.has_value());
}

TEST(JudgeMetric, SaysHowManySamplesWouldDecideBetweenTheLimits) {
  // 1,000 samples, of which at most 10 are over the limit: p99 at 95 % with 10 over needs 1,693.
  EXPECT_EQ(JudgeLatency(80, 100, 95).objective()->needed,
            (Needed{Needed::Kind::kSamplesIfKept, 1'693}));
}

TEST(JudgeMetric, ShowsAndUsesTheEffectiveSample) {
  const ReportRow row = RowWith({{"latency_p99_us", 90},
                                 {"latency_p99_lower_us", 80},
                                 {"latency_p99_upper_us", 100},
                                 {"latency_p99_upper_effective_samples_count", 500},
                                 {"samples_count", 1'000}});
  EXPECT_EQ(Judge(row, "latency_p99_us", LimitKind::kMax, 150).effective_samples, 500);
  // 5 over of what 500 are worth: 1,049, as 2,098 of these.
  EXPECT_EQ(Judge(row, "latency_p99_us", LimitKind::kMax, 95).objective()->needed,
            (Needed{Needed::Kind::kSamplesIfKept, 2'098}));
}

TEST(CarriesConfidence, OfRatiosPercentilesAndWhatHasBoundsOfOurProgram) {
  EXPECT_TRUE(CarriesConfidence("a_ratio", Origin::kOurs));
  EXPECT_FALSE(CarriesConfidence("a_ratio", Origin::kForeign)) << "of another program";
  EXPECT_TRUE(CarriesConfidence("latency_p99_us", Origin::kOurs));
  EXPECT_TRUE(CarriesConfidence("runs_per_second", Origin::kOurs));
  EXPECT_FALSE(CarriesConfidence("real_time", Origin::kOurs));
}

}  // namespace
}  // namespace slo::tools
