#include "tools/lib/text/problem_list.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

std::string MessageOf(const ProblemList& problems, absl::string_view where = "") {
  return std::string(problems.ToStatus(where).message());
}

// Problems "0", "1", ..., a line each.
ProblemList Numbered(int count) {
  ProblemList problems;
  for (int i = 0; i < count; ++i) problems.Add(absl::StrCat(i));
  return problems;
}

std::string LinesUpTo(int count) {
  std::string lines = "0";
  for (int i = 1; i < count; ++i) absl::StrAppend(&lines, "\n", i);
  return lines;
}

TEST(ProblemList, IsOkWithoutProblems) {
  ProblemList problems;
  EXPECT_TRUE(problems.ToStatus("f").ok());
  problems.Add(absl::OkStatus());
  EXPECT_TRUE(problems.ToStatus("f").ok());
}

TEST(ProblemList, HasAProblemALineEachHeadedByWhereItIs) {
  ProblemList problems;
  problems.Add(std::string("a"));
  EXPECT_EQ(MessageOf(problems), "a");
  EXPECT_EQ(MessageOf(problems, "f"), "f: a");
  problems.Add(absl::NotFoundError("b"));
  EXPECT_EQ(MessageOf(problems), "a\nb");
  EXPECT_EQ(MessageOf(problems, "f"), "f: a\nf: b");
  EXPECT_EQ(problems.ToStatus().code(), absl::StatusCode::kInvalidArgument);
}

TEST(ProblemList, TakesInWhatCouldBeReadAndNotesWhatCouldNot) {
  ProblemList problems;
  std::vector<int> numbers;
  problems.Take(absl::StatusOr<int>(7), numbers);
  problems.Take(absl::StatusOr<int>(absl::NotFoundError("none")), numbers);
  problems.Take(absl::StatusOr<int>(8), numbers);
  EXPECT_EQ(numbers, (std::vector<int>{7, 8}));
  EXPECT_EQ(MessageOf(problems), "none");
}

TEST(ProblemList, ShowsTheFirstHundredAndTheNumberOfTheOthers) {
  EXPECT_EQ(MessageOf(Numbered(99)), LinesUpTo(99));
  EXPECT_EQ(MessageOf(Numbered(100)), LinesUpTo(100));
  EXPECT_EQ(MessageOf(Numbered(101)), LinesUpTo(100) + "\nand 1 more problems");
  EXPECT_EQ(MessageOf(Numbered(250)), LinesUpTo(100) + "\nand 150 more problems");
}

}  // namespace
}  // namespace slo::tools
