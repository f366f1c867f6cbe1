#include "bench/exact/exact_costs.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "bench/cli/bench_context.h"
#include "bench/exact/exact_row.h"
#include "bench/exact/instruction_counts.h"
#include "nlohmann/json.hpp"
#include "tools/lib/text/nearest_name.h"

namespace slo::exact {
namespace {

using nlohmann::ordered_json;

constexpr std::array<absl::string_view, 6> kFlags = {"filter",       "iterations", "seed",
                                                     "instructions", "list",       "help"};

constexpr char kHelp[] = R"(usage: bench_exact [FLAG]...

Allocations, allocated bytes and a digest of all answers of the families of bench_workflow, the same
in every run of a build, as JSON in Google Benchmark's form. Counted is what lies between the call
of the API and its answer.

  --filter=RE          rows in whose names the POSIX extended regular expression is found
  --iterations=N       of each row, from 1 to 1000000; 256
  --seed=N             decides the order of requests where a workflow leaves a choice; 1
  --instructions=FILE  adds instructions that were counted before (tools/count-instructions); "-" is
                       the standard input
  --list               the rows' names
  --help
)";

absl::Status ReadInt(absl::string_view flag, absl::string_view value, int64_t smallest,
                     int64_t largest, int64_t& number) {
  int64_t parsed = 0;
  if (absl::SimpleAtoi(value, &parsed) && parsed >= smallest && parsed <= largest) {
    number = parsed;
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("--", flag, ": expected an integer from ",
                                                 smallest, " to ", largest, ", found \"", value,
                                                 "\""));
}

absl::Status ReadFilter(absl::string_view value, ExactOptions& options) {
  absl::StatusOr<tools::NameFilter> filter = tools::NameFilter::Create(value);
  if (!filter.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("--filter: ", filter.status().message()));
  }
  options.filter = *std::move(filter);
  options.filter_text = std::string(value);
  return absl::OkStatus();
}

absl::Status Apply(absl::string_view argument, ExactOptions& options) {
  const size_t equals = argument.find('=');
  absl::string_view name = argument.substr(0, equals);
  const absl::string_view value =
      equals == absl::string_view::npos ? "" : argument.substr(equals + 1);
  const bool is_flag = absl::ConsumePrefix(&name, "--");
  if (is_flag && name == "filter") return ReadFilter(value, options);
  if (is_flag && name == "iterations") {
    return ReadInt(name, value, 1, 1'000'000, options.iterations);
  }
  if (is_flag && name == "seed") return ReadInt(name, value, 0, 1'000'000'000'000, options.seed);
  if (is_flag && name == "instructions" && !value.empty()) {
    options.instructions = std::string(value);
  } else if (argument == "--list") {
    options.lists = true;
  } else if (argument == "--help" || argument == "-h") {
    options.help = true;
  } else {
    return absl::InvalidArgumentError(absl::StrCat(
        argument, ": unknown flag", tools::DidYouMean(name, kFlags, "--"), " see --help"));
  }
  return absl::OkStatus();
}

std::vector<ExactRow> SelectedRows(const tools::NameFilter& filter) {
  std::vector<ExactRow> selected;
  for (ExactRow& row : ExactRows()) {
    if (filter.Matches(row.name)) selected.push_back(std::move(row));
  }
  return selected;
}

absl::StatusOr<std::map<std::string, double>> ReadInstructions(const std::string& file) {
  if (file.empty()) return std::map<std::string, double>();
  std::ifstream stream(file == "-" ? "/dev/stdin" : file);
  if (!stream) {
    return absl::InvalidArgumentError(
        absl::StrCat("--instructions=", file, ": cannot be opened for reading"));
  }
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  return ParseInstructionCounts(file, text);
}

ordered_json RowJson(const ExactRow& row, const Meter& meter, const ExactOptions& options,
                     const std::map<std::string, double>& instructions) {
  ordered_json json = {{"name", row.name},
                       {"run_name", row.name},
                       {"run_type", "iteration"},
                       {"repetitions", 1},
                       {"repetition_index", 0},
                       {"threads", 1},
                       {"iterations", options.iterations}};
  for (const auto& [name, value] : ExactCounters(meter, row, options.iterations)) {
    json[name] = value;
  }
  const auto counted = instructions.find(row.name);
  if (counted != instructions.end()) {
    json[absl::StrCat("instructions_per_", row.per)] = counted->second;
  }
  return json;
}

}  // namespace

absl::StatusOr<ExactOptions> ParseExactOptions(absl::Span<const absl::string_view> arguments) {
  ExactOptions options;
  std::vector<std::string> problems;
  for (const absl::string_view argument : arguments) {
    const absl::Status status = Apply(argument, options);
    if (!status.ok()) problems.emplace_back(status.message());
  }
  if (!problems.empty()) return absl::InvalidArgumentError(absl::StrJoin(problems, "\n"));
  return options;
}

int RunExactCosts(absl::Span<const std::string> arguments, std::ostream& out, std::ostream& err) {
  const auto fail = [&](const absl::Status& status, int exit_code) {
    err << "bench_exact: " << status.message() << '\n';
    return exit_code;
  };
  const std::vector<absl::string_view> flags(arguments.begin() + 1, arguments.end());
  const absl::StatusOr<ExactOptions> options = ParseExactOptions(flags);
  if (!options.ok()) return fail(options.status(), 2);
  if (options->help) {
    out << kHelp;
    return 0;
  }
  const auto instructions = ReadInstructions(options->instructions);
  if (!instructions.ok()) return fail(instructions.status(), 2);
  const std::vector<ExactRow> rows = SelectedRows(options->filter);
  if (rows.empty()) {
    return fail(absl::NotFoundError(absl::StrCat("--filter=", options->filter_text,
                                                 " matches no row; --list lists them")),
                1);
  }
  ordered_json context = bench::CommonContext(options->seed, arguments);
  context["slo_kind"] = "exact_costs";
  // They do not depend on the machine, and are committed.
  context.erase("slo_cpu_model");
  context.erase("slo_kernel");
  ordered_json list = ordered_json::array();
  for (const ExactRow& row : rows) {
    if (options->lists) {
      out << row.name << '\n';
      continue;
    }
    const auto meter = row.run(options->iterations, static_cast<uint64_t>(options->seed));
    if (!meter.ok()) {
      return fail(absl::InternalError(absl::StrCat(row.name, ": ", meter.status().message())), 1);
    }
    list.push_back(RowJson(row, *meter, *options, *instructions));
  }
  if (!options->lists) {
    const ordered_json document = {{"context", std::move(context)},
                                   {"benchmarks", std::move(list)}};
    out << document.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  }
  out << std::flush;
  return out ? 0 : fail(absl::InternalError("the rows could not be written to stdout"), 2);
}

}  // namespace slo::exact
