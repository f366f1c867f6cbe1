#include "tools/slo_gate/draft/draft_groups.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/draft/left_out.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

std::vector<Report> Named(const std::vector<std::string>& names) {
  Report report = {.file = "r.json"};
  for (const std::string& name : names) report.rows.push_back({.name = name});
  return {report};
}

std::vector<std::string> GlobsOf(const std::vector<std::string>& names, DraftBy by) {
  const std::vector<Report> reports = Named(names);
  std::vector<std::string> globs;
  for (const DraftGroup& group : GroupsOf(BenchmarkList(reports), by)) globs.push_back(group.glob);
  return globs;
}

TEST(GroupsOf, AreNamesOrFamilies) {
  const std::vector<std::string> names = {"BM_A/8", "BM_B", "BM_A/9", "BM_A*/1", "BM_A"};
  EXPECT_THAT(GlobsOf(names, DraftBy::kName),
              ElementsAre("BM_A/8", "BM_B", "BM_A/9", R"(BM_A\*/1)", "BM_A"));
  EXPECT_THAT(GlobsOf(names, DraftBy::kFamily),
              ElementsAre("BM_A/*", "BM_B", R"(BM_A\*/*)", "BM_A"));
}

TEST(ObjectiveIds, AreUniqueAndHoldWhatIdsMay) {
  ObjectiveIds ids;
  EXPECT_EQ(ids.Take({.stem = "BM_A<char*>/8"}, "real_time"), "BM_A_char_8_real_time");
  EXPECT_EQ(ids.Take({.stem = "BM_A<char>/8"}, "real_time"), "BM_A_char_8_real_time.2");
  EXPECT_EQ(ids.Take({.stem = "BM.A"}, "x.y"), "BM_A_x_y");
  EXPECT_EQ(ids.Take({.stem = ""}, "\xC3\xA4"), "_");
  for (int i = 0; i < 3; ++i) {
    const std::string id = ids.Take({.stem = std::string(10'000, 'n')}, std::string(10'000, 'm'));
    EXPECT_LE(id.size(), 110U);
    EXPECT_THAT(id, MatchesRegex("[A-Za-z0-9_.-]+"));
  }
}

TEST(LeftOut, SaysAReasonOnceForAllItsBenchmarks) {
  LeftOut left_out;
  for (const char* name : {"BM_A", "BM_B", "BM_C", "BM_D", "BM_E"}) {
    left_out.Add("cpu_time", "error", "a row failed: first", name);
  }
  left_out.Add("cpu_time", "absent", "not every row has it", "BM_F");
  EXPECT_THAT(left_out.Notes(),
              ElementsAre("cpu_time of BM_F is left out: not every row has it",
                          "cpu_time of BM_A, BM_B, BM_C and 2 more benchmarks is left out: a row "
                          "failed: first"));
}

TEST(LeftOut, CutsTheMiddleOutOfVeryLongNames) {
  LeftOut left_out;
  left_out.Add("x", "k", "why", std::string(10'000, 'n') + "tail");
  ASSERT_EQ(left_out.Notes().size(), 1U);
  EXPECT_LT(left_out.Notes()[0].size(), 300U);
  EXPECT_THAT(left_out.Notes()[0], StartsWith("x of nnn"));
  EXPECT_THAT(left_out.Notes()[0], EndsWith("tail is left out: why"));
}

}  // namespace
}  // namespace slo::tools
