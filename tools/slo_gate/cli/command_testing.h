// Runs slo_gate in a test, over files that it writes.

#ifndef SLO_TOOLS_SLO_GATE_CLI_COMMAND_TESTING_H_
#define SLO_TOOLS_SLO_GATE_CLI_COMMAND_TESTING_H_

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/slo_gate/cli/gate.h"

namespace slo::tools {

struct GateRun {
  int exit_code = 0;
  std::string out;
  std::string err;
};

inline GateRun RunWords(const std::vector<std::string>& words, const std::string& input = "") {
  const std::vector<absl::string_view> arguments(words.begin(), words.end());
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  const int exit_code = RunGate(
      arguments, {.now = absl::FromUnixSeconds(1'767'323'045), .in = in, .out = out, .err = err});
  return {exit_code, out.str(), err.str()};
}

// A folder for the files of the test that runs.
inline std::string WriteForTest(const std::string& name, const std::string& text) {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const auto directory =
      std::filesystem::path(::testing::TempDir()) / test->test_suite_name() / test->name();
  std::filesystem::create_directories(directory);
  std::ofstream(directory / name, std::ios::binary) << text;
  return (directory / name).string();
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_CLI_COMMAND_TESTING_H_
