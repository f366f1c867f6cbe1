#include "bench/exact/exact_costs.h"

#include <fstream>
#include <iterator>
#include <map>
#include <ostream>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "bench/cli/bench_context.h"
#include "bench/exact/exact_row.h"
#include "bench/exact/instruction_counts.h"
#include "nlohmann/json.hpp"
#include "tools/lib/flags/flag_table.h"
#include "tools/lib/flags/version.h"
#include "tools/lib/text/problem_list.h"

namespace slo::exact {
namespace {

using nlohmann::ordered_json;

constexpr absl::string_view kUsage = R"(usage: bench_exact [FLAG]...

Allocations, allocated bytes and a digest of all answers of the families of bench_workflow, the same
in every run of a build, as JSON in Google Benchmark's form. Counted is what lies between the call
of the API and its answer.

)";

absl::Status ReadFilter(absl::string_view value, ExactOptions& options) {
  absl::StatusOr<tools::NameFilter> filter = tools::NameFilter::Create(value);
  if (!filter.ok()) return filter.status();
  options.filter = *std::move(filter);
  options.filter_text = std::string(value);
  return absl::OkStatus();
}

tools::FlagTable<ExactOptions> ExactFlags() {
  tools::FlagTable<ExactOptions> flags;
  flags.Add({.name = "filter",
             .placeholder = "RE",
             .help = "rows in whose names the POSIX extended regular expression is found",
             .takes_empty = true},
            ReadFilter);
  flags.Integer({"iterations", "N", "of each row"}, &ExactOptions::iterations, {1, 1'000'000});
  flags.Integer({"seed", "N", "decides the order of requests where a workflow leaves a choice"},
                &ExactOptions::seed, {0, 1'000'000'000'000});
  flags.Text({"instructions", "FILE",
              "adds instructions that were counted before (tools/count-instructions); \"-\" is the "
              "standard input"},
             &ExactOptions::instructions);
  flags.Switch({.name = "list", .help = "the rows' names"}, &ExactOptions::lists);
  return flags;
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
  tools::ProblemList problems;
  const tools::CommandLine line = ExactFlags().Parse(arguments, options, problems);
  options.help = line.help;
  options.version = line.version;
  if (options.help || options.version) return options;
  line.RefusePositional(problems);
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
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
    out << kUsage << ExactFlags().Help();
    return 0;
  }
  if (options->version) {
    out << tools::VersionLine("bench_exact");
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
