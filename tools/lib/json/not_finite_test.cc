#include "tools/lib/json/not_finite.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

constexpr const char* kNotFinite[] = {
    "nan",     "NaN",      "NAN",          "-nan",      "-NaN",
    "+nan",    "nan(ind)", "-nan(ind)",    "nan(snan)", "nan(0x8000000000000)",
    "nan()",   "NaNQ",     "NaNS",         "inf",       "-inf",
    "INF",     "+inf",     "Infinity",     "-Infinity", "infinity",
    "1.#INF",  "-1.#INF",  "1.#IND",       "-1.#IND",   "1.#QNAN",
    "1.#SNAN", "1.#QNAN0", "1.#INF00e+00", "1.#J",      "-1.#IND0000000000000000e+000",
};

TEST(IsNotFiniteWord, KnowsEverySpelling) {
  for (const char* word : kNotFinite) EXPECT_TRUE(IsNotFiniteWord(word)) << word;
}

TEST(IsNotFiniteWord, KnowsNoOther) {
  for (const char* word : {"", "-", "n", "null", "none", "na", "nanx", "nan(", "nan(a-b)", "info",
                           "1", "1.5", "-1e5", "1.#", "1.#X", "1.#INFx", "i", "infinit"}) {
    EXPECT_FALSE(IsNotFiniteWord(word)) << word;
  }
  EXPECT_FALSE(IsNotFiniteWord(absl::StrCat("nan(", std::string(100, '0'), ")")));
}

TEST(WithNullForNotFinite, ReplacesEveryWordAndKeepsColumns) {
  for (const char* word : kNotFinite) {
    const std::string text = absl::StrCat("{\"a\": ", word, ", \"b\": [1,", "  ", word, "]}");
    const auto readable = WithNullForNotFinite(text);
    ASSERT_TRUE(readable.has_value()) << word;
    EXPECT_EQ(readable->size(), text.size()) << *readable;
    EXPECT_EQ(readable->find(word), std::string::npos) << *readable;
  }
  EXPECT_EQ(WithNullForNotFinite("[NaN,NaN]"), "[null,null]");
  EXPECT_EQ(WithNullForNotFinite("NaN"), "null");
}

TEST(WithNullForNotFinite, LeavesEveryOtherTextAsItIs) {
  for (const char* text :
       {"", "\"", "\"\\", "{\"nan\": \"NaN\", \"a\": [1, {}]}", "{\"a \\\" : NaN\": 1}",
        "{\"a\": nanx}", "{nan: 1}", "{\"a\": 1 NaN}", "[-1, 1.5e+3, null]"}) {
    EXPECT_EQ(WithNullForNotFinite(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace slo::tools
