#include "tools/paired_bench/process/program_copies.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ProgramCopiesTest : public ::testing::Test {
 protected:
  ProgramCopiesTest() {
    fs::remove_all(parent_);
    fs::create_directories(parent_);
    for (const char* name : {"base", "the_candidate"}) {
      const fs::path program = parent_ / name;
      std::ofstream(program) << "program " << name;
      fs::permissions(program, fs::perms::owner_all);
    }
  }

  static std::string Content(const std::string& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  // A test's own: they may run at the same time.
  const fs::path parent_ = fs::path(::testing::TempDir()) / "program_copies" /
                           ::testing::UnitTest::GetInstance()->current_test_info()->name();
  const std::string base_ = (parent_ / "base").string();
  const std::string candidate_ = (parent_ / "the_candidate").string();
};

TEST_F(ProgramCopiesTest, AreNewForEachPairAndTheirPathsOfOneLength) {
  const auto copies = ProgramCopies::Create(parent_).value();
  std::set<std::string> seen;
  for (int pair = 0; pair < 20; ++pair) {
    const auto fresh = copies->Renew(base_, candidate_).value();
    EXPECT_EQ(Content(fresh.first), "program base");
    EXPECT_EQ(Content(fresh.second), "program the_candidate");
    EXPECT_EQ(fs::status(fresh.second).permissions(), fs::perms::owner_all);
    EXPECT_EQ(fresh.first.size(), fresh.second.size());
    EXPECT_TRUE(seen.insert(fresh.first).second);
    EXPECT_TRUE(seen.insert(fresh.second).second);
  }
}

TEST_F(ProgramCopiesTest, AreFewAtATimeAndGoWithTheObject) {
  fs::path folder;
  {
    const auto copies = ProgramCopies::Create(parent_).value();
    for (int pair = 0; pair < 20; ++pair) {
      folder = fs::path(copies->Renew(base_, base_).value().first).parent_path();
    }
    EXPECT_LE(std::distance(fs::directory_iterator(folder), {}), 14);
  }
  EXPECT_FALSE(fs::exists(folder));
}

TEST_F(ProgramCopiesTest, SayWhichProgramCannotBeCopied) {
  const auto copies = ProgramCopies::Create(parent_).value();
  const auto missing = copies->Renew(base_, base_ + "s").status();
  EXPECT_THAT(std::string(missing.message()), HasSubstr(base_ + "s: cannot be copied"));
  const fs::path large = parent_ / "large";
  std::ofstream(large).put('x');
  fs::resize_file(large, ProgramCopies::kLargestBytes + 1);  // a sparse file
  EXPECT_THAT(std::string(copies->Renew(large.string(), base_).status().message()),
              HasSubstr("large: is larger than 256 MiB"));
}

TEST_F(ProgramCopiesTest, NeedAFolder) {
  EXPECT_FALSE(ProgramCopies::Create(parent_ / "none").ok());
}

TEST_F(ProgramCopiesTest, AreNumberedAsTheyAreWritten) {
  const auto copies = ProgramCopies::Create(parent_).value();
  for (const auto& [first, second] : {std::pair("000000", "000001"), {"000002", "000003"}}) {
    const auto fresh = copies->Renew(base_, candidate_).value();
    EXPECT_EQ(fs::path(fresh.first).filename(), first);
    EXPECT_EQ(fs::path(fresh.second).filename(), second);
  }
}

TEST_F(ProgramCopiesTest, StayForSevenPairs) {
  const auto copies = ProgramCopies::Create(parent_).value();
  const auto oldest = copies->Renew(base_, candidate_).value();
  for (int pair = 1; pair < 7; ++pair) {
    ASSERT_TRUE(copies->Renew(base_, candidate_).ok());
    EXPECT_TRUE(fs::exists(oldest.first)) << pair;
    EXPECT_TRUE(fs::exists(oldest.second)) << pair;
  }
  ASSERT_TRUE(copies->Renew(base_, candidate_).ok());
  EXPECT_FALSE(fs::exists(oldest.first));
  EXPECT_FALSE(fs::exists(oldest.second));
}

TEST_F(ProgramCopiesTest, AreBelowTheParentInAFolderOfTheirOwn) {
  const auto one = ProgramCopies::Create(parent_).value();
  const auto other = ProgramCopies::Create(parent_).value();
  const fs::path folder = fs::path(one->Renew(base_, base_).value().first).parent_path();
  EXPECT_EQ(folder.parent_path(), parent_);
  EXPECT_NE(folder, fs::path(other->Renew(base_, base_).value().first).parent_path());
}

TEST_F(ProgramCopiesTest, AreMadeOfProgramsUpTo256MiB) {
  EXPECT_EQ(ProgramCopies::kLargestBytes, 268'435'456U);
  const auto copies = ProgramCopies::Create(parent_).value();
  const fs::path large = parent_ / "large";
  std::ofstream(large).put('x');
  fs::resize_file(large, ProgramCopies::kLargestBytes);  // a sparse file
  EXPECT_TRUE(copies->Renew(base_, large.string()).ok());
}

TEST_F(ProgramCopiesTest, SayWhichOfTheTwoCannotBeCopied) {
  const auto copies = ProgramCopies::Create(parent_).value();
  EXPECT_THAT(std::string(copies->Renew(base_ + "1", base_ + "2").status().message()),
              HasSubstr(base_ + "1: cannot be copied"));
  EXPECT_EQ(copies->Renew(base_, base_ + "2").status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_TRUE(copies->Renew(base_, candidate_).ok()) << "others can be copied all the same";
}

}  // namespace
}  // namespace slo::paired
