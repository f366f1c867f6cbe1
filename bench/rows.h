// The rows of every family: their arguments and, made from these, their names. One list for all
// programs that measure them, so that a row of one is the same row in another.

#ifndef SLO_BENCH_ROWS_H_
#define SLO_BENCH_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "bench/bench_options.h"
#include "bench/workload/stage.h"
#include "bench/workload/workflow_shape.h"

namespace slo::bench {

// Names are without what Google Benchmark adds of its own ("/manual_time", "/threads:2").
inline constexpr char kHarnessFloorName[] = "BM_HarnessFloor";

// The requests of one stage, by one thread or several.
struct StageRow {
  workload::Stage stage = workload::Stage::kCreateRun;
  workload::Workflow workflow;
  int64_t stored_runs = 0;
  int threads = 1;

  // For example "BM_CreateRun/shape:chain/steps:3/stored_runs:0".
  std::string name() const;
};

// The four stages of one set of arguments follow one another, so that rows which share a filled
// store do too; the largest store comes last.
std::vector<StageRow> StageRows();

// Whole runs that are evicted, by one thread or several.
struct RunPathRow {
  workload::Workflow workflow;
  int threads = 1;

  // For example "BM_RunPath/shape:chain/steps:3".
  std::string name() const;
};

std::vector<RunPathRow> RunPathRows();

// A number of runs that the API keeps.
struct KeptRunsRow {
  std::string name;  // for example "BM_LoadBurst/runs:8000/steps:3"
  std::string what;  // in one word, for people
  workload::Workflow workflow;
  int64_t runs = 1;
  int64_t pace_ms = 0;  // between the starts of two runs; 0: back to back
};

KeptRunsRow LoadBurstRow(const BenchOptions& options);
KeptRunsRow SustainedSoakRow(const BenchOptions& options);
KeptRunsRow RetainedRunRow();

}  // namespace slo::bench

#endif  // SLO_BENCH_ROWS_H_
