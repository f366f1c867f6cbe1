#include "bench/system/stored_stack.h"

#include <string>

#include <vector>
#include "bench/machine/monotonic_clock.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::bench {
namespace {

nlohmann::json Get(PreparedStack& prepared, absl::string_view target) {
  return nlohmann::json::parse(
      prepared.api->client().Send({.method = "GET", .target = target}).value().body);
}

TEST(PrepareStack, HoldsFinishedRunsAndATemplateForTheWorkflow) {
  auto prepared = PrepareStack({.shape = Shape::kDiamond, .steps = 4}, 7);
  ASSERT_TRUE(prepared.ok()) << prepared.status();
  const nlohmann::json runs = Get(*prepared, "/workflow-runs");
  ASSERT_EQ(runs.size(), 7u);
  for (const auto& run : runs) EXPECT_EQ(run["status"], "success");
  const nlohmann::json workflow_template =
      Get(*prepared, "/workflow-templates/" + std::to_string(prepared->template_id));
  EXPECT_EQ(workflow_template["steps"].size(), 4u);
}

TEST(StackPool, SharesAStackOfTheSameSizeAndGivesItTheNewTemplate) {
  StackPool pool;
  const auto first = pool.Get({.steps = 3}, 2);
  const int64_t first_template = first.value()->template_id;
  const auto second = pool.Get({.steps = 5}, 2);
  EXPECT_EQ(first.value(), second.value());
  EXPECT_NE(first_template, second.value()->template_id);
}

TEST(StackPool, GivesAFreshStackWhenNothingIsStored) {
  StackPool pool;
  EXPECT_NE(pool.Get({.steps = 3}, 0).value(), pool.Get({.steps = 3}, 0).value());
}

TEST(PrepareStack, HandsOutTheStacksOwnClientUnlessItIsSlowed) {
  const auto plain = PrepareStack({.steps = 3}, 0);
  EXPECT_EQ(&plain->client(), &plain->api->client());
  const auto slowed = PrepareStack({.steps = 3}, 0, {.slowdown = Slowdown{}});
  EXPECT_EQ(&slowed->client(), slowed->slowed.get());
}

TEST(PrepareStack, MeasuresAStageThatIsNotSlowedThroughTheStacksOwnClient) {
  const auto slowed =
      PrepareStack({.steps = 3}, 0, {.slowdown = Slowdown{.stage = Stage::kReadRun}});
  EXPECT_EQ(&slowed->client(Stage::kReadRun), slowed->slowed.get());
  EXPECT_EQ(&slowed->client(Stage::kCreateRun), &slowed->api->client());
  const auto plain = PrepareStack({.steps = 3}, 0);
  EXPECT_EQ(&plain->client(Stage::kReadRun), &plain->api->client());
}

TEST(StackPool, SlowsEveryStack) {
  StackPool pool({.slowdown = Slowdown{}});
  EXPECT_NE(pool.Get({.steps = 3}, 0).value()->slowed, nullptr);
  EXPECT_NE(pool.Get({.steps = 3}, 2).value()->slowed, nullptr);
}

TEST(PrepareStack, NamesTheRequestThatFailed) {
  EXPECT_THAT(PrepareStack({.steps = 0}, 0).status().message(),
              ::testing::HasSubstr("POST /workflow-templates"));
}

TEST(PrepareStack, PlantsFaultsInFrontOfTheSlowedClient) {
  StackOptions options = {.slowdown = Slowdown{.stage = Stage::kReadRun}};
  options.faults = {{.kind = FaultKind::kError, .probability = 1, .status = 429}};
  const auto prepared = PrepareStack({.steps = 3}, 2, options);
  ASSERT_TRUE(prepared.ok()) << "filling it meets no fault: " << prepared.status();
  EXPECT_EQ(&prepared->client(), prepared->faulty.get());
  EXPECT_EQ(prepared->client().Send({.method = "GET", .target = "/workflow-runs"})->status, 429);
  for (const Stage stage : kStages) {
    EXPECT_EQ(&prepared->client(stage), prepared->faulty.get());
  }
}

TEST(PrepareStack, SlowsTheStageByItsOperations) {
  const auto prepared = PrepareStack(
      {.steps = 1}, 0, {.slowdown = Slowdown{.stage = Stage::kReadRun, .operations = 20'000'000}});
  const auto time_of = [&](client::ApiClient& client) {
    const int64_t start = ThreadCpuNs();
    EXPECT_TRUE(client.Send({.method = "GET", .target = "/workflow-runs/1"}).ok());
    return ThreadCpuNs() - start;
  };
  EXPECT_GT(time_of(prepared->client()), 3 * time_of(prepared->api->client()));
}

TEST(StackPool, KeepsStacksOfDifferentSizesApart) {
  StackPool pool;
  const auto one = pool.Get({.steps = 3}, 1).value();
  const auto two = pool.Get({.steps = 3}, 2).value();
  EXPECT_NE(one, two);
  EXPECT_EQ(Get(*one, "/workflow-runs").size(), 1U);
  EXPECT_EQ(Get(*two, "/workflow-runs").size(), 2U);
  EXPECT_EQ(pool.Get({.steps = 3}, 1).value(), one);
}

TEST(StackPool, SaysWhatATemplateLacks) {
  StackPool pool;
  EXPECT_FALSE(pool.Get({.steps = 0}, 1).ok());
  ASSERT_TRUE(pool.Get({.steps = 1}, 1).ok());
  EXPECT_FALSE(pool.Get({.steps = 0}, 1).ok());
}

TEST(StackOptions, PlantNothingUnlessSaid) {
  EXPECT_EQ(StackOptions().fault_seed, 1U);
  EXPECT_FALSE(StackOptions().slowdown.has_value());
  EXPECT_EQ(PreparedStack().template_id, 0);
}

TEST(PrepareStack, SlowsTheRequestsThatThePatternStrikes) {
  const auto prepared = PrepareStack({.steps = 1}, 0,
                                     {.slowdown = Slowdown{.stage = Stage::kReadRun,
                                                           .operations = 20'000'000,
                                                           .pattern = {.first = 1, .every = 3}}});
  std::vector<int64_t> times;
  for (int i = 0; i < 6; ++i) {
    const int64_t start = ThreadCpuNs();
    EXPECT_TRUE(prepared->client().Send({.method = "GET", .target = "/workflow-runs/1"}).ok());
    times.push_back(ThreadCpuNs() - start);
  }
  for (const size_t other : {1U, 2U, 4U, 5U}) {
    EXPECT_GT(times[0], 3 * times[other]);
    EXPECT_GT(times[3], 3 * times[other]);
  }
}

}  // namespace
}  // namespace slo::bench
