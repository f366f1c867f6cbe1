#include "tools/slo_gate/cli/pool_command.h"

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/lib/files/input_file.h"
#include "tools/lib/files/whole_files.h"
#include "tools/lib/results/measured_file.h"
#include "tools/lib/results/trace_file.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/pool/pool.h"

namespace slo::tools {
absl::Status RunPool(absl::Span<const absl::string_view> arguments, std::istream& in,
                     std::ostream& out) {
  ProblemList problems;
  std::string directory;
  bool has_results = false;
  std::vector<Report> results;
  std::vector<TraceFile> traces;
  for (absl::string_view argument : arguments) {
    if (absl::ConsumePrefix(&argument, "--out=")) {
      directory = std::string(argument);
      continue;
    }
    const bool is_trace = absl::ConsumePrefix(&argument, "--trace=");
    if (!is_trace && absl::StartsWith(argument, "-")) {
      problems.Add(
          absl::StrCat("pool: ", argument, ": expected --out=DIR, --trace=FILE or a file"));
      continue;
    }
    has_results = has_results || !is_trace;
    const std::string file(argument);
    if (!is_trace) {
      problems.Take(ReadReport(file, in), results);
      continue;
    }
    const absl::StatusOr<std::string> text = ReadInput(file, in);
    problems.Add(text.status());
    if (text.ok()) problems.Take(ParseTraceFile(file, *text), traces);
  }
  if (directory.empty()) problems.Add(std::string("pool: expected --out=DIR, for the two files"));
  if (!has_results) {
    problems.Add(std::string("pool: expected the results of every shard, and their --trace files"));
  }
  absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  const size_t shards = results.size();
  const absl::StatusOr<PooledFiles> pooled = PoolShards(std::move(results), std::move(traces));
  if (!pooled.ok()) return pooled.status();
  status = WriteWholeFiles(
      directory, {{"pooled-results.json", pooled->results}, {"pooled-trace.json", pooled->trace}});
  if (!status.ok()) return status;
  out << shards << " shards pooled into " << directory << "/pooled-results.json and " << directory
      << "/pooled-trace.json\n"
      << std::flush;
  return absl::OkStatus();
}

}  // namespace slo::tools
