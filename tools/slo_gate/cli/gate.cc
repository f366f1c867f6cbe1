#include "tools/slo_gate/cli/gate.h"

#include <array>
#include <filesystem>
#include <ostream>
#include <string>
#include <system_error>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/lib/flags/flag_list.h"
#include "tools/lib/text/nearest_name.h"
#include "tools/slo_gate/cli/check_command.h"
#include "tools/slo_gate/cli/compare_command.h"
#include "tools/slo_gate/cli/draft_command.h"
#include "tools/slo_gate/cli/gate_options.h"
#include "tools/slo_gate/cli/judge_command.h"
#include "tools/slo_gate/cli/merge_command.h"
#include "tools/slo_gate/cli/pool_command.h"
#include "tools/slo_gate/cli/show_command.h"
#include "tools/slo_gate/cli/verify_command.h"

namespace slo::tools {
namespace {

struct Command {
  absl::string_view name;
  absl::string_view summary;
  int (*run)(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment);
  std::string (*help)();
};

constexpr size_t kSummaryColumn = 11;
constexpr absl::string_view kHelpCommand = "help";

constexpr std::array<Command, 7> kCommands = {{
    {"check", "judges results of Google Benchmark by objectives", RunCheck, CheckHelp},
    {"compare",
     "judges two builds by limits on changes: pairs of processes (paired_bench), or results with "
     "a baseline",
     RunCompare, CompareHelp},
    {"show", "shows what is in results: benchmarks, metrics, and what of it can be judged", RunShow,
     ShowHelp},
    {"draft", "writes a first thresholds file from measured results", RunDraft, DraftHelp},
    {"verify", "judges the results in evidence again, and names every difference", RunVerify,
     VerifyHelp},
    {"merge", "makes one results file of those of several processes of one build", RunMerge,
     MergeHelp},
    {"pool", "makes one results file and one trace of those of the shards of one load test",
     RunPool, PoolHelp},
}};

const Command* CommandNamed(absl::string_view name) {
  for (const Command& command : kCommands) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

std::vector<absl::string_view> CommandNames() {
  std::vector<absl::string_view> names;
  for (const Command& command : kCommands) names.push_back(command.name);
  names.push_back(kHelpCommand);
  return names;
}

absl::Status UnknownCommand(absl::string_view name, absl::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat(name, ": unknown ", what, DidYouMean(name, CommandNames()),
                   " commands: ", absl::StrJoin(CommandNames(), ", ")));
}

// Whether a first argument that is no command was meant to be one.
bool IsMeantAsCommand(const std::string& argument) {
  std::error_code ignored;
  if (argument.empty() || argument[0] == '-' || std::filesystem::exists(argument, ignored)) {
    return false;
  }
  return NearestName(argument, CommandNames()).has_value() ||
         argument.find_first_of("./") == std::string::npos;
}

int RunHelp(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  if (arguments.empty()) {
    environment.out << GateHelp();
    return FinishGate(0, "", environment);
  }
  const Command* command = CommandNamed(arguments[0]);
  if (command == nullptr && arguments[0] != kHelpCommand) {
    return FailGate(UnknownCommand(arguments[0], "command"), kHelpCommand, environment);
  }
  environment.out << (command != nullptr ? command->help() : GateHelp());
  return FinishGate(0, "", environment);
}

}  // namespace

int RunGate(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  if (!arguments.empty()) {
    const Command* command = CommandNamed(arguments[0]);
    if (command != nullptr) return command->run(arguments.subspan(1), environment);
    if (arguments[0] == kHelpCommand) return RunHelp(arguments.subspan(1), environment);
    if (IsMeantAsCommand(std::string(arguments[0]))) {
      return FailGate(UnknownCommand(arguments[0], "command or file"), "", environment);
    }
  }
  return RunJudge(GateMode::kEither, arguments, environment);
}

std::string GateHelp() {
  std::string help = R"(usage: slo_gate COMMAND [FLAG]... FILE...
       slo_gate --thresholds=FILE [FLAG]... FILE...

Judges measurements, and says by its exit code what came of it. "-" is the standard input. The
verdict goes to stdout, problems to stderr. slo_gate COMMAND --help says more about:

)";
  for (const Command& command : kCommands) {
    const std::string padding(kSummaryColumn - 2 - command.name.size(), ' ');
    absl::StrAppend(&help, "  ", command.name, padding,
                    WrapHelp(command.summary, kSummaryColumn, kSummaryColumn), "\n");
  }
  absl::StrAppend(&help, R"(
Without a command it is check; where the thresholds are limits on changes, compare:

)",
                  GateFlagsHelp(GateMode::kEither), "\n", ExitCodesHelp());
  return help;
}

}  // namespace slo::tools
