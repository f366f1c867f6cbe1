// Prints the error rates for docs/measurements/: gate_calibration [TRIALS [SEED]].

#include <cstdint>
#include <iostream>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "tests/calibration/trial.h"

namespace {

constexpr int kMostTrials = 1'000'000;

}  // namespace

int main(int argc, char** argv) {
  const std::vector<absl::string_view> arguments(argv + 1, argv + argc);
  int trials = 2'000;
  uint64_t seed = 1;
  if (arguments.size() > 2 || (!arguments.empty() && !absl::SimpleAtoi(arguments[0], &trials)) ||
      (arguments.size() == 2 && !absl::SimpleAtoi(arguments[1], &seed)) || trials < 1 ||
      trials > kMostTrials) {
    std::cerr << "usage: gate_calibration [TRIALS [SEED]]; TRIALS from 1 to " << kMostTrials
              << " (2000), SEED from 0 (1)\n";
    return 2;
  }
  std::cout << "| simulated | of the allowance | pass | fail | insufficient |\n"
               "|---|---|---|---|---|\n";
  for (const slo::calibration::Setting& setting : slo::calibration::AllSettings()) {
    const slo::calibration::Rates rates = RunTrials(setting, trials, seed);
    const auto percent = [&](int count) {
      return absl::StrFormat("%.1f %%", 100.0 * count / rates.trials);
    };
    std::cout << absl::StrFormat("| %s | %g | %s | %s | %s |\n", setting.name,
                                 setting.used_allowance, percent(rates.passed),
                                 percent(rates.failed), percent(rates.insufficient))
              << std::flush;
  }
  return 0;
}
