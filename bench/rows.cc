#include "bench/rows.h"

#include "absl/strings/str_cat.h"

namespace slo::bench {
namespace {

using workload::Shape;
using workload::Stage;
using workload::Workflow;

constexpr int64_t kRetainedRuns = 20'000;

absl::string_view FamilyName(Stage stage) {
  switch (stage) {
    case Stage::kCreateRun:
      return "BM_CreateRun";
    case Stage::kDispatchReady:
      return "BM_DispatchReady";
    case Stage::kRunnerStatus:
      return "BM_RunnerStatus";
    case Stage::kReadRun:
      break;
  }
  return "BM_ReadRun";
}

Workflow ChainOf(int64_t steps) {
  return {.shape = Shape::kChain, .steps = static_cast<int>(steps)};
}

}  // namespace

std::string StageRow::name() const {
  return absl::StrCat(FamilyName(stage), "/shape:", ShapeName(workflow.shape),
                      "/steps:", workflow.steps, "/stored_runs:", stored_runs);
}

std::vector<StageRow> StageRows() {
  std::vector<StageRow> rows;
  for (const StageRow& arguments : std::vector<StageRow>{
           {.workflow = {.shape = Shape::kChain, .steps = 3}},
           {.workflow = {.shape = Shape::kFanOut, .steps = 10}},
           {.workflow = {.shape = Shape::kDiamond, .steps = 10}},
           {.workflow = {.shape = Shape::kChain, .steps = 3}, .threads = 2},
           {.workflow = {.shape = Shape::kChain, .steps = 3}, .stored_runs = 100'000},
       }) {
    for (const Stage stage : workload::kStages) {
      rows.push_back(arguments);
      rows.back().stage = stage;
    }
  }
  return rows;
}

std::string RunPathRow::name() const {
  return absl::StrCat("BM_RunPath/shape:", ShapeName(workflow.shape), "/steps:", workflow.steps);
}

std::vector<RunPathRow> RunPathRows() {
  return {
      {.workflow = {.shape = Shape::kChain, .steps = 3}},
      {.workflow = {.shape = Shape::kChain, .steps = 10}},
      {.workflow = {.shape = Shape::kFanOut, .steps = 10}},
      {.workflow = {.shape = Shape::kDiamond, .steps = 10}},
      {.workflow = {.shape = Shape::kChain, .steps = 3}, .threads = 2},
  };
}

std::vector<OpenLoadRow> OpenLoadRows(const BenchOptions& options) {
  std::vector<OpenLoadRow> rows;
  for (const auto process :
       {workload::ArrivalProcess::kPoisson, workload::ArrivalProcess::kConstant}) {
    rows.push_back({.name = absl::StrCat("BM_OpenLoad/rate:", options.open_rate, "/arrivals:",
                                         Name(process), "/steps:", options.steps_per_run),
                    .workflow = ChainOf(options.steps_per_run),
                    .plan = {.process = process,
                             .rate_per_second = static_cast<double>(options.open_rate),
                             .arrivals = options.open_runs,
                             .seed = static_cast<uint64_t>(options.seed)},
                    .workers = options.open_workers});
  }
  return rows;
}

CapacityRow CapacityRowOf(const BenchOptions& options) {
  return {
      .name = absl::StrCat("BM_Capacity/p99:", absl::FormatDuration(options.capacity_p99),
                           "/steps:", options.steps_per_run),
      .workflow = ChainOf(options.steps_per_run),
      .objectives = {.p99 = options.capacity_p99, .success_ratio = options.capacity_success_ratio},
      .search = {.start_rate = static_cast<double>(options.open_rate),
                 .confidence = options.confidence},
      .workers = options.open_workers};
}

KeptRunsRow LoadBurstRow(const BenchOptions& options) {
  return {.name = absl::StrCat("BM_LoadBurst/runs:", options.load_runs,
                               "/steps:", options.steps_per_run),
          .what = "load",
          .workflow = ChainOf(options.steps_per_run),
          .runs = options.load_runs};
}

KeptRunsRow SustainedSoakRow(const BenchOptions& options) {
  const std::string length =
      options.soak_duration > absl::ZeroDuration()
          ? absl::StrCat("duration:", absl::FormatDuration(options.soak_duration))
          : absl::StrCat("runs:", options.soak_runs);
  return {.name = absl::StrCat("BM_SustainedSoak/", length, "/steps:", options.steps_per_run,
                               "/pace_ms:", options.soak_pace_ms),
          .what = "soak",
          .workflow = ChainOf(options.steps_per_run),
          .runs = options.soak_runs,
          .duration = options.soak_duration,
          .pace_ms = options.soak_pace_ms};
}

KeptRunsRow RetainedRunRow() {
  const Workflow workflow = ChainOf(3);
  return {.name = absl::StrCat("BM_RetainedRun/runs:", kRetainedRuns, "/steps:", workflow.steps),
          .what = "retained",
          .workflow = workflow,
          .runs = kRetainedRuns};
}

}  // namespace slo::bench
