#include "tools/slo_gate/explain/cost_difference.h"

#include <cmath>
#include <string>

#include "gtest/gtest.h"
#include "tools/slo_gate/explain/explain_testing.h"

namespace slo::tools {
namespace {

std::vector<FunctionCost> DifferenceOf(absl::string_view base, absl::string_view candidate) {
  return DifferenceByFunction(MakeOwnTree(TreeOf(base)), MakeOwnTree(TreeOf(candidate)));
}

double SumOfDifferences(const std::vector<FunctionCost>& functions) {
  double sum = 0;
  for (const FunctionCost& function : functions) sum += function.difference;
  return sum;
}

constexpr absl::string_view kTreeBefore = R"(
main 1 10
  Parse 2 100
    std::copy 4 50
    Helper 6 60
  Write 1 200
    Helper 3 30
)";

TEST(DifferenceByFunction, IsZeroOfEqualTrees) {
  for (const FunctionCost& function : DifferenceOf(kTreeBefore, kTreeBefore)) {
    EXPECT_EQ(function.difference, 0) << function.function;
    EXPECT_TRUE(function.calls.empty());
  }
}

TEST(DifferenceByFunction, NamesTheFunctionThatDoesMore) {
  const auto functions = DifferenceOf(kTreeBefore, R"(
main 1 10
  Parse 2 100
    std::copy 4 50
    Helper 6 60
  Write 1 950
    Helper 3 30
)");
  EXPECT_EQ(functions[0].function, "Write");
  EXPECT_EQ(functions[0].difference, 750);
  EXPECT_EQ(functions[0].base, 200);
  EXPECT_EQ(functions[0].candidate, 950);
  EXPECT_EQ(functions[0].file, "/src/Write.cc");
  EXPECT_EQ(SumOfDifferences(functions), 750);
}

TEST(DifferenceByFunction, CountsLibrariesWithWhoCallsThem) {
  const auto functions = DifferenceOf(kTreeBefore, R"(
main 1 10
  Parse 2 100
    std::copy 4 950
    Helper 6 60
  Write 1 200
    Helper 3 30
)");
  EXPECT_EQ(functions[0].function, "Parse");
  EXPECT_EQ(functions[0].difference, 900);
  EXPECT_EQ(SumOfDifferences(functions), 900);
}

TEST(DifferenceByFunction, NamesTheCallerThatCallsMoreOften) {
  const auto functions = DifferenceOf(kTreeBefore, R"(
main 1 10
  Parse 2 105
    std::copy 4 50
    Helper 60 600
  Write 1 200
    Helper 3 30
)");
  EXPECT_EQ(functions[0].function, "Parse");
  EXPECT_EQ(functions[0].difference, 545);
  ASSERT_EQ(functions[0].calls.size(), 1);
  EXPECT_EQ(functions[0].calls[0], (ChangedCalls{"Helper", 6, 60, 540}));
  EXPECT_EQ(SumOfDifferences(functions), 545);
}

TEST(DifferenceByFunction, NamesACalleeThatCostsMoreEachTime) {
  const auto functions = DifferenceOf(kTreeBefore, R"(
main 1 10
  Parse 2 100
    std::copy 4 50
    Helper 6 660
  Write 1 200
    Helper 3 330
)");
  EXPECT_EQ(functions[0].function, "Helper");
  EXPECT_EQ(functions[0].difference, 900);
  EXPECT_EQ(functions[0].base, 90);
  EXPECT_TRUE(functions[0].calls.empty());
}

TEST(DifferenceByFunction, TellsOftenerFromDearer) {
  // Twice as often, and each time three times as costly.
  const auto functions = DifferenceOf("main 1 10\n  F 1 100\n", "main 1 10\n  F 2 600\n");
  EXPECT_EQ(functions[0].function, "F");
  EXPECT_EQ(functions[0].difference, 400);
  EXPECT_EQ(functions[1].function, "main");
  EXPECT_EQ(functions[1].difference, 100);
}

TEST(DifferenceByFunction, ChargesNewAndRemovedFunctionsToTheirCaller) {
  const auto added = DifferenceOf(kTreeBefore, R"(
main 1 10
  Parse 2 100
    std::copy 4 50
    Helper 6 60
    Slow 2 900
      Slower 4 100
  Write 1 200
    Helper 3 30
)");
  EXPECT_EQ(added[0].function, "Parse");
  EXPECT_EQ(added[0].difference, 1000);
  EXPECT_EQ(added[0].calls[0], (ChangedCalls{"Slow", 0, 2, 1000}));
  const auto removed = DifferenceOf(kTreeBefore,
                                    "main 1 10\n  Parse 2 100\n    std::copy 4 50\n"
                                    "    Helper 6 60\n");
  EXPECT_EQ(removed[0].function, "main");
  EXPECT_EQ(removed[0].difference, -230);
  EXPECT_EQ(SumOfDifferences(removed), -230);
}

TEST(DifferenceByFunction, TakesAnInlinedFunctionAsCalledAsOftenAsItsCaller) {
  const auto functions =
      DifferenceOf("main 1 0\n  F 2 10\n    G - 100\n", "main 1 0\n  F 2 10\n    G 8 500\n");
  EXPECT_EQ(functions[0].function, "G");
  EXPECT_EQ(functions[0].difference, 400);
  const auto oftener =
      DifferenceOf("main 1 0\n  F 2 10\n    G - 100\n", "main 1 0\n  F 4 20\n    G - 200\n");
  EXPECT_EQ(oftener[0].function, "main");
  EXPECT_EQ(oftener[0].difference, 110);
}

TEST(DifferenceByFunction, AddsUpWhateverChanges) {
  const auto functions = DifferenceOf(kTreeBefore, R"(
main 1 17
  Read 3 40
    std::copy 1 5
    Helper 2 800
  Write 5 100
    Helper 1 3
    Parse 1 77
)");
  EXPECT_DOUBLE_EQ(SumOfDifferences(functions), 17 + 40 + 5 + 800 + 100 + 3 + 77 - 450);
  for (size_t i = 1; i < functions.size(); ++i) {
    EXPECT_GE(std::abs(functions[i - 1].difference), std::abs(functions[i].difference));
  }
}

TEST(DifferenceOfAllocations, NamesTheFunctionThatAllocates) {
  const auto rows = DifferenceOfAllocations(
      MakeOwnTree(TreeOf("main 1 1\n  F 1 1\n    std::reserve 1 1\n      malloc 2 9\n"
                         "  G 1 1\n    malloc 1 9\n")),
      MakeOwnTree(TreeOf("main 1 1\n  F 1 1\n    std::reserve 1 1\n      malloc 7 9\n"
                         "  G 1 1\n    malloc 1 9\n")));
  ASSERT_EQ(rows.size(), 1);
  EXPECT_EQ(rows[0].function, "F");
  EXPECT_EQ(rows[0].base, 2);
  EXPECT_EQ(rows[0].candidate, 7);
  EXPECT_EQ(rows[0].difference(), 5);
}

}  // namespace
}  // namespace slo::tools
