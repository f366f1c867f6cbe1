#include "tools/slo_gate/objectives/row_names.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using Names = std::vector<std::string>;

NoMatch WhyNoneMatches(const std::string& glob, const Names& rows) {
  Report report;
  for (const std::string& row : rows) report.rows.push_back({.name = row});
  const std::vector<Report> reports = {report};
  return RowNames(reports).WhyNoneMatches(glob);
}

TEST(RowNames, NamesTheNearestFamily) {
  const NoMatch no_match =
      WhyNoneMatches("BM_LaodBurst/*", {"BM_LoadBurst/runs:20/steps:3", "BM_RunPath/x:1"});
  EXPECT_EQ(no_match.glob, "BM_LaodBurst/*");
  EXPECT_EQ(no_match.family, "");
  EXPECT_EQ(no_match.nearest, "BM_LoadBurst");
  EXPECT_EQ(no_match.names, (Names{"BM_LoadBurst", "BM_RunPath"}));
  EXPECT_EQ(no_match.more, 0U);
}

TEST(RowNames, ListsTheRowsOfTheFamilyThatTheGlobNames) {
  const NoMatch no_match = WhyNoneMatches("BM_A/x:9*", {"BM_A/x:1", "BM_A/x:2", "BM_B"});
  EXPECT_EQ(no_match.family, "BM_A");
  EXPECT_EQ(no_match.nearest, "");
  EXPECT_EQ(no_match.names, (Names{"BM_A/x:1", "BM_A/x:2"}));
}

TEST(RowNames, ListsTenAndCountsTheOthers) {
  for (const int count : {9, 10, 11, 25}) {
    Names rows;
    for (int i = 0; i < count; ++i) rows.push_back(absl::StrCat("BM_A/", i));
    const NoMatch no_match = WhyNoneMatches("BM_A/x", rows);
    EXPECT_EQ(no_match.names.size(), static_cast<size_t>(std::min(count, 10)));
    EXPECT_EQ(no_match.names.back(), absl::StrCat("BM_A/", std::min(count, 10) - 1));
    EXPECT_EQ(no_match.more, static_cast<size_t>(std::max(count - 10, 0)));
  }
}

TEST(RowNames, HasNoneWhereThereAreNoRows) {
  const NoMatch no_match = WhyNoneMatches("*", {});
  EXPECT_TRUE(no_match.names.empty());
  EXPECT_EQ(no_match.family, "");
}

TEST(RowNames, ComparesTheFirstThousandFamilies) {
  // In the order of the names; the last one is the only one that is near.
  const auto nearest_among = [](int others) {
    Names rows = {"Z_LoadBurst"};
    for (int i = 0; i < others; ++i) rows.push_back(absl::StrCat("A", 10'000 + i));
    return WhyNoneMatches("Z_LaodBurst", rows).nearest;
  };
  EXPECT_EQ(nearest_among(999), "Z_LoadBurst");
  EXPECT_EQ(nearest_among(1'000), "");
}

TEST(RowNames, TakesTheFamilyUpToTheFirstWildcard) {
  for (const char* glob : {"BM_A*/x:9", "BM_A?/x:9", "BM_A/x:9"}) {
    EXPECT_EQ(WhyNoneMatches(glob, {"BM_A/x:1", "BM_B"}).family, "BM_A") << glob;
  }
}

}  // namespace
}  // namespace slo::tools
