#include "bench/drive/open_loop.h"

#include <atomic>
#include <memory>

#include "bench/drive/arrival_schedule.h"
#include "bench/machine/monotonic_clock.h"
#include "bench/machine/precise_wait.h"
#include "fixtures/stack/in_process_stack.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

constexpr Workflow kOneStep = {.shape = Shape::kChain, .steps = 1};

// An API that answers as told before the real one does.
class ScriptedClient : public client::ApiClient {
 public:
  using Script = std::function<std::optional<api::Response>(int64_t request)>;

  ScriptedClient(client::ApiClient& client, Script script)
      : client_(&client), script_(std::move(script)) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override {
    if (auto answer = script_(requests_++)) return *std::move(answer);
    return client_->Send(request);
  }

 private:
  client::ApiClient* client_;
  Script script_;
  std::atomic<int64_t> requests_ = 0;
};

OpenLoopResult RunOpen(const OpenLoopOptions& options, ScriptedClient::Script script,
                       size_t workers = 1) {
  stack::InProcessStack stack;
  const int64_t template_id = CreateTemplate(stack.client(), kOneStep, "test").value();
  ScriptedClient client(stack.client(), std::move(script));
  std::vector<std::unique_ptr<Lifecycle>> lifecycles;
  std::vector<std::unique_ptr<RunPath>> paths;
  std::vector<RunPath*> pointers;
  for (size_t i = 0; i < workers; ++i) {
    lifecycles.push_back(std::make_unique<Lifecycle>(client, template_id, kOneStep, "test"));
    paths.push_back(std::make_unique<RunPath>(*lifecycles.back(), i));
    pointers.push_back(paths.back().get());
  }
  return RunOpenLoop(pointers, options).value();
}

std::optional<api::Response> Healthy(int64_t /*request*/) { return std::nullopt; }

TEST(RunOpenLoop, StartsEveryRunOnceAndNotBeforeItsTime) {
  const auto planned = PlanArrivals({.rate_per_second = 2'000, .arrivals = 200});
  const int64_t start = MonotonicNs();
  const OpenLoopResult result = RunOpen({.planned_ns = planned}, Healthy, /*workers=*/3);
  EXPECT_GE(MonotonicNs() - start, planned.back());
  EXPECT_EQ(result.ledger, (Ledger{.planned = 200, .completed = 200}));
  EXPECT_EQ(result.recorder.trials(), 200);
  EXPECT_EQ(result.recorder.failures(), 0) << result.recorder.first_failure();
  EXPECT_EQ(result.from_planned.count(), 200);
  EXPECT_EQ(result.lateness.count(), 200);
  EXPECT_GE(result.elapsed, absl::Nanoseconds(planned.back()));
  EXPECT_GE(result.from_planned.histogram().min(), result.recorder.runs().histogram().min());
}

// Four runs a millisecond apart, and an API that answers the first request after 50 ms.
TEST(RunOpenLoop, CountsWhatAStallDelaysFromThePlannedStart) {
  constexpr int64_t kStallNs = 50'000'000;
  const OpenLoopResult result = RunOpen(
      {.planned_ns = {1'000'000, 2'000'000, 3'000'000, 4'000'000}, .drain = absl::Seconds(60)},
      [](int64_t request) {
        if (request == 0) WaitUntil(MonotonicNs() + kStallNs, {});
        return std::optional<api::Response>();
      });
  EXPECT_EQ(result.ledger.completed, 4);
  const LatencyHistogram& from_planned = result.from_planned.histogram();
  EXPECT_GE(from_planned.AtRank(1), absl::Milliseconds(47));
  EXPECT_GE(from_planned.AtRank(4), absl::Milliseconds(50));
  // One slow run is all that a closed loop would have seen.
  EXPECT_GE(result.recorder.runs().histogram().max(), absl::Milliseconds(50));
  EXPECT_LT(result.recorder.runs().histogram().AtRank(1), absl::Milliseconds(50));
  EXPECT_GE(result.late_starts, 3);
}

TEST(RunOpenLoop, CountsDroppedRunsWithTheTimeTheyWaited) {
  constexpr int64_t kFirst = 100'000'000;
  const OpenLoopResult result =
      RunOpen({.planned_ns = {kFirst, kFirst + 1, kFirst + 2, 10 * kFirst},
               .drop_after = absl::Milliseconds(20),
               .drain = absl::Seconds(60)},
              [](int64_t request) {
                if (request == 0) WaitUntil(MonotonicNs() + 60'000'000, {});
                return std::optional<api::Response>();
              });
  EXPECT_EQ(result.ledger, (Ledger{.planned = 4, .completed = 2, .dropped = 2}));
  EXPECT_EQ(result.from_planned.count(), 4);
  EXPECT_GE(result.from_planned.histogram().AtRank(2), absl::Milliseconds(59));
  EXPECT_EQ(result.recorder.trials(), 2);
}

TEST(RunOpenLoop, TellsFailedFromCompletedAndFromInFlight) {
  const OpenLoopResult failed =
      RunOpen({.planned_ns = {0, 0, 0}, .drain = absl::Seconds(60)}, [](int64_t request) {
        return request == 0 ? std::optional(api::Response{.status = 503, .body = "busy"})
                            : std::nullopt;
      });
  EXPECT_EQ(failed.ledger, (Ledger{.planned = 3, .completed = 2, .failed = 1}));
  const OpenLoopResult unfinished = RunOpen(
      {.planned_ns = {0, 0}, .drop_after = absl::Seconds(60), .drain = absl::Milliseconds(5)},
      [](int64_t request) {
        if (request == 0) WaitUntil(MonotonicNs() + 20'000'000, {});
        return std::optional<api::Response>();
      });
  EXPECT_EQ(unfinished.ledger, (Ledger{.planned = 2, .dropped = 1, .in_flight = 1}));
}

TEST(RunOpenLoop, LeavesOutWhatWasNotDueWhenItWasCancelled) {
  std::atomic<bool> is_cancelled = false;
  const int64_t in_an_hour = int64_t{3'600} * 1'000'000'000;
  const OpenLoopResult result = RunOpen({.planned_ns = {0, 0, in_an_hour, in_an_hour},
                                         .on_progress =
                                             [&](int64_t done) {
                                               if (done == 2) is_cancelled = true;
                                             },
                                         .is_cancelled = [&] { return is_cancelled.load(); }},
                                        Healthy);
  EXPECT_EQ(result.ledger, (Ledger{.planned = 2, .completed = 2}));
  EXPECT_EQ(result.from_planned.count(), 2);
}

TEST(Ledger, AddsUpOrDoesNot) {
  EXPECT_TRUE(
      (Ledger{.planned = 10, .completed = 4, .failed = 3, .dropped = 2, .in_flight = 1}.adds_up()));
  EXPECT_FALSE((Ledger{.planned = 10, .completed = 4, .failed = 3, .dropped = 2}.adds_up()));
}

}  // namespace
}  // namespace slo::bench
