#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/lib/process/child_process.h"
#include "tools/lib/text/exact_pattern.h"
#include "tools/slo_gate/explain/counted_costs.h"
#include "tools/slo_gate/explain/per_iteration.h"

namespace slo::tools {
namespace {

// As tools/count-instructions.
constexpr int kShortIterations = 32;
constexpr int kLongIterations = 96;
constexpr absl::string_view kMetered = "slo::exact::MeteredSend";

std::string ExactBeside(const std::string& binary) {
  const size_t slash = binary.rfind('/');
  return absl::StrCat(slash == std::string::npos ? "./" : binary.substr(0, slash + 1),
                      "bench_exact");
}

// Whether Google Benchmark appended all of it to a name, as "/iterations:1/manual_time".
bool IsAppendix(absl::string_view text) {
  constexpr std::array<absl::string_view, 4> kWords = {"real_time", "manual_time", "process_time",
                                                       "threads:1"};
  constexpr std::array<absl::string_view, 4> kBegins = {
      "iterations:", "repeats:", "min_time:", "min_warmup_time:"};
  for (const absl::string_view part : absl::StrSplit(text, '/', absl::SkipEmpty())) {
    const bool is_known = std::find(kWords.begin(), kWords.end(), part) != kWords.end() ||
                          std::any_of(kBegins.begin(), kBegins.end(), [&](absl::string_view begin) {
                            return absl::StartsWith(part, begin);
                          });
    if (!is_known) return false;
  }
  return true;
}

// The row of bench_exact; empty: it has none.
std::string RowOf(absl::string_view benchmark, absl::string_view list) {
  for (const absl::string_view row : absl::StrSplit(list, '\n', absl::SkipEmpty())) {
    absl::string_view rest = benchmark;
    if (absl::ConsumePrefix(&rest, row) && (rest.empty() || rest[0] == '/') && IsAppendix(rest)) {
      return std::string(row);
    }
  }
  return "";
}

// What its iterations are: its counters are named so.
std::string PerOf(absl::string_view results) {
  for (const absl::string_view per : {"request", "run"}) {
    if (absl::StrContains(results, absl::StrCat("\"allocations_per_", per, "\""))) {
      return std::string(per);
    }
  }
  return "iteration";
}

}  // namespace

absl::StatusOr<CountedCosts> CountExactly(const std::string& binary, absl::string_view benchmark,
                                          const ProfileTools& tools) {
  const std::string program = ExactBeside(binary);
  if (!absl::EndsWith(binary, "bench_workflow") || access(program.c_str(), X_OK) != 0) {
    return absl::NotFoundError(absl::StrCat(program, ": is not there"));
  }
  const RunLimits limits = {.timeout = tools.timeout};
  const ChildEnd list = RunTogether({{.arguments = {program, "--list"}}}, limits)[0];
  const std::string row = RowOf(benchmark, list.out);
  if (row.empty()) {
    return absl::NotFoundError(absl::StrCat(program, ": has no row of ", benchmark));
  }
  const std::string filter = absl::StrCat("--filter=", ExactPattern(row));
  const ChildEnd once =
      RunTogether({{.arguments = {program, "--iterations=1", filter}}}, limits)[0];
  if (!once.succeeded()) {
    return absl::FailedPreconditionError(absl::StrCat(program, " ", filter, ": ", once.Describe()));
  }
  std::vector<ProfiledCommand> commands;
  for (const int iterations : {kShortIterations, kLongIterations}) {
    commands.push_back({.arguments = {program, absl::StrCat("--iterations=", iterations), filter},
                        .toggles = {absl::StrCat(kMetered, "*"), "slo::exact::Heap*"},
                        .root = {.part_of_name = std::string(kMetered)},
                        .has_empty_environment = true});
  }
  const absl::StatusOr<std::vector<ProfiledRun>> runs = RunUnderCallgrind(commands, tools);
  if (!runs.ok()) return runs.status();
  return CountedCosts{
      .tree = PerIteration((*runs)[0].tree, (*runs)[1].tree, kLongIterations - kShortIterations),
      .method =
          absl::StrCat("bench_exact under callgrind, ", kShortIterations, " and ", kLongIterations,
                       " iterations: what lies between the call of the API and its answer, "
                       "without the heap's own instructions"),
      .per = PerOf(once.out)};
}

}  // namespace slo::tools
