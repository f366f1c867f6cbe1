// A verdict of each kind for golden files, and the comparison with them. After a wanted change, run
// the tests with SLO_UPDATE_GOLD=1 and read the difference.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_GOLDEN_TESTING_H_
#define SLO_TOOLS_SLO_GATE_RENDER_GOLDEN_TESTING_H_

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/pairs_testing.h"
#include "tools/slo_gate/objectives/judge.h"
#include "tools/slo_gate/objectives/thresholds.h"

namespace slo::tools {

inline std::string ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// Objectives: one passes, one fails, one is insufficient, one has no row.
inline Verdict MakeVerdict() {
  const auto read = [](const std::string& name) { return ReadFile(SLO_TESTDATA_DIR "/" + name); };
  Thresholds thresholds = ParseThresholds("thresholds.json", read("thresholds.json")).value();
  const absl::Status overridden =
      ApplyOverrides({{"load_success_ratio=0.999", "--override"}}, thresholds);
  EXPECT_TRUE(overridden.ok()) << overridden;
  return Judge({ParseReport("results.json", read("results.json")).value()}, thresholds,
               {.generated_at_utc = "2026-01-02T03:04:05Z", .gate_version = "1.2.3"});
}

// A benchmark that costs as much as before, one that costs more, one with too few pairs to tell.
inline Verdict MakeChanges() {
  return VerdictOn({MakePairs({{.benchmark = "BM_Parse/words:10/real_time"},
                               {.benchmark = "BM_Parse/words:1000/real_time", .change = 0.1},
                               {.benchmark = "BM_Print/real_time", .pairs = 16, .scatter = 0.2}})});
}

inline void ExpectGold(const std::string& file, const std::string& rendered) {
  const std::string path = SLO_TESTDATA_DIR "/" + file + ".gold";
  if (std::getenv("SLO_UPDATE_GOLD") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    std::ofstream(path, std::ios::binary) << rendered;
  }
  EXPECT_EQ(rendered, ReadFile(path)) << path;
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_GOLDEN_TESTING_H_
