#include "tools/lib/results/measured_file.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/lib/files/scratch_folder_testing.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;

constexpr const char* kResults =
    R"({"context": {"slo_seed": "7"}, "benchmarks": [{"name": "BM_A", "cpu_time": 2,
        "time_unit": "ns"}]})";

class MeasuredFileTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& text) {
    const std::string file = (folder_.path() / "measured").string();
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  std::istringstream none_;
  const ScratchFolder folder_;
};

TEST_F(MeasuredFileTest, ReadsResultsFromAFileAndFromTheStandardInput) {
  const std::string file = Write(kResults);
  const auto from_file = ReadMeasuredFile(file, none_);
  ASSERT_TRUE(from_file.ok()) << from_file.status();
  const auto& report = std::get<Report>(*from_file);
  EXPECT_EQ(report.file, file);
  EXPECT_EQ(report.ContextValue("slo_seed"), "7");
  EXPECT_EQ(report.rows.at(0).Find("cpu_time"), 2);
  std::istringstream in(kResults);
  const auto from_input = ReadMeasuredFile("-", in);
  ASSERT_TRUE(from_input.ok()) << from_input.status();
  EXPECT_EQ(std::get<Report>(*from_input).rows, report.rows);
  EXPECT_EQ(ReadReport(file, none_)->rows, report.rows);
}

TEST_F(MeasuredFileTest, TellsPairsByTheirFirstMembers) {
  // Too little of one to be read; who complains shows what it was taken for.
  const std::string file = Write(PairsFileText({.file = "p", .analyses = {16}}));
  EXPECT_THAT(std::string(ReadMeasuredFile(file, none_).status().message()),
              HasSubstr("base.binary"));
  EXPECT_THAT(std::string(ReadReport(file, none_).status().message()),
              HasSubstr("has no list \"benchmarks\""));
}

TEST_F(MeasuredFileTest, SaysWhatIsWrongWhicheverWayItReads) {
  const std::string file = Write(R"({"benchmarks": [{"name": "BM_A", "time_unit": "min"}]})");
  const auto read = ReadMeasuredFile(file, none_);
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("benchmarks[0].time_unit"));
  EXPECT_TRUE(absl::IsNotFound(ReadMeasuredFile(file + ".none", none_).status()));
  EXPECT_FALSE(ReadMeasuredFile(::testing::TempDir(), none_).ok());
}

// What comes from a pipe can be read only once.
TEST_F(MeasuredFileTest, ReadsAPipeWhateverItHolds) {
  for (const char* text :
       {kResults,
        R"({"benchmarks": [{"name": "BM_A", "cpu_time": 2, "time_unit": "ns", "x": {}}]})"}) {
    std::array<int, 2> ends = {};
    ASSERT_EQ(pipe(ends.data()), 0);
    ASSERT_GT(write(ends[1], text, std::strlen(text)), 0);
    close(ends[1]);
    const auto report = ReadReport(absl::StrCat("/dev/fd/", ends[0]), none_);
    close(ends[0]);
    ASSERT_TRUE(report.ok()) << report.status();
    EXPECT_EQ(report->rows.at(0).Find("cpu_time"), 2);
  }
}

TEST_F(MeasuredFileTest, ReadsFilesOfSeveralPieces) {
  std::string text = R"({"benchmarks": [)";
  for (int i = 0; i < 10'000; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : ",\n", R"({"name": "BM_)", i, R"(", "real_time": )", i,
                    R"(, "time_unit": "ns"})");
  }
  absl::StrAppend(&text, "]}");
  const auto report = ReadReport(Write(text), none_);
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_EQ(report->rows.size(), 10'000u);
  EXPECT_EQ(report->rows.back().name, "BM_9999");
  EXPECT_EQ(report->rows.back().Find("real_time"), 9'999);
}

}  // namespace
}  // namespace slo::tools
