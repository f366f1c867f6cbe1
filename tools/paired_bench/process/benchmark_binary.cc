#include "tools/paired_bench/process/benchmark_binary.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace slo::paired {
namespace {

// A regular expression that matches the name and nothing else, in the POSIX and the ECMAScript
// grammar alike: Google Benchmark may have been built with either.
std::string ExactPattern(absl::string_view name) {
  constexpr absl::string_view kSpecial = R"(\^$.|?*+()[]{})";
  std::string pattern = "^";
  for (const char c : name) {
    if (absl::StrContains(kSpecial, c)) pattern.push_back('\\');
    pattern.push_back(c);
  }
  return pattern + "$";
}

std::vector<std::string> Command(const BenchmarkBinary& binary, std::vector<std::string> flags) {
  std::vector<std::string> command = {binary.path};
  command.insert(command.end(), flags.begin(), flags.end());
  command.insert(command.end(), binary.arguments.begin(), binary.arguments.end());
  return command;
}

}  // namespace

std::vector<std::string> ListCommand(const BenchmarkBinary& binary) {
  return Command(binary, {"--benchmark_list_tests=true"});
}

std::vector<std::string> RunCommand(const BenchmarkBinary& binary, absl::string_view benchmark,
                                    double min_time_seconds) {
  return Command(binary, {absl::StrCat("--benchmark_filter=", ExactPattern(benchmark)),
                          "--benchmark_format=json", "--benchmark_color=false",
                          absl::StrCat("--benchmark_min_time=", min_time_seconds)});
}

absl::StatusOr<std::vector<std::string>> ParseListing(absl::string_view output) {
  std::vector<std::string> names = absl::StrSplit(output, '\n', absl::SkipWhitespace());
  if (!names.empty()) return names;
  return absl::InvalidArgumentError("--benchmark_list_tests printed no benchmark");
}

absl::StatusOr<BenchmarkRun> ParseRun(absl::string_view output, absl::string_view benchmark) {
  absl::StatusOr<tools::Report> report = tools::ParseReport("stdout", output);
  if (!report.ok()) return report.status();
  const auto is_it = [&](const tools::ReportRow& row) { return row.name == benchmark; };
  const auto rows = std::count_if(report->rows.begin(), report->rows.end(), is_it);
  if (rows != 1) {
    return absl::InvalidArgumentError(absl::StrCat("expected one row of that name, found ", rows));
  }
  BenchmarkRun run = {.row = *std::find_if(report->rows.begin(), report->rows.end(), is_it),
                      .context = std::move(report->context)};
  if (!run.row.error.has_value()) return run;
  return absl::InvalidArgumentError(absl::StrCat("the row has an error: ", *run.row.error));
}

}  // namespace slo::paired
