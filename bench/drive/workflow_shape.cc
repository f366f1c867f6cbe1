#include "bench/drive/workflow_shape.h"

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace slo::bench {
namespace {

std::string StepId(int step) { return absl::StrCat("step-", step + 1); }

std::vector<int> DependenciesOf(const Workflow& workflow, int step) {
  if (step == 0) return {};
  switch (workflow.shape) {
    case Shape::kChain:
      return {step - 1};
    case Shape::kFanOut:
      return {0};
    case Shape::kDiamond:
      break;
  }
  if (step != workflow.steps - 1 || step == 1) return {0};
  std::vector<int> middle;
  for (int i = 1; i < step; ++i) middle.push_back(i);
  return middle;
}

}  // namespace

absl::string_view ShapeName(Shape shape) {
  switch (shape) {
    case Shape::kChain:
      return "chain";
    case Shape::kFanOut:
      return "fan_out";
    case Shape::kDiamond:
      return "diamond";
  }
  return "unknown";
}

std::vector<std::vector<int>> Dependencies(const Workflow& workflow) {
  std::vector<std::vector<int>> dependencies;
  for (int step = 0; step < workflow.steps; ++step) {
    dependencies.push_back(DependenciesOf(workflow, step));
  }
  return dependencies;
}

std::string TemplateBody(const Workflow& workflow, absl::string_view name, int64_t role_id) {
  nlohmann::json steps = nlohmann::json::array();
  const std::vector<std::vector<int>> dependencies = Dependencies(workflow);
  for (int step = 0; step < workflow.steps; ++step) {
    nlohmann::json depends_on = nlohmann::json::array();
    for (const int dependency : dependencies[static_cast<size_t>(step)]) {
      depends_on.push_back(StepId(dependency));
    }
    steps.push_back({{"step_id", StepId(step)},
                     {"role_id", role_id},
                     {"title", StepId(step)},
                     {"depends_on", depends_on}});
  }
  return nlohmann::json{{"name", std::string(name)}, {"steps", steps}}.dump();
}

}  // namespace slo::bench
