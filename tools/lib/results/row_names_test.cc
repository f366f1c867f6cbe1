#include "tools/lib/results/row_names.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

std::string WhyNoneMatches(const std::string& glob, const std::vector<std::string>& rows) {
  Report report;
  for (const std::string& row : rows) report.rows.push_back({.name = row});
  const std::vector<Report> reports = {report};
  return RowNames(reports).WhyNoneMatches(glob);
}

TEST(RowNames, NamesTheNearestFamily) {
  EXPECT_EQ(WhyNoneMatches("BM_LaodBurst/*", {"BM_LoadBurst/runs:20/steps:3", "BM_RunPath/x:1"}),
            "no row matches \"BM_LaodBurst/*\"; did you mean BM_LoadBurst? families there: "
            "BM_LoadBurst, BM_RunPath");
}

TEST(RowNames, ListsTheRowsOfTheFamilyThatTheGlobNames) {
  EXPECT_EQ(WhyNoneMatches("BM_A/x:9*", {"BM_A/x:1", "BM_A/x:2", "BM_B"}),
            "no row matches \"BM_A/x:9*\"; rows of BM_A: BM_A/x:1, BM_A/x:2");
}

TEST(RowNames, CountsWhatItDoesNotList) {
  std::vector<std::string> rows;
  for (int i = 0; i < 25; ++i) rows.push_back(absl::StrCat("BM_A/", i));
  EXPECT_NE(WhyNoneMatches("BM_A/x", rows).find("BM_A/9, and 15 more"), std::string::npos);
}

TEST(RowNames, SaysThatThereAreNoRows) {
  EXPECT_EQ(WhyNoneMatches("*", {}), "no row matches \"*\"; there are no rows");
}

TEST(RowNames, ListsTen) {
  std::vector<std::string> rows;
  for (int i = 0; i < 10; ++i) rows.push_back(absl::StrCat("BM_A/", i));
  EXPECT_EQ(WhyNoneMatches("BM_A/x", rows).find("more"), std::string::npos);
  rows.emplace_back("BM_A/10");
  EXPECT_NE(WhyNoneMatches("BM_A/x", rows).find("BM_A/9, and 1 more"), std::string::npos);
}

TEST(RowNames, ComparesTheFirstThousandFamilies) {
  // In the order of the names; the last one is the only one that is near.
  const auto with_others = [](int others) {
    std::vector<std::string> rows = {"Z_LoadBurst"};
    for (int i = 0; i < others; ++i) rows.push_back(absl::StrCat("A", 10'000 + i));
    return WhyNoneMatches("Z_LaodBurst", rows);
  };
  EXPECT_NE(with_others(999).find("did you mean Z_LoadBurst?"), std::string::npos);
  EXPECT_EQ(with_others(1'000).find("did you mean"), std::string::npos);
}

TEST(RowNames, TakesTheFamilyUpToTheFirstWildcard) {
  for (const char* glob : {"BM_A*/x:9", "BM_A?/x:9", "BM_A/x:9"}) {
    EXPECT_NE(WhyNoneMatches(glob, {"BM_A/x:1", "BM_B"}).find("rows of BM_A: BM_A/x:1"),
              std::string::npos)
        << glob;
  }
}

}  // namespace
}  // namespace slo::tools
