#include "tools/slo_gate/evidence/evidence.h"

#include <fstream>

#include "gtest/gtest.h"
#include "tools/lib/files/scratch_folder_testing.h"

namespace slo::tools {
namespace {

TEST(FreeEvidenceStem, NeverReusesTheNameOfOlderEvidence) {
  const ScratchFolder folder;
  const std::filesystem::path& directory = folder.path();
  EXPECT_EQ(FreeEvidenceStem(directory, "20260102T030405Z"), "slo-20260102T030405Z");
  std::ofstream(directory / "slo-20260102T030405Z.json") << "{}";
  EXPECT_EQ(FreeEvidenceStem(directory, "20260102T030405Z"), "slo-20260102T030405Z-2");
  std::ofstream(directory / "slo-20260102T030405Z-2.md") << "#";
  EXPECT_EQ(FreeEvidenceStem(directory, "20260102T030405Z"), "slo-20260102T030405Z-3");
}

}  // namespace
}  // namespace slo::tools
