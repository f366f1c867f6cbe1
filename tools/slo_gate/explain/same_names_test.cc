#include "tools/slo_gate/explain/same_names.h"

#include "gtest/gtest.h"
#include "tools/slo_gate/explain/explain_testing.h"

namespace slo::tools {
namespace {

TEST(ShortenFiles, LeavesTheSharedFolderOut) {
  CallTree tree = TreeOf("main 1 1\n  F 1 1\n  std::x 1 1\n");
  tree.nodes[1].file = "/builds/17/src/bench/main.cc";
  tree.nodes[2].file = "/builds/17/src/base/f.cc";
  tree.nodes[3].file = "/usr/include/x.h";
  ShortenFiles(tree);
  EXPECT_EQ(tree.nodes[1].file, "bench/main.cc");
  EXPECT_EQ(tree.nodes[2].file, "base/f.cc");
  EXPECT_EQ(tree.nodes[3].file, "/usr/include/x.h");
}

TEST(UseSameNames, KnowsAFunctionThatIsInlinedInOneBuildOnly) {
  CallTree base = TreeOf("main 1 1\n  F - 1\n  F 1 1\n");
  CallTree candidate = TreeOf("main 1 1\n  F 1 1\n");
  base.nodes[3].file = "/src/other.cc";
  candidate.nodes[2].function = "a::(anonymous namespace)::F(int)";
  UseSameNames(base, candidate);
  EXPECT_EQ(base.nodes[2].function, "a::(anonymous namespace)::F(int)");
  EXPECT_EQ(base.nodes[3].function, "F");
  EXPECT_EQ(candidate.nodes[2].function, "a::(anonymous namespace)::F(int)");
  EXPECT_EQ(base.nodes[1].function, "main");
}

TEST(UseSameNames, MakesOneOfOverloadsOfABareName) {
  CallTree base = TreeOf("main 1 1\n  F 1 1\n  F 1 1\n  F - 1\n  a::G 1 1\n  a::G 1 1\n");
  base.nodes[2].function = "a::F(long)";
  base.nodes[3].function = "a::F(int)";
  base.nodes[5].function = "a::G(int)";
  base.nodes[6].function = "a::G(long)";
  CallTree candidate = base;
  UseSameNames(base, candidate);
  for (const size_t i : {2U, 3U, 4U}) EXPECT_EQ(base.nodes[i].function, "a::F(int)");
  EXPECT_EQ(base.nodes[5].function, "a::G(int)");
  EXPECT_EQ(base.nodes[6].function, "a::G(long)");
}

}  // namespace
}  // namespace slo::tools
