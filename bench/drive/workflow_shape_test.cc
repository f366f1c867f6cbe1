#include "bench/drive/workflow_shape.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Dependencies, OfAChainAreTheStepBefore) {
  EXPECT_THAT(Dependencies({.shape = Shape::kChain, .steps = 3}),
              ElementsAre(IsEmpty(), ElementsAre(0), ElementsAre(1)));
}

TEST(Dependencies, OfAFanOutAreTheFirstStep) {
  EXPECT_THAT(Dependencies({.shape = Shape::kFanOut, .steps = 4}),
              ElementsAre(IsEmpty(), ElementsAre(0), ElementsAre(0), ElementsAre(0)));
}

TEST(Dependencies, OfADiamondMeetInTheLastStep) {
  EXPECT_THAT(Dependencies({.shape = Shape::kDiamond, .steps = 4}),
              ElementsAre(IsEmpty(), ElementsAre(0), ElementsAre(0), ElementsAre(1, 2)));
}

TEST(Dependencies, StayAcyclicForTheSmallestWorkflows) {
  for (const Shape shape : {Shape::kChain, Shape::kFanOut, Shape::kDiamond}) {
    EXPECT_THAT(Dependencies({.shape = shape, .steps = 1}), ElementsAre(IsEmpty()));
    EXPECT_THAT(Dependencies({.shape = shape, .steps = 2}), ElementsAre(IsEmpty(), ElementsAre(0)));
  }
}

TEST(TemplateBody, NamesRoleStepsAndDependencies) {
  const auto body =
      nlohmann::json::parse(TemplateBody({.shape = Shape::kChain, .steps = 2}, "w", 7));
  EXPECT_EQ(body["name"], "w");
  ASSERT_EQ(body["steps"].size(), 2u);
  EXPECT_EQ(body["steps"][0]["depends_on"], nlohmann::json::array());
  EXPECT_EQ(body["steps"][1]["role_id"], 7);
  EXPECT_EQ(body["steps"][1]["depends_on"], nlohmann::json({"step-1"}));
}

}  // namespace
}  // namespace slo::bench
