#include "tools/lib/files/input_file.h"

#include <fstream>
#include <sstream>

#include "gtest/gtest.h"
#include "tools/lib/files/scratch_folder_testing.h"

namespace slo::tools {
namespace {

TEST(ReadInput, ReadsAFileOrTheStandardInput) {
  const ScratchFolder folder;
  const std::string path = (folder.path() / "input.txt").string();
  std::ofstream(path) << "from a file";
  std::istringstream in("from the standard input");
  EXPECT_EQ(*ReadInput(path, in), "from a file");
  EXPECT_EQ(*ReadInput("-", in), "from the standard input");
}

TEST(ReadInput, NamesWhatCannotBeRead) {
  std::istringstream in;
  EXPECT_EQ(ReadInput("/no/such/file", in).status().message(),
            "/no/such/file: cannot be opened for reading");
  EXPECT_FALSE(ReadInput(::testing::TempDir(), in).ok());
}

}  // namespace
}  // namespace slo::tools
