#include "tools/slo_gate/explain/call_tree.h"

#include <functional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

// "main 10 [F x2 5 ..]", children in their order.
std::string TreeText(const CallTree& tree) {
  std::function<std::string(size_t)> text = [&](size_t index) {
    const CallTreeNode& node = tree.nodes[index];
    std::string line = absl::StrFormat("%s%s x%g %g", node.function, node.is_own ? "*" : "",
                                       node.calls, node.instructions);
    for (const size_t child : node.children) absl::StrAppend(&line, " [", text(child), "]");
    return line;
  };
  return text(0);
}

CallgrindFunction ProfiledFunction(const std::string& name, std::vector<CallgrindCost> costs,
                                   std::vector<CallgrindCall> calls = {}) {
  return {.name = name, .object = "/src/bin", .costs = std::move(costs), .calls = std::move(calls)};
}

TEST(CallTree, WithoutDebugInformationHasTheFunctionsOfTheFile) {
  const CallgrindProfile profile = {
      .instructions = 60,
      .functions = {
          ProfiledFunction("main", {{0x1, 10}}, {{0x2, 1, 3, 50}}),
          ProfiledFunction("F(int) [clone .part.0]'main", {{0x8, 20}}, {{0x9, 2, 6, 30}}),
          {.name = "memcpy'F(int)'main", .object = "/usr/lib/libc.so.6", .costs = {{1, 30}}}}};
  const CallTree tree = MakeCallTree(profile, {});
  EXPECT_FALSE(tree.has_debug_information);
  EXPECT_EQ(TreeText(tree), "(program) x0 0 [main* x0 10 [F(int)* x3 20 [memcpy x6 30]]]");
  EXPECT_EQ(tree.instructions(), 60);
}

TEST(CallTree, KnowsOwnFunctionsWhereOnlyTheirNamesAreKnown) {
  const CallgrindProfile profile = {
      .instructions = 30,
      .functions = {ProfiledFunction("main", {{0x1, 10}}, {{0x1, 1, 1, 20}}),
                    ProfiledFunction("std::f()", {{0x2, 20}})}};
  const CodeFrames code = {{0x1, {{"main", "", 0}}}, {0x2, {{"std::f()", "", 0}}}};
  const CallTree tree = MakeCallTree(profile, {{"/src/bin", code}});
  EXPECT_FALSE(tree.has_debug_information);
  EXPECT_EQ(TreeText(tree), "(program) x0 0 [main* x0 10 [std::f() x1 20]]");
}

TEST(CallTree, HasInlinedFunctionsOfTheirOwn) {
  const CallgrindProfile profile = {
      .has_addresses = true,
      .instructions = 100,
      .functions = {ProfiledFunction("main", {{0x1, 10}, {0x2, 20}, {0x3, 30}}, {{0x3, 1, 4, 40}}),
                    ProfiledFunction("Callee", {{0x10, 40}})}};
  const CodeFrame main = {"main", "/src/a.cc", 7};
  const CodeFrames code = {
      {0x1, {main}},
      {0x2, {{"In(int)", "/src/a.h", 5}, main}},
      {0x3, {{"std::max", "/usr/include/c++/12/max.h", 2}, {"In(int)", "/src/a.h", 6}, main}},
      {0x10, {{"Callee(int)", "/src/b.cc", 1}}}};
  const CallTree tree = MakeCallTree(profile, {{"/src/bin", code}});
  EXPECT_TRUE(tree.has_debug_information);
  EXPECT_EQ(TreeText(tree),
            "(program) x0 0 [main* x0 10 [In(int)* x0 20 [std::max x0 30 [Callee(int)* x4 40]]]]");
  EXPECT_TRUE(tree.nodes[2].is_inlined);
  EXPECT_EQ(tree.nodes[2].call_line, 7);
  EXPECT_EQ(tree.nodes[3].call_line, 6);
  EXPECT_FALSE(tree.nodes[4].is_inlined);
}

TEST(CallTree, DividesASharedFunctionByTheCostsOfItsCalls) {
  const CallgrindProfile profile = {
      .instructions = 130,
      .functions = {ProfiledFunction("main", {{1, 10}}, {{2, 1, 1, 40}, {3, 2, 1, 80}}),
                    ProfiledFunction("A", {{4, 10}}, {{5, 3, 1, 30}}),
                    ProfiledFunction("B", {{6, 20}}, {{7, 3, 2, 60}}),
                    ProfiledFunction("C", {{8, 90}})}};
  EXPECT_EQ(TreeText(MakeCallTree(profile, {})),
            "(program) x0 0 [main* x0 10 [A* x1 10 [C* x1 30]] [B* x1 20 [C* x2 60]]]");
}

TEST(CallTree, LosesNothingToRecursion) {
  const CallgrindProfile profile = {
      .instructions = 100,
      .functions = {ProfiledFunction("main", {{1, 10}}, {{2, 1, 1, 90}}),
                    ProfiledFunction("A", {{4, 30}}, {{5, 2, 1, 80}, {6, 1, 5, 50}}),
                    ProfiledFunction("B", {{6, 60}}, {{7, 1, 1, 70}})}};
  const CallTree tree = MakeCallTree(profile, {});
  EXPECT_DOUBLE_EQ(tree.instructions(), 100);
  EXPECT_EQ(tree.nodes.back().function, "(other)");
}

TEST(CallTree, BeginsWhereItIsAskedTo) {
  const CallgrindProfile profile = {
      .instructions = 71,
      .functions = {ProfiledFunction("main", {{1, 1}}, {{2, 1, 1, 30}, {3, 2, 1, 40}}),
                    ProfiledFunction("a::Send(int)'main", {{4, 30}}),
                    ProfiledFunction("a::Send(int)'b'main", {{4, 30}}, {{5, 3, 2, 10}}),
                    ProfiledFunction("a::SendAll()'a::Send(int)'b'main", {{8, 10}})}};
  EXPECT_EQ(TreeText(MakeCallTree(profile, {}, {.part_of_name = "a::Send"})),
            "(program) x0 0 [a::Send(int)* x0 60 [a::SendAll()* x2 10]] [(other) x0 1]");
  EXPECT_EQ(TreeText(MakeCallTree(profile, {}, {.part_of_name = "a::Send", .has_others = false})),
            "(program) x0 0 [a::Send(int)* x0 60 [a::SendAll()* x2 10]]");
  // Without such a function it is all there.
  const CallTree whole = MakeCallTree(profile, {}, {.part_of_name = "none", .has_others = false});
  EXPECT_EQ(whole.nodes[1].function, "main");
  EXPECT_EQ(whole.instructions(), 71);
}

TEST(CallTree, FollowsCallsOfTheHeapThatAreNotCollected) {
  const CallgrindProfile profile = {
      .instructions = 10,
      .functions = {ProfiledFunction("main", {{1, 10}}, {{2, 1, 3, 0}}),
                    ProfiledFunction("malloc", {{4, 0}})}};
  EXPECT_EQ(TreeText(MakeCallTree(profile, {})), "(program) x0 0 [main* x0 10 [malloc x3 0]]");
}

TEST(CallTree, NamesWhatHasNoName) {
  const CallgrindProfile profile = {.instructions = 1,
                                    .functions = {ProfiledFunction("0x00000000000123", {{1, 1}})}};
  EXPECT_EQ(MakeCallTree(profile, {}).nodes[1].function, "(without a name, bin)");
}

TEST(IsAllocator, KnowsTheHeapsFunctions) {
  for (const char* name : {"operator new(unsigned long)", "operator new[](unsigned long)", "malloc",
                           "calloc", "slo::exact::HeapAllocate(unsigned long, unsigned long)"}) {
    EXPECT_TRUE(IsAllocator(name)) << name;
  }
  for (const char* name : {"free", "mallocate(int)", "a::malloc(int)", "operator delete(void*)"}) {
    EXPECT_FALSE(IsAllocator(name)) << name;
  }
}

}  // namespace
}  // namespace slo::tools
