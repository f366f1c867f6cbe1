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

TEST(ShapeName, NamesEveryShape) {
  EXPECT_EQ(ShapeName(Shape::kChain), "chain");
  EXPECT_EQ(ShapeName(Shape::kFanOut), "fan_out");
  EXPECT_EQ(ShapeName(Shape::kDiamond), "diamond");
}

TEST(Dependencies, OfADiamondOfThreeAreAChain) {
  EXPECT_THAT(Dependencies({.shape = Shape::kDiamond, .steps = 3}),
              ElementsAre(IsEmpty(), ElementsAre(0), ElementsAre(1)));
}

TEST(Dependencies, OfADiamondOfSixMeetAllInTheLast) {
  EXPECT_THAT(Dependencies({.shape = Shape::kDiamond, .steps = 6}),
              ElementsAre(IsEmpty(), ElementsAre(0), ElementsAre(0), ElementsAre(0), ElementsAre(0),
                          ElementsAre(1, 2, 3, 4)));
}

TEST(Workflow, IsAChainOfThreeUnlessSaid) {
  EXPECT_THAT(Dependencies(Workflow()), ElementsAre(IsEmpty(), ElementsAre(0), ElementsAre(1)));
}

TEST(TemplateBody, NumbersItsStepsFromOne) {
  const auto body =
      nlohmann::json::parse(TemplateBody({.shape = Shape::kFanOut, .steps = 3}, "w", 7));
  for (int step = 0; step < 3; ++step) {
    const std::string id = "step-" + std::to_string(step + 1);
    EXPECT_EQ(body["steps"][static_cast<size_t>(step)]["step_id"], id);
    EXPECT_EQ(body["steps"][static_cast<size_t>(step)]["title"], id);
    EXPECT_EQ(body["steps"][static_cast<size_t>(step)]["role_id"], 7);
  }
  EXPECT_EQ(body["steps"][2]["depends_on"], nlohmann::json({"step-1"}));
}

}  // namespace
}  // namespace slo::bench
