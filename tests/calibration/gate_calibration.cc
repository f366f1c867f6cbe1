// Prints the error rates for docs/measurements/: gate_calibration [TRIALS [SEED [TEXT]]].

#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "tests/calibration/trial.h"
#include "tools/lib/flags/flag_list.h"
#include "tools/lib/flags/version.h"

namespace {

constexpr absl::string_view kUsage = R"(usage: gate_calibration [TRIALS [SEED [TEXT]]]

Prints the table of error rates: TRIALS of each simulated system, from 1 to 1000000 (2000), by a
SEED from 0 (1). Only of systems that have TEXT in their line, where it is given.

)";

constexpr int kMaxTrials = 1'000'000;

}  // namespace

int main(int argc, char** argv) {
  const std::vector<absl::string_view> arguments(argv + 1, argv + argc);
  slo::tools::ProblemList problems;
  const slo::tools::FlagList flags;
  const slo::tools::CommandLine line = flags.Parse(
      arguments, [](size_t, absl::string_view) { return absl::OkStatus(); }, problems);
  if (line.help || line.version) {
    std::cout << (line.help ? absl::StrCat(kUsage, flags.Help())
                            : slo::tools::VersionLine("gate_calibration"));
    return 0;
  }
  int trials = 2'000;
  uint64_t seed = 1;
  const std::vector<std::string>& given = line.positional;
  if (given.size() > 3 || (!given.empty() && !absl::SimpleAtoi(given[0], &trials)) ||
      (given.size() >= 2 && !absl::SimpleAtoi(given[1], &seed)) || trials < 1 ||
      trials > kMaxTrials) {
    problems.Add(absl::StrCat("expected [TRIALS [SEED [TEXT]]]; TRIALS from 1 to ", kMaxTrials,
                              " (2000), SEED from 0 (1)"));
  }
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) {
    std::cerr << "gate_calibration: " << status.message() << '\n';
    return 2;
  }
  std::cout << "| simulated | of the allowance | level | promised | pass | fail | insufficient |\n"
               "|---|---|---|---|---|---|---|\n";
  for (const slo::calibration::Setting& setting : slo::calibration::AllSettings()) {
    if (given.size() == 3 && !absl::StrContains(setting.name, given[2])) continue;
    const slo::calibration::Rates rates = RunTrials(setting, trials, seed);
    const auto percent = [&](int count) {
      return absl::StrFormat("%.1f %%", 100.0 * count / rates.trials);
    };
    std::cout << absl::StrFormat("| %s | %g | %g %% | %s | %s | %s | %s |\n", setting.name,
                                 setting.used_allowance, 100 * setting.confidence,
                                 setting.is_asserted ? "yes" : "no", percent(rates.passed),
                                 percent(rates.failed), percent(rates.insufficient))
              << std::flush;
  }
  return 0;
}
