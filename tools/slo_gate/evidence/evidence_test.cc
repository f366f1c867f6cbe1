#include "tools/slo_gate/evidence/evidence.h"

#include <fstream>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(FreeEvidenceStem, NeverReusesTheNameOfOlderEvidence) {
  const std::filesystem::path directory =
      std::filesystem::path(::testing::TempDir()) / "free_evidence_stem";
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  EXPECT_EQ(FreeEvidenceStem(directory, "20260102T030405Z"), "slo-20260102T030405Z");
  std::ofstream(directory / "slo-20260102T030405Z.json") << "{}";
  EXPECT_EQ(FreeEvidenceStem(directory, "20260102T030405Z"), "slo-20260102T030405Z-2");
  std::ofstream(directory / "slo-20260102T030405Z-2.md") << "#";
  EXPECT_EQ(FreeEvidenceStem(directory, "20260102T030405Z"), "slo-20260102T030405Z-3");
}

}  // namespace
}  // namespace slo::tools
