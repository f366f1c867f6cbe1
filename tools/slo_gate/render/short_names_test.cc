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

}  // namespace
}  // namespace slo::tools
