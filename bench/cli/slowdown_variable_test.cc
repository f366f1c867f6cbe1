#include "bench/cli/slowdown_variable.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::HasSubstr;

TEST(ParseSlowdown, PlantsNothingWhenEmpty) {
  const auto slowdown = ParseSlowdown("");
  ASSERT_TRUE(slowdown.ok()) << slowdown.status();
  EXPECT_EQ(*slowdown, std::nullopt);
}

TEST(ParseSlowdown, ReadsNanoseconds) {
  const auto slowdown = ParseSlowdown("read_run:120ns");
  ASSERT_TRUE(slowdown.ok()) << slowdown.status();
  EXPECT_EQ((*slowdown)->stage, Stage::kReadRun);
  EXPECT_EQ((*slowdown)->unit, SlowdownSpec::Unit::kNanoseconds);
  EXPECT_EQ((*slowdown)->amount, 120);
  EXPECT_EQ((*slowdown)->text, "read_run:120ns");
}

TEST(ParseSlowdown, ReadsPercentagesWithDecimals) {
  const auto slowdown = ParseSlowdown("runner_status:2.5%");
  ASSERT_TRUE(slowdown.ok()) << slowdown.status();
  EXPECT_EQ((*slowdown)->stage, Stage::kRunnerStatus);
  EXPECT_EQ((*slowdown)->unit, SlowdownSpec::Unit::kPercent);
  EXPECT_EQ((*slowdown)->amount, 2.5);
}

TEST(ParseSlowdown, TakesTheEndsOfItsRanges) {
  for (const char* text : {"create_run:1ns", "create_run:1000000000ns", "dispatch_ready:0.1%",
                           "dispatch_ready:100000%"}) {
    EXPECT_TRUE(ParseSlowdown(text).ok()) << text;
  }
}

TEST(ParseSlowdown, RefusesAmountsOutOfRangeOrWithoutAUnit) {
  for (const char* amount :
       {"0ns", "0.5ns", "1000000001ns", "0%", "0.09%", "100001%", "-5%", "6", "6 %", " 6%", "6us",
        "%", "ns", "", "nan%", "inf%", "1e2%", "0x10ns"}) {
    const auto slowdown = ParseSlowdown(std::string("read_run:") + amount);
    EXPECT_EQ(slowdown.status().code(), absl::StatusCode::kInvalidArgument) << amount;
    EXPECT_THAT(slowdown.status().message(), HasSubstr("SLO_SLOWDOWN: expected an amount from"));
  }
  EXPECT_EQ(ParseSlowdown("read_run:6").status().message(),
            "SLO_SLOWDOWN: expected an amount from 1ns to 1000000000ns, or from 0.1% to 100000%, "
            "found \"6\"");
}

TEST(ParseSlowdown, ReadsWhichRequestsItStrikes) {
  const auto all = ParseSlowdown("read_run:6%");
  EXPECT_TRUE((*all)->pattern.Strikes(0));
  EXPECT_TRUE((*all)->pattern.Strikes(1));
  const auto some = ParseSlowdown("read_run:1000%:2/5");
  ASSERT_TRUE(some.ok()) << some.status();
  EXPECT_EQ((*some)->amount, 1'000);
  for (int64_t request = 0; request < 20; ++request) {
    EXPECT_EQ((*some)->pattern.Strikes(request), request % 5 < 2) << request;
  }
  EXPECT_TRUE(ParseSlowdown("read_run:6%:1000000/1000000").ok());
  for (const char* pattern : {"", "/", "1/", "/5", "0/5", "6/5", "1/0", "1", "1/5/9", "-1/5",
                              "+1/5", "1 /5", "1/1000001", "1.0/5", "1/5:2"}) {
    EXPECT_EQ(ParseSlowdown(absl::StrCat("read_run:6%:", pattern)).status().message(),
              absl::StrCat("SLO_SLOWDOWN: expected N/M, N from 1 to M and M to 1000000, for the "
                           "first N of every M requests, found \"",
                           pattern, "\""));
  }
}

TEST(ParseSlowdown, SuggestsTheNearestStage) {
  EXPECT_EQ(ParseSlowdown("runer_status:5%").status().message(),
            "SLO_SLOWDOWN: unknown stage \"runer_status\"; did you mean runner_status? stages: "
            "create_run, dispatch_ready, runner_status, read_run");
}

TEST(ParseSlowdown, SaysWhatIsExpectedWhenThereIsNoColon) {
  EXPECT_EQ(ParseSlowdown("5%").status().message(),
            "SLO_SLOWDOWN: expected STAGE:AMOUNT, found \"5%\"; for example runner_status:6% or "
            "read_run:120ns");
}

TEST(ParseSlowdown, ReportsStageAndAmountAtOnce) {
  const auto slowdown = ParseSlowdown("everything:lots");
  EXPECT_THAT(slowdown.status().message(), HasSubstr("unknown stage \"everything\"; stages:"));
  EXPECT_THAT(slowdown.status().message(), HasSubstr("found \"lots\""));
}

TEST(SlowdownHelp, NamesTheVariableAndItsStages) {
  EXPECT_THAT(SlowdownHelp(), HasSubstr("SLO_SLOWDOWN=STAGE:AMOUNT[:N/M]"));
  EXPECT_THAT(SlowdownHelp(), HasSubstr("dispatch_ready"));
}

}  // namespace
}  // namespace slo::bench
