#include "tools/lib/json/list_splitter.h"

#include <optional>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Split {
  std::vector<std::string> elements;
  std::optional<std::string> rest;
};

// `step`: characters a piece.
Split SplitBy(absl::string_view text, size_t step) {
  Split split;
  ListSplitter splitter("rows", [&](absl::string_view element) {
    split.elements.emplace_back(element);
    return true;
  });
  for (; !text.empty(); text.remove_prefix(std::min(step, text.size()))) {
    if (!splitter.Feed(text.substr(0, step))) return split;
  }
  split.rest = std::move(splitter).Finish();
  return split;
}

TEST(ListSplitter, GivesTheSameHoweverTheTextIsCut) {
  const std::string text =
      R"( {"a": {"rows": [1]}, "b": "rows", "rows" : [ {"x": "}\"]", "y": [{}]} ,{}], "z": [2]} )";
  for (size_t step = 1; step <= text.size(); ++step) {
    const Split split = SplitBy(text, step);
    EXPECT_THAT(split.elements, ElementsAre(R"({"x": "}\"]", "y": [{}]})", "{}")) << step;
    EXPECT_EQ(split.rest, R"( {"a": {"rows": [1]}, "b": "rows", "rows" : [], "z": [2]} )") << step;
  }
}

TEST(ListSplitter, TakesAnEmptyList) {
  const Split split = SplitBy(R"({"rows": [ ]})", 3);
  EXPECT_THAT(split.elements, IsEmpty());
  EXPECT_EQ(split.rest, R"({"rows": []})");
}

TEST(ListSplitter, HasNoRestOfWhatIsOfAnotherForm) {
  for (const char* text :
       {"", "[]", "{}", R"({"rows": 1})", R"({"rows": {}})", R"({"rows": [1]})",
        R"({"rows": [{} {}]})", R"({"rows": [,{}]})", R"({"rows": [{},]})", R"({"rows": [{}}})",
        R"({"rows": [{"a": 1})", R"({"rows": [{"a": "})", R"({"rows")",
        R"({"x": [{"rows": [{}]}]})", R"({"rows": "rows" [{}]})", R"({"r\u006fws": [{}]})"}) {
    for (const size_t step : {size_t{1}, size_t{100}}) {
      EXPECT_FALSE(SplitBy(text, step).rest.has_value()) << text;
    }
  }
}

TEST(ListSplitter, LeavesASecondListOfTheNameInTheRest) {
  EXPECT_EQ(SplitBy(R"({"rows": [{}], "rows": [{}]})", 4).rest, R"({"rows": [], "rows": [{}]})");
}

TEST(ListSplitter, EndsWhenItsTakerSaysSo) {
  int taken = 0;
  ListSplitter splitter("rows", [&](absl::string_view) { return ++taken < 2; });
  EXPECT_FALSE(splitter.Feed(R"({"rows": [{}, {}, {}]})"));
  EXPECT_EQ(taken, 2);
}

}  // namespace
}  // namespace slo::tools
