#include "tools/slo_gate/explain/own_tree.h"

#include "gtest/gtest.h"
#include "tools/slo_gate/explain/explain_testing.h"

namespace slo::tools {
namespace {

TEST(OwnTree, CountsLibrariesWithTheirCallers) {
  const OwnTree tree = MakeOwnTree(TreeOf(R"(
std::start 1 1
  main 1 10
    std::sort 1 100
      Less 7 20
        std::compare 7 5
      std::swap 3 9
)"));
  ASSERT_EQ(tree.nodes.size(), 3);
  EXPECT_EQ(tree.nodes[0].instructions, 1);
  EXPECT_EQ(tree.nodes[1].function, "main");
  EXPECT_EQ(tree.nodes[1].instructions, 119);
  EXPECT_EQ(tree.nodes[2].function, "Less");
  EXPECT_EQ(tree.nodes[2].instructions, 25);
  EXPECT_EQ(tree.nodes[2].calls, 7);
  EXPECT_EQ(tree.functions.at("main").file, "/src/main.cc");
}

TEST(OwnTree, TakesRecursionAsOneFunction) {
  const OwnTree tree = MakeOwnTree(TreeOf("F 1 1\n  std::x 1 2\n    F 5 4\n      F 6 8\n"));
  ASSERT_EQ(tree.nodes.size(), 2);
  EXPECT_EQ(tree.nodes[1].instructions, 15);
  EXPECT_EQ(tree.nodes[1].calls, 1);
}

TEST(OwnTree, JoinsInlinedAndOtherCalls) {
  const OwnTree tree = MakeOwnTree(TreeOf("F 1 1\n  std::x 1 2\n    G 5 4\n  G - 8\n"));
  ASSERT_EQ(tree.nodes.size(), 3);
  EXPECT_TRUE(tree.nodes[2].is_inlined);
  EXPECT_EQ(tree.nodes[2].instructions, 12);
}

TEST(OwnTree, TakesWhatIsInlinedIntoALibraryAsCalledWithIt) {
  const OwnTree tree =
      MakeOwnTree(TreeOf("F 1 1\n  std::sort 3 2\n    std::swap - 1\n      Less - 4\n"));
  ASSERT_EQ(tree.nodes.size(), 3);
  EXPECT_EQ(tree.nodes[2].function, "Less");
  EXPECT_EQ(tree.nodes[2].calls, 3);
  EXPECT_FALSE(tree.nodes[2].is_inlined);
  EXPECT_TRUE(MakeOwnTree(TreeOf("F 1 1\n  std::sort - 2\n    Less - 4\n")).nodes[2].is_inlined);
}

TEST(OwnTree, CountsAnAllocationOnce) {
  CallTree calls = TreeOf(R"(
F 1 1
  std::reserve 2 2
    operator-new 0 0
  std::push 3 2
    malloc 4 1
      slo::exact::HeapAllocate 4 0
)");
  calls.nodes[2].call_line = 11;
  calls.nodes[3].function = "operator new(unsigned long)";
  calls.nodes[3].is_own = false;
  calls.nodes[3].calls = 1;
  calls.nodes[4].call_line = 12;
  const OwnTree tree = MakeOwnTree(calls);
  EXPECT_EQ(tree.functions.at("F").allocations, 5);
  EXPECT_EQ(tree.functions.at("F").allocation_line, 12);
}

}  // namespace
}  // namespace slo::tools
