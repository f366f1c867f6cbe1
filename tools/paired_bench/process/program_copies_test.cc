#include "tools/paired_bench/process/program_copies.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

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
  const auto copies = ProgramCopies::Create(parent_, {base_, candidate_}).value();
  std::set<std::string> seen;
  for (int pair = 0; pair < 20; ++pair) {
    const auto fresh = copies->Renew(base_, candidate_).value();
    EXPECT_EQ(Content(fresh.first), "program base");
    EXPECT_EQ(Content(fresh.second), "program the_candidate");
    EXPECT_EQ(fs::status(fresh.second).permissions(), fs::perms::owner_all);
    EXPECT_EQ(fresh.first.size(), fresh.second.size());
    EXPECT_FALSE(fs::is_symlink(fresh.first));
    if (pair < 7) {
      EXPECT_TRUE(seen.insert(fresh.first).second);
      EXPECT_TRUE(seen.insert(fresh.second).second);
    }
  }
}

TEST_F(ProgramCopiesTest, AreFewAtATimeAndGoWithTheObject) {
  fs::path folder;
  {
    const auto copies = ProgramCopies::Create(parent_, {base_, candidate_}).value();
    for (int pair = 0; pair < 20; ++pair) {
      folder = fs::path(copies->Renew(base_, base_).value().first).parent_path().parent_path();
    }
    int count = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
      count += entry.path().filename().string().rfind(".paired-", 0) == 0 ? 1 : 0;
    }
    EXPECT_EQ(count, 14);
  }
  EXPECT_FALSE(fs::exists(folder));
}

std::string WhyNot(const fs::path& parent, const std::vector<std::string>& programs) {
  return std::string(ProgramCopies::Create(parent, programs).status().message());
}

TEST_F(ProgramCopiesTest, SayWhichProgramCannotBeCopied) {
  EXPECT_THAT(WhyNot(parent_, {base_, base_ + "s"}), HasSubstr(base_ + "s: cannot be copied"));
  const fs::path large = parent_ / "large";
  std::ofstream(large).put('x');
  fs::resize_file(large, ProgramCopies::kLargestBytes + 1);  // a sparse file
  EXPECT_THAT(WhyNot(parent_, {large.string(), base_}),
              HasSubstr("large: cannot be copied: is larger than 256 MiB"));
}

TEST_F(ProgramCopiesTest, NeedAFolder) {
  EXPECT_FALSE(ProgramCopies::Create(parent_ / "none", {base_}).ok());
}

TEST_F(ProgramCopiesTest, AreNumberedAsTheyAreWritten) {
  const auto copies = ProgramCopies::Create(parent_, {base_, candidate_}).value();
  for (const auto& [first, second] :
       {std::pair(".paired-00", ".paired-01"), {".paired-02", ".paired-03"}}) {
    const auto fresh = copies->Renew(base_, candidate_).value();
    EXPECT_EQ(fs::path(fresh.first).parent_path().filename(), first);
    EXPECT_EQ(fs::path(fresh.second).parent_path().filename(), second);
  }
}

TEST_F(ProgramCopiesTest, KeepTheirNamesAndWhatLiesBesideAndAboveThem) {
  const fs::path program = parent_ / "build" / "bin" / "program";
  fs::create_directories(program.parent_path());
  fs::create_directories(parent_ / "build" / "lib");
  std::ofstream(program) << "program";
  std::ofstream(program.parent_path() / "data.txt") << "beside";
  std::ofstream(parent_ / "build" / "lib" / "lib.txt") << "in lib";
  const auto copies = ProgramCopies::Create(parent_, {program.string()}).value();
  const fs::path copy = copies->Renew(program.string(), program.string()).value().second;
  EXPECT_EQ(copy.filename(), "program");
  EXPECT_FALSE(fs::is_symlink(copy));
  EXPECT_EQ(Content(copy), "program");
  EXPECT_EQ(Content(copy.parent_path() / "data.txt"), "beside");
  EXPECT_EQ(Content(copy.parent_path() / "../lib/lib.txt"), "in lib");
  EXPECT_EQ(Content(copy.parent_path() / "../bin/data.txt"), "beside");
  EXPECT_EQ(Content(copy.parent_path() / "../../base"), "program base");
}

TEST_F(ProgramCopiesTest, HavePathsOfOneLengthWhereverTheProgramsLie) {
  const fs::path far = parent_ / "quite" / "far" / "away" / "the_program";
  fs::create_directories(far.parent_path());
  std::ofstream(far) << "program";
  const auto copies = ProgramCopies::Create(parent_, {base_, far.string()}).value();
  for (int pair = 0; pair < 3; ++pair) {
    const auto fresh = copies->Renew(base_, far.string()).value();
    EXPECT_EQ(fresh.first.size(), fresh.second.size());
  }
}

TEST_F(ProgramCopiesTest, AreNotMadeAmongThousandsOfNeighbours) {
  const fs::path crowd = parent_ / "crowd";
  fs::create_directories(crowd);
  for (size_t i = 0; i <= ProgramCopies::kMaxNeighbours; ++i) {
    std::ofstream(crowd / std::to_string(i)).put('x');
  }
  EXPECT_THAT(WhyNot(parent_, {(crowd / "0").string()}), HasSubstr("more than 5000 files"));
}

TEST_F(ProgramCopiesTest, StayForSevenPairs) {
  const auto copies = ProgramCopies::Create(parent_, {base_, candidate_}).value();
  const auto oldest = copies->Renew(base_, candidate_).value();
  for (int pair = 1; pair < 7; ++pair) {
    ASSERT_TRUE(copies->Renew(base_, candidate_).ok());
    EXPECT_TRUE(fs::exists(oldest.first)) << pair;
    EXPECT_TRUE(fs::exists(oldest.second)) << pair;
  }
  ASSERT_TRUE(copies->Renew(candidate_, base_).ok());
  EXPECT_FALSE(fs::exists(oldest.first));
  EXPECT_FALSE(fs::exists(oldest.second));
}

TEST_F(ProgramCopiesTest, AreBelowTheParentInAFolderOfTheirOwn) {
  const auto one = ProgramCopies::Create(parent_, {base_}).value();
  const auto other = ProgramCopies::Create(parent_, {base_}).value();
  const auto folder_of = [&](ProgramCopies& copies) {
    const fs::path copy = copies.Renew(base_, base_).value().first;
    return (*fs::relative(copy, parent_).begin()).string();
  };
  EXPECT_THAT(folder_of(*one), ::testing::StartsWith("paired-bench-"));
  EXPECT_NE(folder_of(*one), folder_of(*other));
}

TEST_F(ProgramCopiesTest, AreMadeOfProgramsUpTo256MiB) {
  EXPECT_EQ(ProgramCopies::kLargestBytes, 268'435'456U);
  const fs::path large = parent_ / "large";
  std::ofstream(large).put('x');
  fs::resize_file(large, ProgramCopies::kLargestBytes);  // a sparse file
  const auto copies = ProgramCopies::Create(parent_, {base_, large.string()}).value();
  EXPECT_TRUE(copies->Renew(base_, large.string()).ok());
}

TEST_F(ProgramCopiesTest, SayWhichOfTheTwoCannotBeCopied) {
  const auto copies = ProgramCopies::Create(parent_, {base_, candidate_}).value();
  EXPECT_THAT(std::string(copies->Renew(base_ + "1", base_ + "2").status().message()),
              HasSubstr(base_ + "1: cannot be copied"));
  EXPECT_EQ(copies->Renew(base_, base_ + "2").status().code(), absl::StatusCode::kInvalidArgument);
  fs::remove(candidate_);
  EXPECT_THAT(std::string(copies->Renew(base_, candidate_).status().message()),
              HasSubstr(candidate_ + ": cannot be copied"));
  EXPECT_TRUE(copies->Renew(base_, base_).ok()) << "others can be copied all the same";
}

}  // namespace
}  // namespace slo::paired
