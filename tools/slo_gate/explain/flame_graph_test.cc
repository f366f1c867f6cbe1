#include "tools/slo_gate/explain/flame_graph.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/explain/explain_testing.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kFlameBase = "main 1 100\n  F 1 100\n  Gone 1 50\n";
constexpr absl::string_view kFlameCandidate = "main 1 100\n  F 1 300\n    New 1 10\n";

size_t Occurrences(absl::string_view text, absl::string_view what) {
  size_t count = 0;
  for (size_t at = text.find(what); at != absl::string_view::npos; at = text.find(what, at + 1)) {
    ++count;
  }
  return count;
}

TEST(FlameGraph, HasABoxForEachFunctionOfEitherBuild) {
  const std::string svg =
      FlameGraph(TreeOf(kFlameBase), TreeOf(kFlameCandidate), "BM_A", "request");
  EXPECT_EQ(Occurrences(svg, "<g>"), 4);
  EXPECT_TRUE(absl::StrContains(svg,
                                "<title>F: 310.0, before 100.0 (+210.0); its own code 300.0, "
                                "before 100.0</title>"));
  EXPECT_TRUE(absl::StrContains(svg, "<title>Gone: 0.0, before 50.0 (-50.0)"));
  EXPECT_TRUE(absl::StrContains(svg, "instructions of one request: 410.0, before 250.0 (+160.0)"));
}

TEST(FlameGraph, ShowsMoreInRedAndLessInBlue) {
  const auto color_of = [](absl::string_view svg, absl::string_view function) {
    const size_t at = svg.find(absl::StrCat("<title>", function, ":"));
    const size_t fill = svg.find("fill=\"", at) + 6;
    return std::string(svg.substr(fill, svg.find('"', fill) - fill));
  };
  const std::string svg =
      FlameGraph(TreeOf(kFlameBase), TreeOf(kFlameCandidate), "BM_A", "request");
  EXPECT_TRUE(absl::StartsWith(color_of(svg, "F"), "rgb(250,"));
  EXPECT_TRUE(absl::EndsWith(color_of(svg, "Gone"), ",250)"));
  const std::string same = FlameGraph(TreeOf(kFlameBase), TreeOf(kFlameBase), "BM_A", "request");
  EXPECT_EQ(color_of(same, "F"), "rgb(238,238,238)");
}

TEST(FlameGraph, TakesNamesForText) {
  const std::string hostile = "</title><script>alert(1)</script>&\"\x01\xff";
  CallTree tree = TreeOf(kFlameBase);
  tree.nodes[2].function = hostile;
  const std::string svg = FlameGraph(tree, tree, hostile, hostile);
  EXPECT_FALSE(absl::StrContains(svg, "<script"));
  EXPECT_FALSE(absl::StrContains(svg, "\x01"));
  EXPECT_FALSE(absl::StrContains(svg, "\xff"));
  EXPECT_TRUE(
      absl::StrContains(svg, "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;"));
}

TEST(FlameGraph, IsBounded) {
  CallTree wide = TreeOf("main 1 1\n");
  CallTree deep = TreeOf("main 1 1\n");
  for (int i = 0; i < 20'000; ++i) {
    wide.nodes[1].children.push_back(wide.nodes.size());
    wide.nodes.push_back(
        {.function = absl::StrCat("F", i, std::string(1'000, 'x')), .instructions = 1});
    deep.nodes.back().children.push_back(deep.nodes.size());
    deep.nodes.push_back({.function = absl::StrCat("F", i), .instructions = 1});
  }
  for (const CallTree* tree : {&wide, &deep}) {
    const std::string svg = FlameGraph(*tree, *tree, "BM_A", "run");
    EXPECT_LE(Occurrences(svg, "<g>"), kMaxFlameBoxes);
    EXPECT_LT(svg.size(), 4'000'000);
    EXPECT_TRUE(absl::StrContains(svg, "narrower boxes left out"));
  }
}

TEST(FlameGraph, OfNothingIsAnImage) {
  const std::string svg = FlameGraph(CallTree{.nodes = {{}}}, CallTree{.nodes = {{}}}, "", "run");
  EXPECT_TRUE(absl::EndsWith(svg, "</svg>\n"));
  EXPECT_FALSE(absl::StrContains(svg, "nan"));
}

}  // namespace
}  // namespace slo::tools
