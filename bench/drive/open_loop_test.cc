#include "bench/drive/open_loop.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

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

constexpr int64_t kMillisecond = 1'000'000;

// Answers the first request after so long.
ScriptedClient::Script SlowFirst(int64_t stall_ns) {
  return [stall_ns](int64_t request) {
    if (request == 0) WaitUntil(MonotonicNs() + stall_ns, {});
    return std::optional<api::Response>();
  };
}

TEST(RunOpenLoop, CallsAStartLateThatComesLongerThanTheLimitAfterItsTime) {
  // The first run takes 40 ms; the others were planned within them.
  const OpenLoopOptions options = {.planned_ns = {0, 1, 2, 3},
                                   .late_after = absl::Milliseconds(30),
                                   .drop_after = absl::Seconds(60),
                                   .drain = absl::Seconds(60)};
  const OpenLoopResult late = RunOpen(options, SlowFirst(40 * kMillisecond));
  EXPECT_GE(late.late_starts, 3);
  OpenLoopOptions patient = options;
  patient.late_after = absl::Hours(1);
  EXPECT_EQ(RunOpen(patient, SlowFirst(40 * kMillisecond)).late_starts, 0);
}

TEST(RunOpenLoop, MeasuresItsOwnLatenessFromWhenAWorkerIsFree) {
  const OpenLoopResult result = RunOpen(
      {.planned_ns = {0, 1, 2}, .drop_after = absl::Seconds(60), .drain = absl::Seconds(60)},
      SlowFirst(100 * kMillisecond));
  ASSERT_EQ(result.lateness.count(), 3);
  // The other two waited for the first one, which is not the generator's fault.
  const absl::Duration waited = result.from_planned.histogram().LowestAtRank(1) -
                                result.recorder.runs().histogram().AtRank(2) -
                                result.lateness.histogram().max();
  EXPECT_GE(waited, absl::Milliseconds(98));
}

TEST(RunOpenLoop, RecordsLatenciesAtTheirPlannedStart) {
  const OpenLoopResult result =
      RunOpen({.planned_ns = {0, 50 * kMillisecond, 50 * kMillisecond + 1},
               .drop_after = absl::Seconds(60),
               .drain = absl::Seconds(60)},
              SlowFirst(80 * kMillisecond));
  const stats::TimeSlots& slots = result.from_planned.slots().slots();
  const auto count_from = [&](size_t slot, int64_t least_ns) {
    const auto counts = slots.counts(slot).subspan(stats::LatencySlots::ColumnOf(least_ns));
    return std::accumulate(counts.begin(), counts.end(), 0U);
  };
  EXPECT_EQ(count_from(0, 80 * kMillisecond), 1U) << "the run, not when it ended";
  EXPECT_EQ(count_from(0, 0), 1U);
  EXPECT_NEAR(static_cast<double>(slots.width_ns()) * static_cast<double>(slots.slots() - 1),
              50.0 * kMillisecond, 2.0 * static_cast<double>(slots.width_ns()));
  EXPECT_EQ(count_from(slots.slots() - 1, 29 * kMillisecond), 2U);
  EXPECT_NEAR(result.arrivals_per_second, 3 / 0.050000001, 1e-6);
}

TEST(RunOpenLoop, AddsTheServiceTimeToTheWait) {
  const OpenLoopResult result =
      RunOpen({.planned_ns = {0}, .drain = absl::Seconds(60)}, SlowFirst(20 * kMillisecond));
  EXPECT_GE(result.from_planned.histogram().max(),
            result.recorder.runs().histogram().max() + result.lateness.histogram().max());
  EXPECT_GE(result.elapsed, absl::Milliseconds(20));
}

TEST(RunOpenLoop, DropsWhatItsTimeIsOverFor) {
  // Free again after 40 ms, by when the others are 40 ms late.
  const auto ledger_with = [](absl::Duration drop_after) {
    return RunOpen({.planned_ns = {0, 0, 0}, .drop_after = drop_after, .drain = absl::Seconds(60)},
                   SlowFirst(40 * kMillisecond))
        .ledger;
  };
  EXPECT_EQ(ledger_with(absl::Milliseconds(20)),
            (Ledger{.planned = 3, .completed = 1, .dropped = 2}));
  EXPECT_EQ(ledger_with(absl::Seconds(60)), (Ledger{.planned = 3, .completed = 3}));
}

TEST(RunOpenLoop, HasADeadlineAfterTheLastPlannedStart) {
  // 60 ms of work, 40 ms of plan: over time without a drain of some length.
  const auto ledger_with = [](absl::Duration drain) {
    return RunOpen({.planned_ns = {0, 40 * kMillisecond}, .drain = drain},
                   SlowFirst(80 * kMillisecond))
        .ledger;
  };
  EXPECT_EQ(ledger_with(absl::ZeroDuration()),
            (Ledger{.planned = 2, .dropped = 1, .in_flight = 1}));
  EXPECT_EQ(ledger_with(absl::Seconds(60)), (Ledger{.planned = 2, .completed = 2}));
}

TEST(RunOpenLoop, AddsUpWhatItsWorkersCounted) {
  std::vector<int64_t> progress;
  const OpenLoopResult result = RunOpen(
      {.planned_ns = std::vector<int64_t>(60),
       .late_after = absl::ZeroDuration(),
       .drop_after = absl::Seconds(60),
       .drain = absl::Seconds(60),
       .on_progress = [&](int64_t done) { progress.push_back(done); }},
      [](int64_t request) {
        return request % 20 == 0 ? std::optional(api::Response{.status = 500, .body = "x"})
                                 : std::nullopt;
      },
      /*workers=*/4);
  EXPECT_EQ(result.workers, 4);
  EXPECT_EQ(result.ledger.planned, 60);
  EXPECT_EQ(result.ledger.failed, result.recorder.failures());
  EXPECT_GE(result.ledger.failed, 10);
  EXPECT_EQ(result.ledger.completed, 60 - result.ledger.failed);
  EXPECT_EQ(result.late_starts, 60) << "all were planned for the very beginning";
  EXPECT_EQ(result.digest.runs(), 4) << "every sixteenth of sixty";
  EXPECT_GT(result.elapsed, absl::ZeroDuration());
  EXPECT_TRUE(std::is_sorted(progress.begin(), progress.end()));
  for (const int64_t done : progress) {
    EXPECT_GE(done, 1);
    EXPECT_LE(done, 60);
  }
}

TEST(RunOpenLoop, TellsTheProgressOfASingleWorkerRunByRun) {
  std::vector<int64_t> progress;
  RunOpen({.planned_ns = {0, 0, 0},
           .drop_after = absl::Seconds(60),
           .drain = absl::Seconds(60),
           .on_progress = [&](int64_t done) { progress.push_back(done); }},
          Healthy);
  EXPECT_EQ(progress, (std::vector<int64_t>{1, 2, 3}));
}

TEST(RunOpenLoop, DrivesNothingWithoutAPlan) {
  const OpenLoopResult result = RunOpen({}, Healthy, /*workers=*/2);
  EXPECT_EQ(result.ledger, Ledger());
  EXPECT_EQ(result.elapsed, absl::ZeroDuration());
  EXPECT_EQ(result.from_planned.count(), 0);
}

TEST(RunOpenLoop, DropsWhatWasDueWhenItWasCancelled) {
  const OpenLoopResult result =
      RunOpen({.planned_ns = {0, 0}, .is_cancelled = [] { return true; }}, Healthy);
  EXPECT_EQ(result.ledger, (Ledger{.planned = 2, .dropped = 2}));
  EXPECT_EQ(result.from_planned.count(), 2);
}

TEST(RunOpenLoop, AddsTheQueueWaitsOfItsWorkersUp) {
  const OpenLoopResult result =
      RunOpen({.planned_ns = {0, 0, 0}, .drain = absl::Seconds(60)}, Healthy, /*workers=*/2);
  if (!result.queue_wait.has_value()) GTEST_SKIP() << "the kernel does not say";
  EXPECT_GE(*result.queue_wait, absl::ZeroDuration());
}

}  // namespace
}  // namespace slo::bench
