#include "tools/paired_bench/process/result_files.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ResultFilesTest : public ::testing::Test {
 protected:
  ResultFilesTest() {
    fs::remove_all(parent_);
    fs::create_directories(parent_);
  }

  const fs::path parent_ = fs::path(::testing::TempDir()) / "result_files" /
                           ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(ResultFilesTest, AreEmptyAndNewAndGoWhenTheyAreTaken) {
  const auto files = ResultFiles::Create({parent_}).value();
  const std::string one = files->MakeFile().value();
  const std::string other = files->MakeFile().value();
  EXPECT_NE(one, other);
  std::ofstream(one) << "text";
  EXPECT_EQ(ResultFiles::Take(one).value(), "text");
  EXPECT_FALSE(fs::exists(one));
  EXPECT_EQ(ResultFiles::Take(other).value(), "");
  EXPECT_EQ(ResultFiles::Take(other).value(), "") << "it was deleted by the program";
}

TEST_F(ResultFilesTest, LieInAFolderThatOnlyTheOwnerEntersAndThatGoesWithTheObject) {
  fs::path folder;
  {
    const auto files = ResultFiles::Create({parent_}).value();
    folder = fs::path(files->MakeFile().value()).parent_path();
    EXPECT_EQ(folder.parent_path(), parent_);
    EXPECT_EQ(fs::status(folder).permissions(), fs::perms::owner_all);
  }
  EXPECT_FALSE(fs::exists(folder));
}

TEST_F(ResultFilesTest, LieInTheFirstFolderThatTakesThem) {
  const auto files = ResultFiles::Create({parent_ / "none", parent_}).value();
  EXPECT_EQ(fs::path(files->MakeFile().value()).parent_path().parent_path(), parent_);
  EXPECT_EQ(ResultFiles::Create({parent_ / "none"}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(ResultFilesTest, AreBounded) {
  EXPECT_EQ(ResultFiles::kMaxBytes, 67'108'864U);
  const auto files = ResultFiles::Create({parent_}).value();
  const std::string file = files->MakeFile().value();
  fs::resize_file(file, ResultFiles::kMaxBytes + 1);  // a sparse file
  const auto taken = ResultFiles::Take(file);
  EXPECT_EQ(taken.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(taken.status().message()), HasSubstr("more than 64 MiB"));
  EXPECT_FALSE(fs::exists(file));
}

}  // namespace
}  // namespace slo::paired
