#include "tools/paired_bench/process/benchmark_binary.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace slo::paired {
namespace {

std::vector<std::string> Command(const BenchmarkBinary& binary, std::vector<std::string> flags) {
  std::vector<std::string> command = {binary.path};
  command.insert(command.end(), flags.begin(), flags.end());
  command.insert(command.end(), binary.arguments.begin(), binary.arguments.end());
  return command;
}

std::vector<absl::string_view> LinesOf(absl::string_view text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

}  // namespace

std::string WidePattern(absl::string_view name) {
  std::string pattern = "^";
  for (const char c : name) {
    pattern.push_back(absl::ascii_ispunct(static_cast<unsigned char>(c)) ? '.' : c);
  }
  return pattern + "$";
}

std::vector<std::string> ListCommand(const BenchmarkBinary& binary) {
  return Command(binary, {"--benchmark_list_tests=true"});
}

std::vector<std::string> ListCommand(const BenchmarkBinary& binary, const std::string& pattern) {
  return Command(binary,
                 {"--benchmark_list_tests=true", absl::StrCat("--benchmark_filter=", pattern)});
}

std::vector<std::string> RunCommand(const BenchmarkBinary& binary, const std::string& benchmark,
                                    double min_time_seconds, const std::string& results_file) {
  const std::string pattern = binary.selected_widely.contains(benchmark)
                                  ? WidePattern(benchmark)
                                  : tools::ExactPattern(benchmark);
  return Command(
      binary, {absl::StrCat("--benchmark_filter=", pattern),
               absl::StrCat("--benchmark_out=", results_file), "--benchmark_out_format=json",
               "--benchmark_color=false", absl::StrCat("--benchmark_min_time=", min_time_seconds)});
}

std::vector<std::string> ListedNames(absl::string_view output, absl::string_view others) {
  std::map<absl::string_view, int> printed_anyway;
  for (const absl::string_view line : LinesOf(others)) ++printed_anyway[line];
  std::vector<std::string> names;
  for (const absl::string_view line : LinesOf(output)) {
    if (printed_anyway[line]-- <= 0) names.emplace_back(line);
  }
  return names;
}

}  // namespace slo::paired
