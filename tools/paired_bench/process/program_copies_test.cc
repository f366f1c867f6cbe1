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

}  // namespace
}  // namespace slo::paired
