#include "tools/slo_gate/cli/check_command.h"

#include "absl/strings/str_cat.h"
#include "tools/slo_gate/cli/gate_options.h"
#include "tools/slo_gate/cli/judge_command.h"

namespace slo::tools {

int RunCheck(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  return RunJudge(GateMode::kCheck, arguments, environment);
}

std::string CheckHelp() {
  return absl::StrCat(R"(usage: slo_gate check --thresholds=FILE [FLAG]... RESULTS.json...

Judges results of Google Benchmark (--benchmark_format=json) by objectives. Several results are
parts of one run, each of which must keep the limits; those of shards (bench_workflow
--slo_shard=I/N, each with its --trace) are pooled and judged as one. "-" is the standard input.

)",
                      GateFlagsHelp(GateMode::kCheck), "\n", ExitCodesHelp());
}

}  // namespace slo::tools
