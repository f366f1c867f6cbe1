// What a limit is compared with, at the limit itself and just beside it.

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "tools/slo_gate/objectives/judge_metric.h"
#include "tools/slo_gate/objectives/row_testing.h"

namespace slo::tools {
namespace {

// A row of bench_workflow whose bounds hold at 95 %; values without a confidence are compared.
const RowContext kOurs = {.origin = Origin::kOurs, .stated = 0.95, .required = 0.95, .point = true};

RowContext At(std::optional<double> stated, double required) {
  RowContext context = kOurs;
  context.stated = stated;
  context.required = required;
  return context;
}

Check JudgeAt(const ReportRow& row, const std::string& metric, LimitKind kind, double limit,
              const RowContext& context = kOurs) {
  Check check = {.metric = metric, .kind = kind, .threshold = {.value = limit, .text = "L"}};
  const Decision decision = JudgeMetric(row, context, check);
  check.status = decision.status;
  check.reason = decision.reason;
  return check;
}

double Above(double value) { return std::nextafter(value, 1e300); }
double Below(double value) { return std::nextafter(value, -1e300); }

// ---- Confidence limits ----

TEST(JudgeLimits, PassAndFailExactlyWhereTheyTouchTheLimit) {
  const auto judge = [](LimitKind kind, double lower, double upper) {
    return JudgeAt(RowWith({{"x", 50}, {"x_lower", lower}, {"x_upper", upper}}), "x", kind, 50);
  };
  struct Row {
    LimitKind kind;
    double lower;
    double upper;
    CheckStatus status;
    double bound;
  };
  const LimitKind max = LimitKind::kMax;
  const LimitKind min = LimitKind::kMin;
  for (const Row& row : {
           Row{max, 40, 50, CheckStatus::kPass, 50},
           Row{max, 40, Above(50), CheckStatus::kInsufficient, Above(50)},
           Row{max, 50, 60, CheckStatus::kInsufficient, 60},
           Row{max, Above(50), 60, CheckStatus::kFail, Above(50)},
           Row{min, 50, 60, CheckStatus::kPass, 50},
           Row{min, Below(50), 60, CheckStatus::kInsufficient, Below(50)},
           Row{min, 40, 50, CheckStatus::kInsufficient, 40},
           Row{min, 40, Below(50), CheckStatus::kFail, Below(50)},
       }) {
    const Check check = judge(row.kind, row.lower, row.upper);
    EXPECT_EQ(check.status, row.status) << row.lower << " " << row.upper;
    EXPECT_EQ(check.bound, row.bound) << row.lower << " " << row.upper;
    EXPECT_EQ(check.confidence, 0.95);
    EXPECT_EQ(check.actual, 50);
    EXPECT_DOUBLE_EQ(*check.headroom, row.kind == max ? 50 / row.bound : row.bound / 50);
  }
}

TEST(JudgeLimits, WithOneSideOnlyShowWhatThatSideCan) {
  const auto judge = [](const char* side, double bound, LimitKind kind) {
    const double value = std::string(side) == "x_upper" ? 40 : 60;
    return JudgeAt(RowWith({{"x", value}, {side, bound}}), "x", kind, 50);
  };
  EXPECT_EQ(judge("x_upper", 49, LimitKind::kMax).status, CheckStatus::kPass);
  EXPECT_EQ(judge("x_upper", 51, LimitKind::kMax).status, CheckStatus::kInsufficient);
  EXPECT_EQ(judge("x_lower", 51, LimitKind::kMax).status, CheckStatus::kFail);
  const Check unknown = judge("x_lower", 49, LimitKind::kMax);
  EXPECT_EQ(unknown.status, CheckStatus::kInsufficient);
  EXPECT_FALSE(unknown.bound.has_value());
  EXPECT_FALSE(unknown.headroom.has_value());
  EXPECT_EQ(judge("x_lower", 51, LimitKind::kMin).status, CheckStatus::kPass);
  EXPECT_EQ(judge("x_upper", 49, LimitKind::kMin).status, CheckStatus::kFail);
  EXPECT_EQ(judge("x_upper", 51, LimitKind::kMin).status, CheckStatus::kInsufficient);
}

TEST(JudgeLimits, MultipliedByAFactorAreJudgedLikeTheLimitMultipliedByIt) {
  for (const double factor : {1e-3, 7.0, 1e6}) {
    for (const double limit : {30.0, 45.0, 55.0, 70.0}) {
      for (const LimitKind kind : {LimitKind::kMax, LimitKind::kMin}) {
        const auto judge = [&](double by) {
          return JudgeAt(RowWith({{"x", 50 * by}, {"x_lower", 40 * by}, {"x_upper", 60 * by}}), "x",
                         kind, limit * by);
        };
        EXPECT_EQ(judge(factor).status, judge(1).status) << factor << " " << limit;
        EXPECT_NEAR(*judge(factor).headroom, *judge(1).headroom, 1e-12) << factor << " " << limit;
      }
    }
  }
}

TEST(JudgeLimits, BelowTheRequiredLevelPassNothingAndStillFail) {
  const auto judge = [](double upper, double stated) {
    return JudgeAt(RowWith({{"x", 50}, {"x_lower", 40}, {"x_upper", upper}}), "x", LimitKind::kMax,
                   upper < 70 ? 65 : 39, At(stated, 0.99));
  };
  EXPECT_EQ(judge(60, 0.99).status, CheckStatus::kPass);
  EXPECT_EQ(judge(60, 0.99 - 5e-10).status, CheckStatus::kPass) << "a level that was rounded";
  EXPECT_EQ(judge(60, 0.99 - 2e-9).status, CheckStatus::kInsufficient);
  EXPECT_EQ(judge(60, 0.95).confidence, 0.95);
  EXPECT_EQ(judge(80, 0.95).status, CheckStatus::kFail);
  EXPECT_EQ(judge(60, 0.95).reason, Reason::kLevelTooLow);
  EXPECT_EQ(judge(60, 0.95).objective()->required_confidence, 0.99);
  EXPECT_EQ(judge(80, 0.95).objective()->required_confidence, std::nullopt);
}

// ---- Points ----

TEST(JudgePoint, KeepsTheLimitThatItEquals) {
  const ReportRow row = RowWith({{"x", 50}});
  EXPECT_EQ(JudgeAt(row, "x", LimitKind::kMax, 50).status, CheckStatus::kPass);
  EXPECT_EQ(JudgeAt(row, "x", LimitKind::kMax, Below(50)).status, CheckStatus::kFail);
  EXPECT_EQ(JudgeAt(row, "x", LimitKind::kMin, 50).status, CheckStatus::kPass);
  EXPECT_EQ(JudgeAt(row, "x", LimitKind::kMin, Above(50)).status, CheckStatus::kFail);
  EXPECT_DOUBLE_EQ(*JudgeAt(row, "x", LimitKind::kMax, 75).headroom, 1.5);
  EXPECT_DOUBLE_EQ(*JudgeAt(row, "x", LimitKind::kMin, 75).headroom, 50.0 / 75);
  EXPECT_FALSE(JudgeAt(row, "x", LimitKind::kMax, 75).bound.has_value());
}

// ---- Headroom ----

TEST(Headroom, IsVacuousBeyondTwentyTimesAndOnlyOfWhatPasses) {
  const auto judge = [](double value, LimitKind kind, double limit) {
    return JudgeAt(RowWith({{"x", value}}), "x", kind, limit);
  };
  EXPECT_FALSE(judge(5, LimitKind::kMax, 100).is_vacuous);
  EXPECT_TRUE(judge(Below(5), LimitKind::kMax, Above(100)).is_vacuous);
  EXPECT_FALSE(judge(100, LimitKind::kMin, 5).is_vacuous);
  EXPECT_TRUE(judge(101, LimitKind::kMin, 5).is_vacuous);
  // A maximum below zero that is violated: the factor is 50, and the check fails.
  const Check failed = judge(-1, LimitKind::kMax, -50);
  EXPECT_EQ(failed.status, CheckStatus::kFail);
  EXPECT_FALSE(failed.is_vacuous);
}

TEST(Headroom, IsZeroAtALimitOfZeroAndNoneOfAValueOfZero) {
  EXPECT_EQ(JudgeAt(RowWith({{"x", 5}}), "x", LimitKind::kMax, 0).headroom, 0);
  EXPECT_EQ(JudgeAt(RowWith({{"x", 0}}), "x", LimitKind::kMax, 5).headroom, std::nullopt);
  EXPECT_EQ(JudgeAt(RowWith({{"x", -5}}), "x", LimitKind::kMax, 5).headroom, std::nullopt);
}

TEST(Headroom, OfTheMinimumOfARatioIsWhatItMayMiss) {
  const auto judge = [](double ratio, LimitKind kind, double limit) {
    RowContext context = kOurs;
    context.type = MetricType{.kind = MetricKind::kRatio};
    return JudgeAt(RowWith({{"hits", ratio}}), "hits", kind, limit, context);
  };
  EXPECT_NEAR(*judge(0.75, LimitKind::kMin, 0.5).headroom, 2, 1e-12);
  EXPECT_NEAR(*judge(0.5, LimitKind::kMin, 0.75).headroom, 0.5, 1e-12);
  EXPECT_FALSE(judge(0.999, LimitKind::kMin, 0.9).is_vacuous) << "100 times as good, not 1.11";
  EXPECT_TRUE(judge(0.999, LimitKind::kMin, 0.04).is_vacuous);
  // A maximum is one like any other.
  EXPECT_NEAR(*judge(0.25, LimitKind::kMax, 0.75).headroom, 3, 1e-12);
}

// ---- Ratios ----

ReportRow Trials(double ratio, double trials) {
  return RowWith({{"success_ratio", ratio}, {"success_trials_count", trials}});
}

TEST(JudgeRatio, EqualsTheExactLimitsOfAnExampleByHand) {
  // 397 of 400: from 0.98073077 to 0.99795274 at 95 % each.
  const auto judge = [](LimitKind kind, double limit) {
    return JudgeAt(Trials(397.0 / 400, 400), "success_ratio", kind, limit);
  };
  EXPECT_NEAR(*judge(LimitKind::kMin, 0.5).bound, 0.98073077, 1e-7);
  EXPECT_EQ(judge(LimitKind::kMin, 0.9807).status, CheckStatus::kPass);
  EXPECT_EQ(judge(LimitKind::kMin, 0.9808).status, CheckStatus::kInsufficient);
  EXPECT_EQ(judge(LimitKind::kMin, 0.9979).status, CheckStatus::kInsufficient);
  EXPECT_EQ(judge(LimitKind::kMin, 0.998).status, CheckStatus::kFail);
  EXPECT_NEAR(*judge(LimitKind::kMin, 0.998).bound, 0.99795274, 1e-7);
  EXPECT_EQ(judge(LimitKind::kMax, 0.998).status, CheckStatus::kPass);
  EXPECT_EQ(judge(LimitKind::kMax, 0.9979).status, CheckStatus::kInsufficient);
  EXPECT_EQ(judge(LimitKind::kMax, 0.9807).status, CheckStatus::kFail);
  EXPECT_EQ(judge(LimitKind::kMin, 0.5).objective()->misses, 3);
  EXPECT_EQ(judge(LimitKind::kMax, 0.999).objective()->misses, 397);
}

TEST(JudgeRatio, ProvesNothingWithoutItsTrials) {
  const Check check = JudgeAt(RowWith({{"hit_ratio", 1}, {"samples_count", 299}}), "hit_ratio",
                              LimitKind::kMin, 0.99);
  EXPECT_EQ(check.status, CheckStatus::kInsufficient);
  EXPECT_EQ(check.reason, Reason::kLacksCounter);
  EXPECT_EQ(check.objective()->fields, std::vector<std::string>{"hit_trials_count"});
}

TEST(JudgeRatio, MustBeFromZeroToOne) {
  for (const double ratio : {0.0, 1.0}) {
    EXPECT_NE(JudgeAt(Trials(ratio, 10), "success_ratio", LimitKind::kMin, 0.5).reason,
              Reason::kNotARatio);
  }
  for (const double ratio : {Below(0), Above(1)}) {
    const Check check = JudgeAt(Trials(ratio, 10), "success_ratio", LimitKind::kMin, -5);
    EXPECT_EQ(check.status, CheckStatus::kFail);
    EXPECT_EQ(check.reason, Reason::kNotARatio);
  }
}

TEST(JudgeRatio, SaysHowManyTrialsWouldDo) {
  // p99 at 95 %: 299 without one, 628 with two.
  const auto needed = [](double ratio, double trials, LimitKind kind, double limit) {
    return JudgeAt(Trials(ratio, trials), "success_ratio", kind, limit).objective()->needed;
  };
  constexpr auto kTrials = Needed::Kind::kTrials;
  EXPECT_EQ(needed(1, 200, LimitKind::kMin, 0.99), (Needed{kTrials, 299}));
  EXPECT_EQ(needed(0.995, 400, LimitKind::kMin, 0.99), (Needed{kTrials, 628}));
  EXPECT_EQ(needed(0.005, 400, LimitKind::kMax, 0.01), (Needed{kTrials, 628}));
  EXPECT_EQ(needed(0, 400, LimitKind::kMax, 0), (Needed{Needed::Kind::kNoNumber, 0}));
  EXPECT_EQ(needed(1, 400, LimitKind::kMin, 0.99), std::nullopt);
  EXPECT_EQ(needed(0.5, 400, LimitKind::kMin, 0.99), std::nullopt) << "it failed";
}

// ---- Samples ----

TEST(JudgePercentile, SaysWhatIsMissing) {
  const auto judge = [](const std::string& metric, LimitKind kind, double samples) {
    return JudgeAt(RowWith({{metric, 5}, {"samples_count", samples}}), metric, kind, 7);
  };
  const Check few = judge("latency_p99_us", LimitKind::kMax, 298);
  EXPECT_EQ(few.status, CheckStatus::kInsufficient);
  EXPECT_EQ(few.confidence, 0.95);
  EXPECT_EQ(few.objective()->needed, (Needed{Needed::Kind::kSamplesWithinLimit, 299}));
  EXPECT_FALSE(few.objective()->lacks_bound);
  const Check enough = judge("latency_p99_us", LimitKind::kMax, 299);
  EXPECT_EQ(enough.objective()->needed, std::nullopt);
  EXPECT_TRUE(enough.objective()->lacks_bound);
  // A minimum asks for the other side: of a p10, what is over it.
  EXPECT_EQ(judge("latency_p10_us", LimitKind::kMin, 28).objective()->needed,
            (Needed{Needed::Kind::kSamplesWithinLimit, 29}));
  EXPECT_TRUE(judge("latency_p10_us", LimitKind::kMin, 29).objective()->lacks_bound);
}

TEST(JudgePercentile, AsksAtTheRequiredLevel) {
  const ReportRow row = RowWith({{"latency_p99_us", 5}, {"samples_count", 400}});
  const Check check = JudgeAt(row, "latency_p99_us", LimitKind::kMax, 7, At(0.95, 0.99));
  EXPECT_EQ(check.confidence, 0.99);
  EXPECT_EQ(check.objective()->needed->count, 459);
}

TEST(JudgeMetricSamples, AreWholeNumbersThatADoubleCanHold) {
  const auto samples = [](double count) {
    return JudgeAt(RowWith({{"latency_p99_us", 5}, {"samples_count", count}}), "latency_p99_us",
                   LimitKind::kMax, 7)
        .samples;
  };
  EXPECT_EQ(samples(2.6), std::nullopt);
  EXPECT_EQ(samples(3), 3);
  EXPECT_EQ(samples(0), 0);
  EXPECT_EQ(samples(-1e-9), std::nullopt);
  EXPECT_EQ(samples(9e15), 9'000'000'000'000'000);
  EXPECT_EQ(samples(Above(9e15)), std::nullopt);
  EXPECT_EQ(samples(std::numeric_limits<double>::quiet_NaN()), std::nullopt);
}

// Limits of a p99 from 1,000 samples, worth as many as said.
ReportRow Percentile(double actual, double effective = 1'000) {
  return RowWith({{"latency_p99_us", actual},
                  {"latency_p99_lower_us", 80},
                  {"latency_p99_upper_us", 100},
                  {"latency_p99_upper_effective_samples_count", effective},
                  {"samples_count", 1'000}});
}

Needed WouldDo(int64_t samples) { return {Needed::Kind::kSamplesIfKept, samples}; }

TEST(SamplesThatWouldDo, FollowFromHowManyMayBeOverTheLimit) {
  const auto needed = [](const ReportRow& row, double limit) {
    return JudgeAt(row, "latency_p99_us", LimitKind::kMax, limit).objective()->needed;
  };
  // The value keeps the limit: at most 10 of 1,000 are over it. It does not: at most 15, or its
  // lower limit, of rank 985, would violate it.
  EXPECT_EQ(needed(Percentile(90), 90), WouldDo(1693));
  EXPECT_EQ(needed(Percentile(90), Below(90)), WouldDo(2306));
  // 500 that they are worth: 5 over, or 9; each stands for two samples.
  EXPECT_EQ(needed(Percentile(90, 500), 95), WouldDo(2098));
  EXPECT_EQ(needed(Percentile(90, 500), 85), WouldDo(3136));
  EXPECT_EQ(needed(Percentile(90), 100), std::nullopt) << "it passed";
  EXPECT_EQ(needed(Percentile(90), 79), std::nullopt) << "it failed";
}

TEST(SamplesThatWouldDo, AreSaidOfMaximaAtTheRequiredLevelOnly) {
  const auto needed = [](LimitKind kind, const RowContext& context) {
    return JudgeAt(Percentile(90), "latency_p99_us", kind, 90, context).objective()->needed;
  };
  EXPECT_TRUE(needed(LimitKind::kMax, At(0.95, 0.95)).has_value());
  EXPECT_EQ(needed(LimitKind::kMin, At(0.95, 0.95)), std::nullopt);
  EXPECT_EQ(needed(LimitKind::kMax, At(0.95, 0.99)), std::nullopt);
  EXPECT_EQ(needed(LimitKind::kMax, At(std::nullopt, 0.95)), std::nullopt);
}

TEST(EffectiveSamples, AreThoseOfTheLimitThatShowsAPass) {
  const ReportRow row = RowWith({{"latency_p99_us", 90},
                                 {"latency_p99_lower_us", 80},
                                 {"latency_p99_upper_us", 100},
                                 {"latency_p99_lower_effective_samples_count", 700},
                                 {"latency_p99_upper_effective_samples_count", 500},
                                 {"samples_count", 1'000}});
  EXPECT_EQ(JudgeAt(row, "latency_p99_us", LimitKind::kMax, 150).effective_samples, 500);
  EXPECT_EQ(JudgeAt(row, "latency_p99_us", LimitKind::kMin, 10).effective_samples, 700);
}

// ---- Rows that cannot be judged ----

TEST(UnfitRows, HaveTheirStatusWhateverTheNumbersAre) {
  ReportRow failed = Percentile(1);
  failed.error = "broken";
  const Check error = JudgeAt(failed, "latency_p99_us", LimitKind::kMax, 1e9);
  EXPECT_EQ(error.status, CheckStatus::kFail);
  EXPECT_FALSE(error.actual.has_value());
  EXPECT_FALSE(error.samples.has_value());
  EXPECT_FALSE(error.headroom.has_value());
  EXPECT_FALSE(error.is_vacuous);
  for (const auto& [real_time, status] : {std::pair(0.0, CheckStatus::kInvalid),
                                          {-1.0, CheckStatus::kInvalid},
                                          {1e-9, CheckStatus::kPass}}) {
    const ReportRow row = {.name = "BM_A", .metrics = {{"real_time", real_time}, {"x", 1}}};
    EXPECT_EQ(JudgeAt(row, "x", LimitKind::kMax, 5).status, status) << real_time;
  }
  const ReportRow timeless = {.name = "BM_A", .metrics = {{"x", 1}}};
  const Check check = JudgeAt(timeless, "x", LimitKind::kMax, 5);
  EXPECT_EQ(check.status, CheckStatus::kInsufficient) << "Google Benchmark always writes it";
  EXPECT_EQ(check.reason, Reason::kLacksCounter);
  EXPECT_EQ(check.objective()->fields, std::vector<std::string>{"real_time"});
}

TEST(FailureCounts, AreShownOfWhatDoesNotPassAndIsAboveZero) {
  const ReportRow row = RowWith({{"failed_body_count", 3},
                                 {"failed_gone_count", 0},
                                 {"failed_status_count", 1},
                                 {"unfailed_count", 9},
                                 {"x", 5}});
  using Failures = std::vector<std::pair<std::string, double>>;
  EXPECT_EQ(JudgeAt(row, "x", LimitKind::kMax, 4).objective()->failures,
            (Failures{{"failed_body_count", 3}, {"failed_status_count", 1}}));
  EXPECT_EQ(JudgeAt(row, "x", LimitKind::kMax, 5).objective()->failures, Failures{});
}

// ---- Samples that are worth little ----

TEST(SamplesThatWouldDo, TakeWhatTheSampleIsWorthWithinTheSample) {
  const auto needed = [](double effective) {
    return JudgeAt(Percentile(90, effective), "latency_p99_us", LimitKind::kMax, 95)
        .objective()
        ->needed;
  };
  EXPECT_EQ(needed(1'000), WouldDo(1693));
  // Two of 299 may be over: 628, each of which stands for more than three.
  EXPECT_EQ(needed(299), WouldDo(2101));
}

TEST(SamplesThatWouldDo, CountAllAsOverWhereNoLowerLimitSaysLess) {
  // P(Bin(16, 1/2) <= 4) is 0.038, of 15 it is 0.059; P(Bin(11, 1/2) <= 2) is 0.033, of 10 0.055.
  const auto needed = [](double samples, double value) {
    return JudgeAt(RowWith({{"latency_p50_us", value},
                            {"latency_p50_lower_us", 1},
                            {"latency_p50_upper_us", 9},
                            {"samples_count", samples}}),
                   "latency_p50_us", LimitKind::kMax, 5)
        .objective()
        ->needed;
  };
  EXPECT_EQ(needed(5, 6), WouldDo(16)) << "four are over at most";
  EXPECT_EQ(needed(5, 5), WouldDo(11)) << "two are over at most";
}

TEST(SamplesThatWouldDo, AreWholeOnes) {
  // Worth 300, of which three may be over: 773, each of which stands for three and a third.
  EXPECT_EQ(JudgeAt(Percentile(90, 300), "latency_p99_us", LimitKind::kMax, 95).objective()->needed,
            WouldDo(2'577));
}

}  // namespace
}  // namespace slo::tools
