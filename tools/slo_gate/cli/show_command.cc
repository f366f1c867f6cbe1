#include "tools/slo_gate/cli/show_command.h"

#include <ostream>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/flags/flag_table.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/cli/report_inputs.h"
#include "tools/slo_gate/inventory/inventory.h"
#include "tools/slo_gate/render/render_inventory.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kShow = "show";

enum class ShowFormat { kText, kJson };

struct ShowOptions {
  ShowFormat format = ShowFormat::kText;
  bool all = false;
};

const FlagTable<ShowOptions>& ShowFlags() {
  static const auto* const kFlags = [] {
    auto* flags = new FlagTable<ShowOptions>;
    flags->Choice({"format", "FORMAT", "for people or for programs; JSON always has everything"},
                  &ShowOptions::format, {{"text", ShowFormat::kText}, {"json", ShowFormat::kJson}});
    flags->Switch({.name = "all",
                   .help = absl::StrCat("list every benchmark; without it text shows the first ",
                                        kMaxBenchmarksShown)},
                  &ShowOptions::all);
    return flags;
  }();
  return *kFlags;
}

}  // namespace

int RunShow(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  ShowOptions options;
  ProblemList problems;
  const CommandLine line = ShowFlags().Parse(arguments, options, problems);
  if (line.help || line.version) return AnswerGate(line, ShowHelp(), environment);
  const std::vector<Report> reports = ReadReports(line.positional, environment.in, problems);
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return FailGate(status, kShow, environment);
  const Inventory inventory = TakeInventory(reports);
  environment.out << (options.format == ShowFormat::kJson ? InventoryJson(inventory)
                                                          : InventoryText(inventory, options.all));
  return FinishGate(0, kShow, environment);
}

std::string ShowHelp() {
  return absl::StrCat(R"(usage: slo_gate show [FLAG]... RESULTS.json...

Shows what is in results of Google Benchmark (--benchmark_format=json): the benchmarks with their
rows, metrics, units and spread, errors, complexity, what of it can be judged, and notes on build
and machine. Several files are processes of one program. "-" is the standard input.

)",
                      ShowFlags().Help(), R"(
Exit code: 0 shown, 2 unusable input (every problem is listed).
)");
}

}  // namespace slo::tools
