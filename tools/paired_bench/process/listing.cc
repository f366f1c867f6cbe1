#include "tools/paired_bench/process/listing.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace slo::paired {
namespace {

// No program has a benchmark of that name.
constexpr const char* kSelectsNothing = "^paired_bench asks what is printed without a benchmark$";

tools::ChildEnd Ask(std::vector<std::string> command, const tools::RunLimits& limits) {
  return tools::RunTogether({{.arguments = std::move(command), .environment = {}, .cpu = {}}},
                            limits)[0];
}

// Many programs end with an error when nothing is selected.
std::string PrintedWithoutABenchmark(const BenchmarkBinary& binary,
                                     const tools::RunLimits& limits) {
  const tools::ChildEnd end = Ask(ListCommand(binary, kSelectsNothing), limits);
  return end.how == tools::ChildEnd::How::kExited ? end.out : "";
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ListBenchmarks(const BenchmarkBinary& binary,
                                                        const tools::RunLimits& limits) {
  const tools::ChildEnd end = Ask(ListCommand(binary), limits);
  if (end.how == tools::ChildEnd::How::kInterrupted) return absl::CancelledError();
  if (!end.succeeded()) {
    return absl::InvalidArgumentError(absl::StrCat("cannot list its benchmarks: ", end.Describe()));
  }
  std::vector<std::string> names = ListedNames(end.out, PrintedWithoutABenchmark(binary, limits));
  // A program may list everything whatever is selected.
  if (names.empty()) names = ListedNames(end.out, "");
  if (!names.empty()) return names;
  return absl::InvalidArgumentError("--benchmark_list_tests printed no benchmark");
}

Selected HowSelected(const BenchmarkBinary& binary, const std::string& line,
                     const tools::RunLimits& limits) {
  const std::string others = PrintedWithoutABenchmark(binary, limits);
  const tools::ChildEnd all = Ask(ListCommand(binary), limits);
  // What cannot be told is a benchmark until it is shown to be none.
  if (!all.succeeded() || ListedNames(all.out, others).empty()) return Selected::kExactly;
  for (const auto& [pattern, how] : {std::pair(tools::ExactPattern(line), Selected::kExactly),
                                     {WidePattern(line), Selected::kWidely}}) {
    const tools::ChildEnd end = Ask(ListCommand(binary, pattern), limits);
    if (end.how == tools::ChildEnd::How::kInterrupted) return Selected::kExactly;
    if (!end.succeeded()) continue;
    const std::vector<std::string> names = ListedNames(end.out, others);
    if (std::find(names.begin(), names.end(), line) != names.end()) return how;
  }
  return Selected::kNot;
}

}  // namespace slo::paired
