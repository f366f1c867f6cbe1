#include "tools/slo_gate/render/short_names.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/render/text_layout.h"

namespace slo::tools {
namespace {

TEST(ShortNames, LeavesOutHowABenchmarkWasTimed) {
  const ShortNames names({"BM_A/n:1/iterations:1/manual_time", "BM_B/real_time/threads:2"});
  EXPECT_EQ(names.Shorten("BM_A/n:1/iterations:1/manual_time", 100), "BM_A/n:1");
  EXPECT_EQ(names.Shorten("BM_B/real_time/threads:2", 100), "BM_B/threads:2");
}

TEST(ShortNames, KeepsThatWhereNothingElseDiffers) {
  const ShortNames names({"BM_A/real_time", "BM_A/manual_time", "BM_B", "BM_B/real_time"});
  EXPECT_EQ(names.Shorten("BM_A/real_time", 100), "BM_A/real_time");
  EXPECT_EQ(names.Shorten("BM_A/manual_time", 100), "BM_A/manual_time");
  EXPECT_EQ(names.Shorten("BM_B", 100), "BM_B");
  EXPECT_EQ(names.Shorten("BM_B/real_time", 100), "BM_B/real_time");
}

TEST(ShortNames, CutsWholePartsAndAsFewAsItCan) {
  const ShortNames names({"BM_RunnerStatus/shape:chain/steps:3/stored_runs:0",
                          "BM_RunnerStatus/shape:chain/steps:3/stored_runs:100000",
                          "BM_RunnerStatus/shape:diamond/steps:10/stored_runs:0"});
  EXPECT_EQ(names.Shorten("BM_RunnerStatus/shape:chain/steps:3/stored_runs:100000", 46),
            "BM_RunnerStatus/../steps:3/stored_runs:100000");
  EXPECT_EQ(names.Shorten("BM_RunnerStatus/shape:diamond/steps:10/stored_runs:0", 46),
            "BM_RunnerStatus/shape:diamond/../stored_runs:0");
}

TEST(ShortNames, CutsCharactersWhereNoPartWillDo) {
  const ShortNames names({"BM_AnOnlyPartThatIsLongerThanTheColumn"});
  EXPECT_EQ(names.Shorten("BM_AnOnlyPartThatIsLongerThanTheColumn", 24),
            "BM_AnOnlyPa..anTheColumn");
}

TEST(ShortNames, NumbersNamesThatNoCutTellsApart) {
  const std::string same(40, 'a');
  const ShortNames names({same + "1" + same, same + "2" + same});
  EXPECT_EQ(names.Shorten(same + "2" + same, 24), "aaaaaaaaaa..aaaaaaaaaa#2");
}

TEST(ShortNames, TellsThousandsOfNamesApart) {
  std::vector<std::string> all;
  for (int i = 0; i < 2'000; ++i) {
    all.push_back(
        absl::StrCat("BM_Family/shape:fan_out/value:", i, "/steps:10/stored_runs:100000"));
  }
  const ShortNames names(all);
  std::set<std::string> shortened;
  for (int i = 0; i < 2'000; i += 50) {
    const std::string name = names.Shorten(all[static_cast<size_t>(i)], 40);
    EXPECT_LE(Columns(name), 40U);
    EXPECT_TRUE(shortened.insert(name).second) << name;
  }
}

// Two names that differ at one place far from the middle: which cut shows it.
TEST(ShortNames, CutsWhereTheNamesStillDiffer) {
  const auto shorten = [](size_t place) {
    std::string name(100, 'a');
    std::string other = name;
    name[place] = 'x';
    other[place] = 'y';
    return ShortNames({name, other}).Shorten(name, 42);
  };
  const auto cut = [](size_t place, size_t head, bool is_in_head) {
    std::string begin(head, 'a');
    std::string end(40 - head, 'a');
    if (is_in_head) {
      begin[place] = 'x';
    } else {
      end[place - 60 - head] = 'x';
    }
    return begin + ".." + end;
  };
  EXPECT_EQ(shorten(19), cut(19, 20, true));
  EXPECT_EQ(shorten(80), cut(80, 20, false));
  EXPECT_EQ(shorten(20), cut(20, 30, true));
  EXPECT_EQ(shorten(29), cut(29, 30, true));
  EXPECT_EQ(shorten(79), cut(79, 10, false));
  EXPECT_EQ(shorten(70), cut(70, 10, false));
  EXPECT_EQ(shorten(30), cut(30, 36, true));
  EXPECT_EQ(shorten(35), cut(35, 36, true));
  EXPECT_EQ(shorten(69), cut(69, 4, false));
  EXPECT_EQ(shorten(64), cut(64, 4, false));
  EXPECT_EQ(shorten(60), shorten(36)) << "a number tells them apart";
  EXPECT_EQ(shorten(36), std::string(19, 'a') + ".." + std::string(19, 'a') + "#1");
}

TEST(ShortNames, KeepsEmptyParts) {
  EXPECT_EQ(ShortNames({"BM_A//x/real_time"}).Shorten("BM_A//x/real_time", 100), "BM_A//x");
}

TEST(ShortNames, LeavesANameThatFits) {
  const std::string name = "BM_A/" + std::string(20, 'x');
  const ShortNames names({name});
  EXPECT_EQ(names.Shorten(name, 25), name);
  EXPECT_EQ(names.Shorten(name, 24), "BM_A/..") << "the part that is cut first is a whole one";
}

TEST(ShortNames, TriesTheCutsOfTheFirstSixteenParts) {
  // Only the last part is long enough to go.
  const auto shorten = [](int parts) {
    std::string head = "P/";
    for (int i = 2; i < parts; ++i) head += "x/";
    const std::string name = head + std::string(200, 'y');
    return ShortNames({name}).Shorten(name, head.size() + 2) == head + "..";
  };
  EXPECT_TRUE(shorten(15));
  EXPECT_TRUE(shorten(16));
  EXPECT_FALSE(shorten(17)) << "the seventeenth part stays";
}

}  // namespace
}  // namespace slo::tools
