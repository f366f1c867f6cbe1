#include "tools/slo_gate/cli/pool_command.h"

#include <ostream>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/files/input_file.h"
#include "tools/lib/files/whole_files.h"
#include "tools/lib/flags/flag_table.h"
#include "tools/lib/results/measured_file.h"
#include "tools/lib/results/trace_file.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/pool/pool.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kPool = "pool";

struct PoolOptions {
  std::string directory;
  std::vector<std::string> traces;
};

FlagTable<PoolOptions> PoolFlags() {
  FlagTable<PoolOptions> flags;
  flags.Text({"out", "DIR", "where pooled-results.json and pooled-trace.json go"},
             &PoolOptions::directory);
  flags.TextList({"trace", "FILE", "the trace of a shard (--slo_trace); one for each"},
                 &PoolOptions::traces);
  return flags;
}

// Pools the files into the directory; how many shards there are.
absl::StatusOr<size_t> Pool(const PoolOptions& options, const std::vector<std::string>& files,
                            std::istream& in, ProblemList& problems) {
  std::vector<Report> results;
  std::vector<TraceFile> traces;
  for (const std::string& file : files) problems.Take(ReadReport(file, in), results);
  for (const std::string& file : options.traces) {
    const absl::StatusOr<std::string> text = ReadInput(file, in);
    problems.Add(text.status());
    if (text.ok()) problems.Take(ParseTraceFile(file, *text), traces);
  }
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  const size_t shards = results.size();
  const absl::StatusOr<PooledFiles> pooled = PoolShards(std::move(results), std::move(traces));
  if (!pooled.ok()) return pooled.status();
  const absl::Status written = WriteWholeFiles(
      options.directory,
      {{"pooled-results.json", pooled->results}, {"pooled-trace.json", pooled->trace}});
  if (!written.ok()) return written;
  return shards;
}

}  // namespace

int RunPool(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  ProblemList problems;
  PoolOptions options;
  const CommandLine line = PoolFlags().Parse(arguments, options, problems);
  if (line.help || line.version) return AnswerGate(line, PoolHelp(), environment);
  if (options.directory.empty()) {
    problems.Add(std::string("expected --out=DIR, for the two files"));
  }
  if (line.positional.empty()) {
    problems.Add(std::string("expected the results of every shard, and their --trace files"));
  }
  const absl::StatusOr<size_t> shards = Pool(options, line.positional, environment.in, problems);
  if (!shards.ok()) return FailGate(shards.status(), kPool, environment);
  environment.out << *shards << " shards pooled into " << options.directory
                  << "/pooled-results.json and " << options.directory << "/pooled-trace.json\n";
  return FinishGate(0, kPool, environment);
}

std::string PoolHelp() {
  return absl::StrCat(R"(usage: slo_gate pool --out=DIR --trace=TRACE.json... RESULTS.json...

Keeps what the shards of one load test are judged by: one results file and one trace, in which
counts add up and percentiles and limits come from all samples.

)",
                      PoolFlags().Help(), R"(
Exit code: 0 pooled, 2 unusable input (every problem is listed).
)");
}

}  // namespace slo::tools
