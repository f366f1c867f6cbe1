#include "tools/slo_gate/explain/per_iteration.h"

#include "gtest/gtest.h"
#include "tools/slo_gate/explain/explain_testing.h"

namespace slo::tools {
namespace {

TEST(PerIteration, LeavesOutWhatBothDoOnce) {
  const CallTree tree = PerIteration(TreeOf("main 1 500\n  Start 1 70\n  F 32 320\n    G - 64\n"),
                                     TreeOf("main 1 500\n  F 96 960\n    G - 192\n  Start 1 70\n"
                                            "  Once 1 64\n"),
                                     64);
  EXPECT_EQ(tree.instructions(), 10 + 2 + 1);
  for (const CallTreeNode& node : tree.nodes) {
    if (node.function == "F") {
      EXPECT_EQ(node.calls, 1);
      EXPECT_EQ(node.instructions, 10);
      EXPECT_TRUE(node.is_own);
      EXPECT_EQ(node.file, "/src/F.cc");
    }
    if (node.function == "Start" || node.function == "main") {
      EXPECT_EQ(node.instructions, 0);
    }
    if (node.function == "G") {
      EXPECT_TRUE(node.is_inlined);
    }
  }
}

}  // namespace
}  // namespace slo::tools
