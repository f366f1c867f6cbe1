#include "bench/cli/fault_flag.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ParseFaults, ReadsEveryKind) {
  const auto faults = ParseFaults(
      "delay:200us,tail:1%:5ms,stall:2000:50ms,error:0.001,error:0.1%:429,leak:64@create_run,"
      "growth:10us@read_run");
  ASSERT_TRUE(faults.ok()) << faults.status();
  EXPECT_THAT(
      *faults,
      ElementsAre(
          Fault{.kind = FaultKind::kDelay, .time = absl::Microseconds(200)},
          Fault{.kind = FaultKind::kTail, .time = absl::Milliseconds(5), .probability = 0.01},
          Fault{.kind = FaultKind::kStall, .time = absl::Milliseconds(50), .runs = 2'000},
          Fault{.kind = FaultKind::kError, .probability = 0.001, .status = 503},
          Fault{.kind = FaultKind::kError, .probability = 0.001, .status = 429},
          Fault{.kind = FaultKind::kLeak, .bytes = 64, .stage = Stage::kCreateRun},
          Fault{.kind = FaultKind::kGrowth,
                .time = absl::Microseconds(10),
                .stage = Stage::kReadRun}));
}

TEST(ParseFaults, NamesEverythingThatIsWrong) {
  const auto faults = ParseFaults(
      "dely:1ms,delay,delay:1ms:2ms,tail:2:1ms,tail:1%:0s,stall:0:1h,error:1:200,leak:7,"
      "growth:-1us,delay:1ms@read_rum");
  ASSERT_FALSE(faults.ok());
  const std::string text(faults.status().message());
  EXPECT_THAT(text, HasSubstr("dely:1ms: unknown fault \"dely\"; did you mean delay?"));
  EXPECT_THAT(text, HasSubstr("delay: expected delay:TIME\n"));
  EXPECT_THAT(text, HasSubstr("delay:1ms:2ms: expected delay:TIME\n"));
  EXPECT_THAT(text, HasSubstr("expected a probability from 0 to 1 or 0% to 100%, found \"2\""));
  EXPECT_THAT(text, HasSubstr("tail:1%:0s: expected a time from 1ns to 60s, found \"0s\""));
  EXPECT_THAT(text, HasSubstr("expected a number of runs from 1 to 1000000000, found \"0\""));
  EXPECT_THAT(text, HasSubstr("expected a time from 1ns to 60s, found \"1h\""));
  EXPECT_THAT(text, HasSubstr("expected a status from 400 to 599, found \"200\""));
  EXPECT_THAT(text, HasSubstr("expected bytes from 8 to 1048576, found \"7\""));
  EXPECT_THAT(text, HasSubstr("growth:-1us: expected a time"));
  EXPECT_THAT(text, HasSubstr("unknown stage \"read_rum\"; did you mean read_run?"));
}

TEST(FaultHelp, ListsEveryKind) {
  for (const char* kind : {"delay:", "tail:", "stall:", "error:", "leak:", "growth:"}) {
    EXPECT_THAT(FaultHelp(), HasSubstr(kind));
  }
}

}  // namespace
}  // namespace slo::bench
