// The workflows that the benchmarks run: what depends on what.

#ifndef SLO_BENCH_DRIVE_WORKFLOW_SHAPE_H_
#define SLO_BENCH_DRIVE_WORKFLOW_SHAPE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace slo::bench {

enum class Shape {
  kChain,    // each step waits for the one before it
  kFanOut,   // the first step, then all the others at once
  kDiamond,  // the first step, all but the last at once, then the last
};

struct Workflow {
  Shape shape = Shape::kChain;
  int steps = 3;  // at least 1
};

// "chain", "fan_out", "diamond": as they stand in benchmark names.
absl::string_view ShapeName(Shape shape);

// For each step, in declaration order, the steps (0-based) that it waits for.
std::vector<std::vector<int>> Dependencies(const Workflow& workflow);

// The body of POST /workflow-templates for this workflow, every step done by one role.
std::string TemplateBody(const Workflow& workflow, absl::string_view name, int64_t role_id);

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_WORKFLOW_SHAPE_H_
