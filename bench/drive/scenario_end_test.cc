// When a scenario starts its runs, and when it ends before its time.

#include "absl/time/clock.h"
#include "bench/drive/scenario.h"
#include "bench/drive/scenario_testing.h"
#include "bench/machine/monotonic_clock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(RunScenario, CountsWhatAnApiThatIsGoneWasNeverAsked) {
  stack::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2 + 10 * RequestsPerRun(3));
  const ScenarioResult result =
      RunOnce(client, {.runs = 5'000, .give_up_after = absl::Milliseconds(50)});
  EXPECT_EQ(result.recorder.trials(), 5'000);
  EXPECT_EQ(result.recorder.failures(), 4'990);
  EXPECT_GE(result.recorder.failures(FailureReason::kConnect), 2);
  EXPECT_LT(result.recorder.failures(FailureReason::kConnect), 50);
  EXPECT_EQ(result.recorder.failures(FailureReason::kGone),
            4'990 - result.recorder.failures(FailureReason::kConnect));
}

TEST(RunScenario, CountsTheRestOfItsTimeAsRunsOfTheUsualLength) {
  stack::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2 + 100 * RequestsPerRun(3));
  const ScenarioResult result =
      RunOnce(client, {.duration = absl::Seconds(60), .give_up_after = absl::Milliseconds(50)});
  // About as many as would have fit by what a run took. How fast this machine is does not matter:
  // the two differ by the few runs without an answer, and by the time between runs.
  const absl::Duration mean = result.meter.busy() / result.meter.runs();
  const absl::Duration rest = absl::Seconds(60) - result.meter.busy();
  EXPECT_LT(result.meter.busy(), absl::Seconds(30));
  const auto gone = static_cast<double>(result.recorder.failures(FailureReason::kGone));
  EXPECT_LE(gone, 1.5 * absl::FDivDuration(rest, mean));
  EXPECT_GE(gone, 0.5 * absl::FDivDuration(rest, mean));
}

TEST(RunScenario, EndsItsWarmUpAtTheFirstRunWithoutAnAnswer) {
  stack::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2 + 2 * RequestsPerRun(3));
  const ScenarioResult result =
      RunOnce(client, {.runs = 5, .warm_up_runs = 1'000, .give_up_after = absl::ZeroDuration()});
  EXPECT_EQ(result.recorder.trials(), 5);
  EXPECT_EQ(result.recorder.failures(FailureReason::kConnect), 2) << "the fewest to give up by";
  EXPECT_EQ(result.recorder.failures(FailureReason::kGone), 3);
  EXPECT_EQ(result.run_ids.size(), 2U);
}

TEST(RunScenario, GoesOnWhenAnswersComeAgain) {
  // Every other run is not answered.
  class FlappingClient : public client::ApiClient {
   public:
    explicit FlappingClient(client::ApiClient& client) : client_(&client) {}
    absl::StatusOr<api::Response> Send(const api::Request& request) override {
      if (request.target == "/workflow-runs" && ++runs_ % 2 == 0) {
        return absl::UnavailableError("no connection");
      }
      return client_->Send(request);
    }

   private:
    client::ApiClient* client_;
    int runs_ = 0;
  };
  stack::InProcessStack stack;
  FlappingClient client(stack.client());
  const ScenarioResult result = RunOnce(client, {.runs = 8, .give_up_after = absl::ZeroDuration()});
  EXPECT_EQ(result.recorder.failures(FailureReason::kConnect), 4);
  EXPECT_EQ(result.recorder.failures(FailureReason::kGone), 0);
}

TEST(RunScenario, NeedsTwoSilentRunsAndTheTimeToGiveUp) {
  stack::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2 + RequestsPerRun(3));
  const ScenarioResult result = RunOnce(client, {.runs = 6, .give_up_after = absl::Hours(1)});
  EXPECT_EQ(result.recorder.failures(FailureReason::kConnect), 5);
  EXPECT_EQ(result.recorder.failures(FailureReason::kGone), 0);
}

TEST(RunScenario, CountsNothingAsGoneOfATimeWithoutAnyAnswer) {
  stack::InProcessStack stack;
  VanishingClient client(stack.client(), /*requests=*/2);
  const ScenarioResult result =
      RunOnce(client, {.duration = absl::Seconds(60), .give_up_after = absl::ZeroDuration()});
  EXPECT_EQ(result.recorder.trials(), 2);
  EXPECT_EQ(result.recorder.failures(FailureReason::kGone), 0);
}

TEST(RunScenario, KeepsTheWindowsItFinishedWhenItIsCancelled) {
  stack::InProcessStack stack;
  int64_t driven = 0;
  const ScenarioResult result =
      RunOnce(stack.client(), {.runs = 240,
                               .on_progress = [&](int64_t done) { driven = done; },
                               .is_cancelled = [&] { return driven == 25; }});
  EXPECT_TRUE(result.was_cancelled);
  EXPECT_EQ(result.recorder.trials(), 25);
  EXPECT_EQ(result.windows.size(), 2u) << "of ten runs each";
  EXPECT_EQ(result.run_ids.size(), 25u);
}

TEST(RunScenario, IsCancelledBeforeItsFirstRun) {
  for (const int64_t warm_up_runs : {0, 3}) {
    const ScenarioResult result =
        RunSteady({.runs = 5, .warm_up_runs = warm_up_runs, .is_cancelled = [] { return true; }});
    EXPECT_TRUE(result.was_cancelled);
    EXPECT_EQ(result.recorder.trials(), 0);
    EXPECT_TRUE(result.run_ids.empty());
    EXPECT_TRUE(result.windows.empty());
  }
}

TEST(RunScenario, StaysCancelledOnceItWas) {
  int asked = 0;
  const ScenarioResult result =
      RunSteady({.runs = 5, .is_cancelled = [&] { return ++asked == 2; }});
  EXPECT_TRUE(result.was_cancelled);
  EXPECT_EQ(result.recorder.trials(), 1);
}

TEST(RunScenario, KeepsThePaceOutOfTheBusyTime) {
  stack::InProcessStack stack;
  const absl::Duration pace = absl::Milliseconds(2);
  const ScenarioResult result = RunOnce(stack.client(), {.runs = 10, .pace = pace});
  // Ten starts lie nine paces apart; were waiting counted, busy would be at least that.
  EXPECT_EQ(result.recorder.trials(), 10);
  EXPECT_GT(result.meter.busy(), absl::ZeroDuration());
}

TEST(RunScenario, StartsNoRunBeforeItsTime) {
  const int64_t start = MonotonicNs();
  const ScenarioResult result = RunSteady({.runs = 6, .pace = absl::Milliseconds(5)});
  EXPECT_GE(MonotonicNs() - start, 25'000'000) << "five paces lie between six starts";
  EXPECT_LT(result.meter.busy(), absl::Nanoseconds(MonotonicNs() - start));
}

TEST(RunScenario, CountsTheStartsThatComeAPaceTooLate) {
  // The first run takes more than three paces, so that the next ones begin late.
  int64_t done = 0;
  const ScenarioResult result =
      RunSteady({.runs = 5, .pace = absl::Milliseconds(10), .on_progress = [&](int64_t runs) {
                   done = runs;
                   if (runs == 1) absl::SleepFor(absl::Milliseconds(45));
                 }});
  EXPECT_EQ(done, 5);
  EXPECT_GE(result.late_starts, 3);
  EXPECT_LE(result.late_starts, 4) << "never the first";
}

TEST(RunScenario, IsNeverLateWithoutAPace) { EXPECT_EQ(RunSteady({.runs = 20}).late_starts, 0); }

TEST(RunScenario, LeavesTheLateStartsOfTheWarmUpOut) {
  int64_t asked = 0;
  const ScenarioResult result =
      RunSteady({.runs = 1, .warm_up_runs = 4, .pace = absl::Milliseconds(4), .is_cancelled = [&] {
                   if (++asked == 2) absl::SleepFor(absl::Milliseconds(40));
                   return false;
                 }});
  EXPECT_LE(result.late_starts, 1);
}

}  // namespace
}  // namespace slo::bench
