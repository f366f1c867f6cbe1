#include "bench/drive/run_digest.h"

#include <vector>

#include "bench/drive/open_loop.h"
#include "bench/drive/scenario.h"
#include "bench/faults/fault.h"
#include "bench/system/run_path_workers.h"
#include "bench/system/stored_stack.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

constexpr int64_t kRuns = 160;
constexpr Workflow kTenStepDiamond = {.shape = Shape::kDiamond, .steps = 10};

RunDigest DigestOfOpenLoop(int workers, uint64_t seed, const StackOptions& options = {}) {
  auto prepared =
      PrepareStack(kTenStepDiamond, /*stored_runs=*/int64_t{7} * workers, options).value();
  const RunPathWorkers run_paths(prepared, kTenStepDiamond, workers, seed);
  const auto result = RunOpenLoop(run_paths.run_paths(), {.planned_ns = std::vector<int64_t>(kRuns),
                                                          .drop_after = absl::Seconds(60),
                                                          .drain = absl::Seconds(60)});
  return result.value().digest;
}

TEST(RunDigest, IsTheSameForAnyNumberOfThreads) {
  const RunDigest one = DigestOfOpenLoop(1, 7);
  EXPECT_EQ(one.runs(), kRuns / RunDigest::kEvery);
  EXPECT_EQ(DigestOfOpenLoop(2, 7).value(), one.value());
  EXPECT_EQ(DigestOfOpenLoop(5, 7).value(), one.value());
}

TEST(RunDigest, IsTheSameInAClosedLoop) {
  auto prepared = PrepareStack(kTenStepDiamond, /*stored_runs=*/3, {}).value();
  // The name of who starts runs is part of the answers.
  Lifecycle lifecycle(prepared.client(), prepared.template_id, kTenStepDiamond, "slo-open-loop");
  RunPath run_path(lifecycle, 7);
  const ScenarioResult result = RunScenario(run_path, {.runs = kRuns, .warm_up_runs = 5});
  EXPECT_EQ(result.digest.value(), DigestOfOpenLoop(2, 7).value());
}

TEST(RunDigest, ChangesWithTheSeedAndWithTheAnswers) {
  const int64_t digest = DigestOfOpenLoop(1, 7).value();
  EXPECT_NE(DigestOfOpenLoop(1, 8).value(), digest) << "steps finish in another order";
  StackOptions faulty;
  faulty.faults = {{.kind = FaultKind::kError, .probability = 0.05}};
  EXPECT_NE(DigestOfOpenLoop(1, 7, faulty).value(), digest);
}

TEST(RunDigest, IsOfEverySixteenthRun) {
  for (int64_t run = 0; run < 48; ++run) EXPECT_EQ(RunDigest::Has(run), run % 16 == 0) << run;
}

}  // namespace
}  // namespace slo::bench
