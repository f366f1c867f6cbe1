#include "tools/paired_bench/process/benchmark_binary.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(RunCommand, SelectsExactlyOneBenchmark) {
  EXPECT_THAT(
      RunCommand({.path = "bin", .arguments = {"--x"}}, "BM_A<int>/x:1.5+", 0.005),
      ElementsAre("bin", R"(--benchmark_filter=^BM_A<int>/x:1\.5\+$)", "--benchmark_format=json",
                  "--benchmark_color=false", "--benchmark_min_time=0.005", "--x"));
}

TEST(ParseListing, TakesANameALine) {
  EXPECT_THAT(ParseListing("BM_A\nBM_B/1\n").value(), ElementsAre("BM_A", "BM_B/1"));
  EXPECT_FALSE(ParseListing("\n").ok());
}

std::string Output(absl::string_view rows) {
  return absl::StrCat(R"({"context": {"num_cpus": 2}, "benchmarks": [)", rows, "]}");
}

constexpr absl::string_view kRow =
    R"({"name": "BM_A", "cpu_time": 3, "real_time": 4, "time_unit": "us"})";

TEST(ParseRun, TakesTheRowAndTheContext) {
  const auto run = ParseRun(Output(kRow), "BM_A");
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(run->row.Find("cpu_time"), 3'000);
  EXPECT_EQ(run->row.time_unit, "us");
  EXPECT_EQ(run->context.at("num_cpus"), "2");
}

TEST(ParseRun, SaysWhyThereIsNone) {
  const auto problem = [](const std::string& output) {
    return std::string(ParseRun(output, "BM_A").status().message());
  };
  EXPECT_THAT(problem(Output(absl::StrCat(kRow, ",", kRow))),
              HasSubstr("expected one row of that name, found 2"));
  EXPECT_THAT(problem(Output("")), HasSubstr("found 0"));
  EXPECT_THAT(problem("Segmentation"), HasSubstr("stdout"));
  EXPECT_THAT(problem(Output(R"({"name": "BM_A", "error_occurred": true, "error_message": "no"})")),
              HasSubstr("the row has an error: no"));
}

TEST(ParseRun, KeepsANumberThatIsNone) {
  const auto run = ParseRun(
      Output(R"({"name": "BM_A", "cpu_time": NaN, "real_time": 4, "time_unit": "ns"})"), "BM_A");
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_TRUE(std::isnan(run->row.Find("cpu_time").value()));
  EXPECT_EQ(run->row.Find("real_time"), 4);
}

TEST(ListCommand, PassesTheArgumentsOnAfterItsOwn) {
  EXPECT_THAT(ListCommand({.path = "bin", .arguments = {"--x", "y"}}),
              ElementsAre("bin", "--benchmark_list_tests=true", "--x", "y"));
}

TEST(RunCommand, EscapesWhatMeansSomethingInARegularExpression) {
  EXPECT_EQ(RunCommand({.path = "bin", .arguments = {}}, R"(a\^$.|?*+()[]{}b/c:d)", 1)[1],
            R"(--benchmark_filter=^a\\\^\$\.\|\?\*\+\(\)\[\]\{\}b/c:d$)");
}

TEST(ParseListing, HasNoNamesOfSpace) {
  EXPECT_THAT(ParseListing("\n BM_A \n \nBM_B").value(), ElementsAre(" BM_A ", "BM_B"));
  EXPECT_EQ(ParseListing("").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ParseRun, FindsTheRowAmongOthers) {
  const auto run = ParseRun(
      Output(absl::StrCat(R"({"name": "BM_AA", "cpu_time": 9, "real_time": 9, "time_unit": "ns"},)",
                          kRow)),
      "BM_A");
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(run->row.name, "BM_A");
  EXPECT_EQ(run->row.Find("real_time"), 4'000);
}

}  // namespace
}  // namespace slo::paired
