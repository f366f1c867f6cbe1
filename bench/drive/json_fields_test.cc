#include "bench/drive/json_fields.h"

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::bench {
namespace {

TEST(JsonFields, FindsMembersInAnyOrder) {
  JsonFields fields(R"({"id":7,"status":"success","rate":100.0,"done":true,"none":null})");
  EXPECT_EQ(fields.Find("rate"), "100.0");
  EXPECT_EQ(fields.FindInt("id"), 7);
  EXPECT_EQ(fields.Find("none"), "null");
  EXPECT_EQ(fields.Find("status"), "\"success\"");
  EXPECT_EQ(fields.Find("status"), "\"success\"") << "again, after a whole round";
  EXPECT_EQ(fields.Find("absent"), std::nullopt);
  EXPECT_EQ(fields.Find("done"), "true") << "still usable after a miss";
}

TEST(JsonFields, LooksOnlyAtTheTopLevel) {
  JsonFields fields(R"({"a":{"id":1,"b":[{"id":2}]},"id":3})");
  EXPECT_EQ(fields.FindInt("id"), 3);
  EXPECT_EQ(JsonFields(*fields.Find("a")).FindInt("id"), 1);
}

TEST(JsonFields, IsNotMisledByTextThatLooksLikeStructure) {
  JsonFields fields(R"({"a":"}\",\"id\":9,{[\\","b":["]"],"id":4})");
  EXPECT_EQ(fields.FindInt("id"), 4);
}

TEST(JsonFields, AcceptsWhitespaceBetweenTokens) {
  JsonFields fields("{ \"a\" : 1 ,\n\t\"b\" : [ 1 , 2 ] }");
  EXPECT_EQ(fields.FindInt("a"), 1);
  EXPECT_EQ(fields.Find("b"), "[ 1 , 2 ]");
}

TEST(JsonFields, RefusesANumberThatIsNoInteger) {
  JsonFields fields(R"({"a":1.5,"b":"2"})");
  EXPECT_EQ(fields.FindInt("a"), std::nullopt);
  EXPECT_EQ(fields.FindInt("b"), std::nullopt);
}

TEST(JsonFields, FindsNothingBehindATruncation) {
  const std::string whole = R"({"a":{"x":"y"},"b":[1,2],"c":"z","id":12})";
  for (size_t size = 0; size < whole.size(); ++size) {
    JsonFields fields(absl::string_view(whole).substr(0, size));
    EXPECT_EQ(fields.FindInt("id"), std::nullopt) << "first " << size << " bytes";
  }
  EXPECT_EQ(JsonFields(whole).FindInt("id"), 12);
}

TEST(JsonFields, FindsNothingInWhatIsNoObject) {
  for (const absl::string_view text :
       {"", "[]", "null", "{}", "{", "plain text", "{\"a\"}", "{,}"}) {
    EXPECT_EQ(JsonFields(text).Find("a"), std::nullopt) << text;
  }
}

TEST(JsonFields, AgreesWithAFullParserOnANestedDocument) {
  const nlohmann::json document = {{"plain", 1},
                                   {"text", "quote \" backslash \\ brace } comma ,"},
                                   {"list", {1, "two", {{"three", nullptr}}}},
                                   {"object", {{"inner", {{"deep", true}}}}}};
  const std::string text = document.dump();
  JsonFields fields(text);
  for (const auto& [key, value] : document.items()) {
    const auto found = fields.Find(key);
    ASSERT_TRUE(found.has_value()) << key;
    EXPECT_EQ(nlohmann::json::parse(found->begin(), found->end()), value) << key;
  }
}

// Behind a text that ends early there is memory that goes on as if it had not.
TEST(JsonFields, FindsInEveryPrefixExactlyTheMembersThatAreWhole) {
  const std::string whole =
      "{ \"a\" : 12 ,\t\"b\":\"x\\\"}\\\\\",\r\n\"c\" :[ 1,{\"d\":\"]\"} ] , "
      "\"e\":{\"f\":[{}]},\"g\":true }";
  // A scalar is whole where something ends it; the others end by themselves.
  const std::vector<std::pair<std::string, std::string>> members = {{"a", "12"},
                                                                    {"b", R"("x\"}\\")"},
                                                                    {"c", R"([ 1,{"d":"]"} ])"},
                                                                    {"e", R"({"f":[{}]})"},
                                                                    {"g", "true"}};
  for (size_t size = 0; size <= whole.size(); ++size) {
    for (const auto& [key, value] : members) {
      const bool is_scalar = key == "a" || key == "g";
      const size_t end = whole.find(value) + value.size() + (is_scalar ? 1 : 0);
      JsonFields fields(absl::string_view(whole).substr(0, size));
      EXPECT_EQ(fields.Find(key),
                size >= end ? std::optional<absl::string_view>(value) : std::nullopt)
          << key << " in the first " << size << " bytes";
    }
  }
}

TEST(JsonFields, FindsEachMemberFromWhereverTheLastSearchEnded) {
  const std::string text = R"({"a":1,"b":2,"c":3})";
  for (const char* first : {"a", "b", "c", "d"}) {
    for (const char* second : {"a", "b", "c", "d"}) {
      JsonFields fields(text);
      fields.Find(first);
      const auto found = fields.FindInt(second);
      EXPECT_EQ(found,
                second[0] == 'd' ? std::nullopt : std::optional<int64_t>(second[0] - 'a' + 1))
          << second << " after " << first;
    }
  }
}

TEST(JsonFields, FindsNothingBehindWhatIsMalformed) {
  for (const absl::string_view text :
       {R"({"x":1 "a":2})", R"({"x" 1,"a":2})", R"({"x":,"a":2})", R"({x:1,"a":2})",
        R"("x":1,"a":2})", R"([{"a":2})", R"({"x":1;"a":2})", R"({"x":"1,"a":2})",
        R"({"x":{"y":1,"a":2})", R"({"x":["y",1,"a":2})", R"({"x":1,,"a":2})", R"({"x":1,"a"2})",
        R"({"a":})", R"({"a": })", R"({"a":2)", R"({"a":"2})", R"({'a':2})", R"(,"a":2})"}) {
    EXPECT_EQ(JsonFields(text).Find("a"), std::nullopt) << text;
  }
}

TEST(JsonFields, EndsAScalarAtWhateverEndsIt) {
  for (const char end : {',', '}', ']', ' ', '\n', '\r', '\t'}) {
    const std::string text = std::string("{\"a\":-1.5e3") + end;
    EXPECT_EQ(JsonFields(text).Find("a"), "-1.5e3") << static_cast<int>(end);
  }
}

TEST(JsonFields, CountsBackslashesBeforeAQuote) {
  for (int count = 0; count < 6; ++count) {
    const std::string slashes(static_cast<size_t>(count), '\\');
    const std::string text = "{\"s\":\"" + slashes + "\",\"a\":\"x\"}";
    const auto found = JsonFields(text).Find("s");
    ASSERT_TRUE(found.has_value()) << count;
    EXPECT_EQ(*found, count % 2 == 0 ? "\"" + slashes + "\"" : "\"" + slashes + "\",\"") << count;
  }
}

TEST(JsonFields, ReadsIntegersOfBothSigns) {
  JsonFields fields(R"({"a":-9223372036854775808,"b":0,"c":9223372036854775808,"d":null,"e":""})");
  EXPECT_EQ(fields.FindInt("a"), std::numeric_limits<int64_t>::min());
  EXPECT_EQ(fields.FindInt("b"), 0);
  for (const char* none : {"c", "d", "e", "f"}) EXPECT_EQ(fields.FindInt(none), std::nullopt);
}

TEST(JsonFields, KnowsEmptyKeysTextsAndContainers) {
  JsonFields fields(R"({"":1,"a":"","b":[],"c":{}})");
  EXPECT_EQ(fields.Find(""), "1");
  EXPECT_EQ(fields.Find("a"), "\"\"");
  EXPECT_EQ(fields.Find("b"), "[]");
  EXPECT_EQ(fields.Find("c"), "{}");
}

}  // namespace
}  // namespace slo::bench
