// The trace of a program run: what its scenarios hand over, written to two files at the end.

#ifndef SLO_BENCH_TRACE_TRACE_H_
#define SLO_BENCH_TRACE_TRACE_H_

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "bench/trace/traced_scenario.h"

namespace slo::trace {

// Not thread-safe: rows run one after the other.
class Trace {
 public:
  // FailedPrecondition when the files could not be written now; what is there stays. `file` ends up
  // as JSON, the same name with the extension ".hlog" as a log of HdrHistogram.
  static absl::Status CheckWritable(const std::filesystem::path& file);

  // A row that is measured again, by --benchmark_repetitions, is added again.
  void Add(TracedScenario scenario) { scenarios_.push_back(std::move(scenario)); }

  // Both files or none.
  absl::Status Write(const std::filesystem::path& file,
                     const std::map<std::string, std::string>& context) const;

 private:
  std::vector<TracedScenario> scenarios_;
};

}  // namespace slo::trace

#endif  // SLO_BENCH_TRACE_TRACE_H_
