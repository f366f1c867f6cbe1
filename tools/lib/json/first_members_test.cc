#include "tools/lib/json/first_members.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "key" or "key=text" of the members up to `last`.
std::vector<std::string> Seen(absl::string_view text, const std::string& last = "") {
  std::vector<std::string> seen;
  ScanFirstMembers(text, [&](const std::string& key, const std::optional<std::string>& value) {
    seen.push_back(value.has_value() ? absl::StrCat(key, "=", *value) : key);
    return key != last;
  });
  return seen;
}

TEST(ScanFirstMembers, SeesTheOutermostObjectsInOrder) {
  EXPECT_THAT(Seen(R"({"a": "x", "b": {"c": "y", "d": [{"e": 1}]}, "f": [1, {"g": 2}], "h": 1.5,
                       "i": null, "j": true, "k": -1})"),
              ElementsAre("a=x", "b", "f", "h", "i", "j", "k"));
}

TEST(ScanFirstMembers, StopsWhenItIsTold) {
  EXPECT_THAT(Seen(R"({"a": 1, "b": "x", "c": 2)", "b"), ElementsAre("a", "b=x"));
  EXPECT_THAT(Seen(R"({"a": {}, "b": 1})", "a"), ElementsAre("a"));
  EXPECT_THAT(Seen(R"({"a": [], "b": 1})", "a"), ElementsAre("a"));
}

TEST(ScanFirstMembers, EndsQuietlyWhereTheTextEndsOrIsNoJson) {
  EXPECT_THAT(Seen(R"({"a": 1, "b": {"c": )"), ElementsAre("a", "b"));
  EXPECT_THAT(Seen(R"({"a": 1, "b" 2})"), ElementsAre("a"));
  for (const char* text : {"", "1", "\"a\"", "null", "[{\"a\": 1}]", "no", "{}"}) {
    EXPECT_THAT(Seen(text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace slo::tools
