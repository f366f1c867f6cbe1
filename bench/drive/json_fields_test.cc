#include "bench/drive/json_fields.h"

#include <string>

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

}  // namespace
}  // namespace slo::bench
