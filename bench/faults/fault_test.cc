#include "bench/faults/fault.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "bench/machine/heap_usage.h"
#include "bench/machine/monotonic_clock.h"
#include "bench/system/constant_client.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

constexpr api::Request kCreate = {.method = "POST", .target = "/workflow-runs", .body = "{}"};
constexpr api::Request kRead = {.method = "GET", .target = "/workflow-runs/7", .body = ""};

// The elapsed time of `count` requests.
absl::Duration TimeOf(FaultyClient& client, const api::Request& request, int count = 1) {
  const int64_t start = MonotonicNs();
  for (int i = 0; i < count; ++i) EXPECT_TRUE(client.Send(request).ok());
  return absl::Nanoseconds(MonotonicNs() - start);
}

int Errors(FaultyClient& client, int requests) {
  int errors = 0;
  for (int i = 0; i < requests; ++i) errors += client.Send(kRead)->status == 200 ? 0 : 1;
  return errors;
}

TEST(FaultyClient, PassesOnWithoutFaults) {
  ConstantClient api;
  FaultyClient client(api, {}, 1);
  EXPECT_EQ(client.Send(kRead)->status, 200);
}

TEST(FaultyClient, DelaysTheRequestsOfTheStageOnly) {
  ConstantClient api;
  FaultyClient client(
      api,
      {{.kind = FaultKind::kDelay, .time = absl::Seconds(1), .stage = Stage::kCreateRun},
       {.kind = FaultKind::kDelay, .time = absl::Milliseconds(3), .stage = Stage::kReadRun}},
      1);
  EXPECT_GE(TimeOf(client, kRead, 4), absl::Milliseconds(12));
  EXPECT_LT(TimeOf(client, kRead), absl::Seconds(1));
}

TEST(FaultyClient, StrikesAsOftenAsItsProbabilitySays) {
  ConstantClient api;
  FaultyClient rare(api, {{.kind = FaultKind::kError, .probability = 0.01}}, 1);
  EXPECT_NEAR(Errors(rare, 100'000), 1'000, 4 * 32);
  FaultyClient always(api, {{.kind = FaultKind::kError, .probability = 1, .status = 429}}, 1);
  EXPECT_EQ(always.Send(kRead)->status, 429);
  FaultyClient never(api, {{.kind = FaultKind::kError, .probability = 0}}, 1);
  EXPECT_EQ(Errors(never, 1'000), 0);
}

TEST(FaultyClient, StrikesTheSameRequestsForTheSameSeedOnly) {
  ConstantClient api;
  const auto struck = [&](uint64_t seed) {
    FaultyClient client(api, {{.kind = FaultKind::kError, .probability = 0.5}}, seed);
    std::vector<int> statuses;
    for (int i = 0; i < 64; ++i) statuses.push_back(client.Send(kRead)->status);
    return statuses;
  };
  EXPECT_EQ(struck(1), struck(1));
  EXPECT_NE(struck(1), struck(2));
}

TEST(FaultyClient, LingersNowAndThen) {
  ConstantClient api;
  FaultyClient client(
      api, {{.kind = FaultKind::kTail, .time = absl::Milliseconds(1), .probability = 0.1}}, 1);
  const absl::Duration time = TimeOf(client, kRead, 200);
  EXPECT_GE(time, absl::Milliseconds(8));
}

TEST(FaultyClient, StandsStillForEverybodyAsEverySoManyRunsAreCreated) {
  ConstantClient api;
  FaultyClient client(api,
                      {{.kind = FaultKind::kStall, .time = absl::Milliseconds(200), .runs = 3}}, 1);
  EXPECT_LT(TimeOf(client, kCreate, 2), absl::Milliseconds(200));
  const int64_t start = MonotonicNs();
  std::thread creates([&] { EXPECT_TRUE(client.Send(kCreate).ok()); });
  while (MonotonicNs() - start < 20'000'000) {
  }
  EXPECT_TRUE(client.Send(kRead).ok());
  EXPECT_GE(MonotonicNs() - start, 190'000'000);
  creates.join();
}

TEST(FaultyClient, GrowsWithTheRunsThatWereCreated) {
  ConstantClient api;
  FaultyClient client(api, {{.kind = FaultKind::kGrowth, .time = absl::Seconds(1)}}, 1);
  TimeOf(client, kCreate, 9);  // 1 to 9 ms: 45 ms in all
  EXPECT_GE(TimeOf(client, kRead), absl::Milliseconds(9));
}

TEST(FaultyClient, LeaksAndGivesBackAtTheEnd) {
  ConstantClient api;
  const auto before = HeapBytesInUse();
  if (!before.has_value()) GTEST_SKIP() << "another allocator stands in";
  {
    FaultyClient client(api, {{.kind = FaultKind::kLeak, .bytes = 2'000}}, 1);
    TimeOf(client, kRead, 100);
    EXPECT_NEAR(static_cast<double>(*HeapBytesInUse() - *before), 200'000, 10'000);
  }
  EXPECT_NEAR(static_cast<double>(*HeapBytesInUse() - *before), 0, 2'000);
}

// Which of the first 64 requests fail.
std::vector<int> Struck(std::vector<Fault> faults, uint64_t seed) {
  ConstantClient api;
  FaultyClient client(api, std::move(faults), seed);
  std::vector<int> struck;
  for (int i = 0; i < 64; ++i) {
    if (client.Send(kRead)->status != 200) struck.push_back(i);
  }
  return struck;
}

// By another implementation of the same definition: it must be the same on every machine.
TEST(FaultyClient, StrikesTheRequestsThatItsSeedSays) {
  const Fault rare = {.kind = FaultKind::kError, .probability = 0.1};
  const Fault never = {.kind = FaultKind::kError, .probability = 0};
  EXPECT_EQ(Struck({rare}, 1), (std::vector<int>{17, 25, 30, 49}));
  EXPECT_EQ(Struck({rare}, 2), (std::vector<int>{13, 28, 34, 59, 61}));
  EXPECT_EQ(Struck({never, rare}, 1), (std::vector<int>{13, 28, 34, 59, 61}))
      << "the second fault strikes others than the first";
}

TEST(FaultyClient, AnswersAnErrorWithoutAskingTheApi) {
  class CountingClient : public client::ApiClient {
   public:
    absl::StatusOr<api::Response> Send(const api::Request& /*request*/) override {
      ++requests;
      return api::Response{.status = 200, .body = "{}"};
    }
    int requests = 0;
  };
  CountingClient api;
  FaultyClient client(api, {{.kind = FaultKind::kError, .stage = Stage::kCreateRun}}, 1);
  const auto answer = client.Send(kCreate);
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->body, R"({"detail":"planted fault: 503"})");
  EXPECT_EQ(api.requests, 0);
  EXPECT_EQ(client.Send(kRead)->status, 200);
  EXPECT_EQ(api.requests, 1);
}

TEST(FaultyClient, AddsUpItsDelays) {
  ConstantClient api;
  const Fault delay = {.kind = FaultKind::kDelay, .time = absl::Milliseconds(4)};
  FaultyClient client(api, {delay, delay, delay}, 1);
  EXPECT_GE(TimeOf(client, kRead), absl::Milliseconds(12));
}

TEST(FaultyClient, StandsStillAtEverySoManiethRunOnly) {
  ConstantClient api;
  FaultyClient client(api, {{.kind = FaultKind::kStall, .time = absl::Milliseconds(30), .runs = 3}},
                      1);
  for (int run = 1; run <= 6; ++run) {
    const absl::Duration time = TimeOf(client, kCreate);
    if (run % 3 == 0) {
      EXPECT_GE(time, absl::Milliseconds(30)) << run;
    }
  }
  // What creates no run does not count as one.
  FaultyClient reads(api, {{.kind = FaultKind::kStall, .time = absl::Hours(1)}}, 1);
  EXPECT_LT(TimeOf(reads, kRead, 3), absl::Hours(1));
}

TEST(FaultyClient, GrowsByTheTimeForEveryThousandRuns) {
  ConstantClient api;
  FaultyClient client(api, {{.kind = FaultKind::kGrowth, .time = absl::Seconds(2)}}, 1);
  EXPECT_GE(TimeOf(client, kCreate), absl::Milliseconds(2)) << "of the first run itself";
  EXPECT_GE(TimeOf(client, kCreate), absl::Milliseconds(4));
  EXPECT_LT(TimeOf(client, kRead), absl::Seconds(2));
}

TEST(Fault, IsADelayOfNothingUnlessSaid) {
  const Fault fault;
  EXPECT_EQ(fault.kind, FaultKind::kDelay);
  EXPECT_EQ(fault.time, absl::ZeroDuration());
  EXPECT_EQ(fault.probability, 1);
  EXPECT_EQ(fault.runs, 1);
  EXPECT_EQ(fault.status, 503);
  EXPECT_EQ(fault.bytes, 0);
  EXPECT_FALSE(fault.stage.has_value());
}

TEST(FaultyClient, DelaysByTheTimeAndNotByTwice) {
  ConstantClient api;
  for (const FaultKind kind : {FaultKind::kDelay, FaultKind::kTail}) {
    FaultyClient client(api, {{.kind = kind, .time = absl::Milliseconds(10)}}, 1);
    absl::Duration least = absl::InfiniteDuration();
    for (int i = 0; i < 10; ++i) least = std::min(least, TimeOf(client, kRead));
    EXPECT_GE(least, absl::Milliseconds(10));
    EXPECT_LT(least, absl::Milliseconds(20)) << "the least of ten that something may interrupt";
  }
}

}  // namespace
}  // namespace slo::bench
