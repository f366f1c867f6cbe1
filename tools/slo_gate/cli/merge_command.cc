#include "tools/slo_gate/cli/merge_command.h"

#include <ostream>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/files/input_file.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/cli/merge.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kMerge = "merge";

}  // namespace

int RunMerge(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  std::vector<std::pair<std::string, std::string>> files;
  ProblemList problems;
  const CommandLine line = FlagList().Parse(
      arguments, [](size_t, absl::string_view) { return absl::OkStatus(); }, problems);
  if (line.help || line.version) return AnswerGate(line, MergeHelp(), environment);
  for (const std::string& file : line.positional) {
    absl::StatusOr<std::string> text = ReadInput(file, environment.in);
    problems.Add(text.status());
    if (text.ok()) files.emplace_back(file, *std::move(text));
  }
  if (line.positional.empty()) problems.Add(std::string("expected at least one results file"));
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return FailGate(status, kMerge, environment);
  const absl::StatusOr<std::string> merged = MergeResults(files);
  if (!merged.ok()) return FailGate(merged.status(), kMerge, environment);
  environment.out << *merged;
  return FinishGate(0, kMerge, environment);
}

std::string MergeHelp() {
  return absl::StrCat(R"(usage: slo_gate merge RESULTS.json... > MERGED.json

Makes one results file of those of several processes of one build on one machine, to be used as a
baseline. "-" is the standard input.

)",
                      FlagList().Help(), R"(
Exit code: 0 merged, 2 unusable input (every problem is listed).
)");
}

}  // namespace slo::tools
