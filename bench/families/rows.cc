#include "bench/families/rows.h"

#include "absl/strings/str_cat.h"

namespace slo::bench {
namespace {

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

// As in a row's name.
std::string LengthOf(absl::Duration duration, int64_t runs) {
  return duration > absl::ZeroDuration() ? absl::StrCat("duration:", absl::FormatDuration(duration))
                                         : absl::StrCat("runs:", runs);
}

Workflow ChainOf(int64_t steps) {
  return {.shape = Shape::kChain, .steps = static_cast<int>(steps)};
}

}  // namespace

std::string StageRow::name() const {
  return absl::StrCat(FamilyName(stage), "/shape:", ShapeName(workflow.shape),
                      "/steps:", workflow.steps, "/stored_runs:", stored_runs, suffix);
}

std::vector<StageRow> StageRows(const BenchOptions& options) {
  std::vector<StageRow> rows;
  for (const StageRow& arguments : std::vector<StageRow>{
           {.workflow = {.shape = Shape::kChain, .steps = 3}},
           {.workflow = {.shape = Shape::kFanOut, .steps = 10}},
           {.workflow = {.shape = Shape::kDiamond, .steps = 10}},
           {.workflow = {.shape = Shape::kChain, .steps = 3}, .threads = 2},
           {.workflow = {.shape = Shape::kChain, .steps = 3}, .stored_runs = 100'000},
       }) {
    if (arguments.stored_runs > 0 && options.api.has_target()) continue;
    for (const Stage stage : kStages) {
      rows.push_back(arguments);
      rows.back().stage = stage;
      rows.back().suffix = options.api.row_suffix();
    }
  }
  return rows;
}

std::string RunPathRow::name() const {
  return absl::StrCat("BM_RunPath/shape:", ShapeName(workflow.shape), "/steps:", workflow.steps,
                      suffix);
}

std::vector<RunPathRow> RunPathRows(const BenchOptions& options) {
  std::vector<RunPathRow> rows = {
      {.workflow = {.shape = Shape::kChain, .steps = 3}},
      {.workflow = {.shape = Shape::kChain, .steps = 10}},
      {.workflow = {.shape = Shape::kFanOut, .steps = 10}},
      {.workflow = {.shape = Shape::kDiamond, .steps = 10}},
      {.workflow = {.shape = Shape::kChain, .steps = 3}, .threads = 2},
  };
  for (RunPathRow& row : rows) row.suffix = options.api.row_suffix();
  return rows;
}

std::vector<OpenLoadRow> OpenLoadRows(const BenchOptions& options) {
  std::vector<OpenLoadRow> rows;
  for (const auto process : {ArrivalProcess::kPoisson, ArrivalProcess::kConstant}) {
    rows.push_back(
        {.name = absl::StrCat("BM_OpenLoad/rate:", options.open_rate, "/arrivals:", Name(process),
                              "/steps:", options.steps_per_run, options.api.row_suffix()),
         .workflow = ChainOf(options.steps_per_run),
         .plan = {.process = process,
                  .rate_per_second = static_cast<double>(options.open_rate),
                  .arrivals = options.open_runs,
                  .seed = options.own_seed()},
         .workers = options.open_workers});
  }
  return rows;
}

CapacityRow CapacityRowOf(const BenchOptions& options) {
  return {
      .name = absl::StrCat("BM_Capacity/p99:", absl::FormatDuration(options.capacity_p99),
                           "/steps:", options.steps_per_run, options.api.row_suffix()),
      .workflow = ChainOf(options.steps_per_run),
      .objectives = {.p99 = options.capacity_p99, .success_ratio = options.capacity_success_ratio},
      .search = {.start_rate = static_cast<double>(options.open_rate),
                 .confidence = options.bounds.confidence},
      .workers = options.open_workers};
}

KeptRunsRow LoadBurstRow(const BenchOptions& options) {
  return {.name = absl::StrCat("BM_LoadBurst/", LengthOf(options.load_duration, options.load_runs),
                               "/steps:", options.steps_per_run, options.api.row_suffix()),
          .what = "load",
          .workflow = ChainOf(options.steps_per_run),
          .runs = options.load_runs,
          .duration = options.load_duration};
}

KeptRunsRow SustainedSoakRow(const BenchOptions& options) {
  return {
      .name = absl::StrCat("BM_SustainedSoak/", LengthOf(options.soak_duration, options.soak_runs),
                           "/steps:", options.steps_per_run, "/pace_ms:", options.soak_pace_ms,
                           options.api.row_suffix()),
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
