#include "tools/lib/json/number_texts.h"

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using Texts = std::map<std::string, std::string>;

TEST(NumberTexts, KeepsWhatWasWritten) {
  EXPECT_EQ(NumberTexts(R"({"a": 5e9, "b": [0.990, {"c/d": 1E-3, "~": -0.0}], "n": 7,
                            "t": "5e9", "x": [[1.50]], "z": null, "y": true, "last": 2.0})"),
            (Texts{{"/a", "5e9"},
                   {"/b/0", "0.990"},
                   {"/b/1/c~1d", "1E-3"},
                   {"/b/1/~0", "-0.0"},
                   {"/x/0/0", "1.50"},
                   {"/last", "2.0"}}));
  EXPECT_EQ(NumberTexts("1.50"), (Texts{{"", "1.50"}}));
}

TEST(NumberTexts, HasNoneOfATextThatIsNoJson) {
  for (const char* text : {"", "{", R"({"a": 5e9)", "[1.5,]"}) {
    EXPECT_EQ(NumberTexts(text), Texts{}) << text;
  }
}

}  // namespace
}  // namespace slo::tools
