// A folder for a test to write into.

#ifndef SLO_TOOLS_LIB_FILES_SCRATCH_FOLDER_TESTING_H_
#define SLO_TOOLS_LIB_FILES_SCRATCH_FOLDER_TESTING_H_

#include <unistd.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace slo::tools {

// Of the running test alone: tests of one program run at the same time in several processes, and so
// do those of several builds. Empty at first; goes with the object.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~ScratchFolder() { std::filesystem::remove_all(path_); }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  const std::filesystem::path path_ =
      std::filesystem::path(::testing::TempDir()) /
      absl::StrCat("slo-test.",
                   ::testing::UnitTest::GetInstance()->current_test_info()->test_suite_name(), ".",
                   ::testing::UnitTest::GetInstance()->current_test_info()->name(), ".", getpid());
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_FILES_SCRATCH_FOLDER_TESTING_H_
