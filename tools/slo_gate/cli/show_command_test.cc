#include "tools/slo_gate/cli/show_command.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/slo_gate/cli/command_testing.h"
#include "tools/slo_gate/render/render_inventory.h"

namespace slo::tools {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTwoRows[] = R"({"context": {"num_cpus": 8, "load_avg": [9.5, 1, 1],
    "library_build_type": "debug", "host_name": "box"}, "benchmarks": [
    {"name": "BM_A/8", "real_time": 1.5, "cpu_time": 1, "time_unit": "us", "label": "warm",
     "items_per_second": 4.2e9, "odd_count": -3},
    {"name": "BM_A/9", "error_occurred": true, "error_message": "no device", "real_time": 0}]})";

TEST(ShowCommand, ShowsMetricsErrorsAndNotes) {
  const GateRun run = RunWords({"show", "-"}, kTwoRows);
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_THAT(
      run.out,
      AllOf(HasSubstr("2 benchmarks, 2 rows"), HasSubstr("\nBM_A/8: 1 row\n"),
            ContainsRegex("real_time +time +1.5 us +1.5 us +1.5 us\n"),
            ContainsRegex("items_per_second +rate +4.2G/s"), ContainsRegex("odd_count +number +-3"),
            HasSubstr("label: warm"), HasSubstr("error in 1 row: no device"),
            HasSubstr("library_build_type is debug"), HasSubstr("load_avg is 9.5 on 8 CPUs")));
}

TEST(ShowCommand, WritesJsonForPrograms) {
  const GateRun run = RunWords({"show", "--format=json", "-"}, kTwoRows);
  EXPECT_EQ(run.exit_code, 0);
  const json document = json::parse(run.out);
  EXPECT_EQ(document["rows"], 2);
  EXPECT_EQ(document["benchmarks"][0]["name"], "BM_A/8");
  EXPECT_EQ(document["benchmarks"][0]["judgeable"], "each_row");
  EXPECT_EQ(document["benchmarks"][0]["repetitions"], nullptr);
  const json& metric = document["benchmarks"][0]["metrics"][0];
  EXPECT_EQ(metric["name"], "real_time");
  EXPECT_EQ(metric["unit"], "ns");
  EXPECT_EQ(metric["median"], 1'500);
  EXPECT_EQ(document["benchmarks"][1]["errors"][0]["message"], "no device");
  EXPECT_EQ(document["benchmarks"][1]["judgeable"], "failed");
}

TEST(ShowCommand, TakesSeveralFilesAsProcesses) {
  const std::string row = R"({"benchmarks": [{"name": "BM_A", "real_time": 1}]})";
  const GateRun run = RunWords({"show", WriteForTest("a.json", row), WriteForTest("b.json", row)});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr("BM_A: 2 rows, 2 processes\n"));
}

TEST(ShowCommand, CountsBenchmarksBeyondItsLimit) {
  std::string rows;
  for (size_t i = 0; i < kMaxBenchmarksShown + 2; ++i) {
    absl::StrAppend(&rows, i == 0 ? "" : ",", R"({"name": "BM_A/)", i, R"(", "real_time": 1})");
  }
  const std::string text = absl::StrCat(R"({"benchmarks": [)", rows, "]}");
  EXPECT_THAT(RunWords({"show", "-"}, text).out, HasSubstr("\nand 2 more benchmarks; --all"));
  const GateRun all = RunWords({"show", "--all", "-"}, text);
  EXPECT_THAT(all.out, AllOf(HasSubstr("\nBM_A/51: 1 row\n"), Not(HasSubstr("more benchmarks"))));
}

TEST(ShowCommand, SetsCurvesApart) {
  Report report = {.file = "r.json"};
  report.aggregates = {{.name = "BM_A_BigO",
                        .run_name = "BM_A",
                        .aggregate_name = "BigO",
                        .metrics = {{"cpu_coefficient", 11}}}};
  EXPECT_THAT(InventoryText(TakeInventory({report})),
              HasSubstr("\n  BigO of BM_A: cpu_coefficient 11\n"));
}

TEST(ShowCommand, RefusesWhatItCannotShow) {
  EXPECT_EQ(RunWords({"show"}).exit_code, 2);
  EXPECT_EQ(RunWords({"show", "nowhere.json"}).exit_code, 2);
  EXPECT_EQ(RunWords({"show", "-", "-"}, kTwoRows).exit_code, 2);
  EXPECT_EQ(RunWords({"show", "-"}, "no json").exit_code, 2);
  EXPECT_THAT(RunWords({"show", "--fromat=json", "-"}, kTwoRows).err,
              HasSubstr("did you mean --format?"));
  const GateRun pairs = RunWords({"show", "-"}, R"({"kind": "workflow-slo-pairs", "version": 1})");
  EXPECT_EQ(pairs.exit_code, 2);
}

TEST(ShowCommand, LetsNoNameSteerTheTerminal) {
  const GateRun run = RunWords(
      {"show", "-"},
      R"({"benchmarks": [{"name": "BM_\u001b[2JA", "label": "\u001b]0;x", "real_time": 1}]})");
  EXPECT_EQ(run.out.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace slo::tools
