// Golden files: testdata/verdict.<format>.gold. After a wanted change, run with SLO_UPDATE_GOLD=1
// and read the difference.

#include "tools/slo_gate/render.h"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "gtest/gtest.h"
#include "tools/slo_gate/judge.h"

namespace slo::tools {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

Verdict MakeVerdict() {
  const auto read = [](const std::string& name) { return ReadFile(SLO_TESTDATA_DIR "/" + name); };
  Thresholds thresholds = ParseThresholds("thresholds.json", read("thresholds.json")).value();
  const absl::Status overridden =
      ApplyOverrides({{"load_success_ratio=0.999", "--override"}}, thresholds);
  EXPECT_TRUE(overridden.ok()) << overridden;
  return Judge({ParseReport("results.json", read("results.json")).value()}, thresholds,
               {.generated_at_utc = "2026-01-02T03:04:05Z"});
}

void ExpectGold(const std::string& format, const std::string& rendered) {
  const std::string path = SLO_TESTDATA_DIR "/verdict." + format + ".gold";
  if (std::getenv("SLO_UPDATE_GOLD") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    std::ofstream(path, std::ios::binary) << rendered;
  }
  EXPECT_EQ(rendered, ReadFile(path)) << path;
}

TEST(RenderText, EqualsItsGoldenFile) { ExpectGold("text", RenderText(MakeVerdict())); }

TEST(RenderMarkdown, EqualsItsGoldenFile) { ExpectGold("markdown", RenderMarkdown(MakeVerdict())); }

TEST(RenderJson, EqualsItsGoldenFile) { ExpectGold("json", RenderJson(MakeVerdict())); }

TEST(RenderMarkdown, KeepsHostileNamesInsideTheirCells) {
  Verdict verdict = MakeVerdict();
  verdict.scenarios[0].name = "BM_<script>|x\ny";
  const std::string text = RenderMarkdown(verdict);
  EXPECT_NE(text.find("## BM\\_&lt;script&gt;\\|x y: "), std::string::npos) << text;
}

}  // namespace
}  // namespace slo::tools
