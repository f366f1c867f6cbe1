#include "tools/lib/files/whole_files.h"

#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

class WholeFilesTest : public ::testing::Test {
 protected:
  WholeFilesTest() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    directory_ = std::filesystem::path(::testing::TempDir()) / "whole_files" / test->name();
    std::filesystem::remove_all(directory_);
  }

  std::string Read(const std::string& name) const {
    std::ifstream stream(directory_ / name);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  }

  int FileCount() const {
    return static_cast<int>(std::distance(std::filesystem::directory_iterator(directory_),
                                          std::filesystem::directory_iterator()));
  }

  std::filesystem::path directory_;
};

TEST_F(WholeFilesTest, MakesTheDirectoryAndReplacesFiles) {
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"latest.md", "old"}}).ok());
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"latest.md", "new"}, {"latest.json", "{}"}}).ok());
  EXPECT_EQ(Read("latest.md"), "new");
  EXPECT_EQ(FileCount(), 2) << "nothing temporary stays";
}

TEST_F(WholeFilesTest, LeavesTheOldFilesWhenOneCannotBeWritten) {
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"latest.md", "old"}}).ok());
  // A name that no file system takes: the second file fails, so the first must not be replaced.
  const absl::Status status =
      WriteWholeFiles(directory_, {{"latest.md", "new"}, {std::string(300, 'x'), "y"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(status.message(), ::testing::HasSubstr("cannot be created"));
  EXPECT_EQ(Read("latest.md"), "old");
  EXPECT_EQ(FileCount(), 1) << "nothing temporary stays";
}

TEST_F(WholeFilesTest, RefusesADirectoryThatCannotBeMade) {
  ASSERT_TRUE(WriteWholeFiles(directory_, {{"file", ""}}).ok());
  EXPECT_THAT(WriteWholeFiles(directory_ / "file" / "below", {{"a", ""}}).message(),
              ::testing::HasSubstr("cannot be made"));
}

}  // namespace
}  // namespace slo::tools
