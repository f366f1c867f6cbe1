// The rows of every family: their arguments and, made from these, their names. One list for all
// programs that measure them, so that a row of one is the same row in another.

#ifndef SLO_BENCH_FAMILIES_ROWS_H_
#define SLO_BENCH_FAMILIES_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "bench/cli/bench_options.h"
#include "bench/drive/arrival_schedule.h"
#include "bench/drive/capacity_search.h"
#include "bench/drive/workflow_shape.h"
#include "bench/record/stage.h"

namespace slo::bench {

// Names are without what Google Benchmark adds of its own ("/manual_time", "/threads:2").
inline constexpr char kHarnessFloorName[] = "BM_HarnessFloor";
inline constexpr char kHttpFloorName[] = "BM_HttpFloor";

// The requests of one stage, by one thread or several.
struct StageRow {
  Stage stage = Stage::kCreateRun;
  Workflow workflow;
  int64_t stored_runs = 0;
  int threads = 1;
  std::string suffix;  // ApiOptions::row_suffix()

  // For example "BM_CreateRun/shape:chain/steps:3/stored_runs:0".
  std::string name() const;
};

// The four stages of one set of arguments follow one another, so that rows which share a filled
// store do too; the largest store comes last.
// Without stored runs where the API is somebody else's, which could not be rid of them.
std::vector<StageRow> StageRows(const BenchOptions& options);

// Whole runs that are evicted, by one thread or several.
struct RunPathRow {
  Workflow workflow;
  int threads = 1;
  std::string suffix;  // ApiOptions::row_suffix()

  // For example "BM_RunPath/shape:chain/steps:3".
  std::string name() const;
};

std::vector<RunPathRow> RunPathRows(const BenchOptions& options);

// A number of runs that the API keeps.
struct KeptRunsRow {
  std::string name;  // for example "BM_LoadBurst/runs:8000/steps:3"
  std::string what;  // in one word, for people
  Workflow workflow;
  int64_t runs = 1;
  absl::Duration duration;  // not zero: as many runs as fit into it
  int64_t pace_ms = 0;      // between the starts of two runs; 0: back to back
};

// Runs that start when a schedule says.
struct OpenLoadRow {
  std::string name;  // for example "BM_OpenLoad/rate:5000/arrivals:poisson/steps:3"
  Workflow workflow;
  ArrivalPlan plan;
  int64_t workers = 1;
};

std::vector<OpenLoadRow> OpenLoadRows(const BenchOptions& options);

// A search for the highest rate of runs that meets objectives.
struct CapacityRow {
  std::string name;  // for example "BM_Capacity/p99:5ms/steps:3"
  Workflow workflow;
  CapacityObjectives objectives;
  CapacityOptions search;
  int64_t workers = 1;
};

CapacityRow CapacityRowOf(const BenchOptions& options);

KeptRunsRow LoadBurstRow(const BenchOptions& options);
KeptRunsRow SustainedSoakRow(const BenchOptions& options);
KeptRunsRow RetainedRunRow();

}  // namespace slo::bench

#endif  // SLO_BENCH_FAMILIES_ROWS_H_
