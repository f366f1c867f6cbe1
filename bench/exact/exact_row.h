// The exact costs of a family's row: a fixed number of iterations, on a clock that steps.

#ifndef SLO_BENCH_EXACT_EXACT_ROW_H_
#define SLO_BENCH_EXACT_EXACT_ROW_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/cli/bench_options.h"
#include "bench/exact/metered_client.h"

namespace slo::exact {

struct ExactRow {
  std::string name;  // as in bench_workflow, without what Google Benchmark adds
  std::string per;   // "request" or "run": what an iteration is
  // Warms up, then meters `iterations` iterations. Same seed, same result. Errors name the request
  // that failed.
  std::function<absl::StatusOr<Meter>(int64_t iterations, uint64_t seed)> run;
};

// All families with one thread and an empty store. Scenarios keep their runs, as in bench_workflow,
// but are not paced.
std::vector<ExactRow> ExactRows();

// "allocations_per_run", "allocated_bytes_per_run", "response_digest".
std::map<std::string, double> ExactCounters(const Meter& meter, const ExactRow& row,
                                            int64_t iterations);

}  // namespace slo::exact

#endif  // SLO_BENCH_EXACT_EXACT_ROW_H_
