#include "bench/drive/anonymous_body.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(AnonymousBody, HidesIdsAndTimesAndNothingElse) {
  EXPECT_EQ(AnonymousBody(
                R"({"id":17,"task_ids":[1,22,3],"status":"created","created_at":"2026-01-01",)"
                R"("duration_ms":null,"success_rate":100.0,"note":"id\":5","retries_total":2})"),
            R"({"id":*,"task_ids":[*,*,*],"status":"created","created_at":*,)"
            R"("duration_ms":null,"success_rate":100.0,"note":"id\":5","retries_total":2})");
}

TEST(AnonymousBody, GoesIntoObjectsAndLists) {
  EXPECT_EQ(AnonymousBody(R"([{"role_id":1,"count":3},{"by_id":{"run_id":7,"x":7}}])"),
            R"([{"role_id":*,"count":3},{"by_id":{"run_id":*,"x":7}}])");
  EXPECT_EQ(AnonymousBody(R"({"task_ids":[],"n":[1]})"), R"({"task_ids":[],"n":[1]})");
}

TEST(AnonymousBody, StillTellsHowManyThereAre) {
  EXPECT_NE(AnonymousBody(R"({"task_ids":[1,2]})"), AnonymousBody(R"({"task_ids":[1,2,3]})"));
  EXPECT_NE(AnonymousBody(R"({"run_id":null})"), AnonymousBody(R"({"run_id":1})"));
}

TEST(AnonymousBody, EndsWithTextThatDoes) {
  for (const char* text :
       {"", "\"", "{\"id\":", "{\"id\":[1,", "{\"id\":\"x", "\"id\":7", "\\", "{\"ids\":[[1]"}) {
    EXPECT_LE(AnonymousBody(text).size(), 16u) << text;
  }
}

TEST(AnonymousBody, HidesByTheEndOfTheName) {
  for (const char* name : {"id", "run_id", "_id", "task_ids", "created_at", "_at", "duration_ms"}) {
    const std::string begin = std::string("{\"") + name + "\":";
    EXPECT_EQ(AnonymousBody(begin + "12}"), begin + "*}") << name;
  }
  for (const char* name : {"", "i", "ids", "xid", "id_", "idx", "_idx", "grid", "runid", "at", "ms",
                           "format", "items"}) {
    const std::string text = std::string("{\"") + name + "\":12}";
    EXPECT_EQ(AnonymousBody(text), text) << name;
  }
}

TEST(AnonymousBody, HidesEveryKindOfScalarButNull) {
  for (const char* value : {"1", "-1.5e3", "true", "\"\"", "\"x\"", R"("a\"b,]}")", R"("\\")"}) {
    EXPECT_EQ(AnonymousBody(std::string("{\"id\":") + value + ",\"n\":1}"), R"({"id":*,"n":1})");
    EXPECT_EQ(AnonymousBody(std::string("{\"id\":") + value + "}"), R"({"id":*})") << value;
    EXPECT_EQ(AnonymousBody(std::string("[{\"id\":") + value + "}]"), R"([{"id":*}])") << value;
  }
  EXPECT_EQ(AnonymousBody(R"({"id":null,"n":1})"), R"({"id":null,"n":1})");
  EXPECT_EQ(AnonymousBody(R"({"task_ids":[null,1,"x"]})"), R"({"task_ids":[null,*,*]})");
}

TEST(AnonymousBody, HidesListsWithinLists) {
  EXPECT_EQ(AnonymousBody(R"({"task_ids":[[1,2],[],[[3]]],"n":[4]})"),
            R"({"task_ids":[[*,*],[],[[*]]],"n":[4]})");
}

TEST(AnonymousBody, SkipsTheSpacesOfHiddenValues) {
  EXPECT_EQ(AnonymousBody(R"({"task_ids": [ 1 , 2 ], "n": 3})"), R"({"task_ids":[*,*], "n": 3})");
  EXPECT_EQ(AnonymousBody(R"({"id":  1 , "n": 3})"), R"({"id":* , "n": 3})");
  EXPECT_EQ(AnonymousBody(R"({"id": {"run_id": 1}})"), R"({"id":{"run_id":*}})");
}

TEST(AnonymousBody, GoesIntoAnObjectWithTheNameOfAnIdentity) {
  EXPECT_EQ(AnonymousBody(R"({"id":{"n":1,"id":2},"m":3})"), R"({"id":{"n":1,"id":*},"m":3})");
}

TEST(AnonymousBody, TakesANameOnlyWhereAColonFollows) {
  EXPECT_EQ(AnonymousBody(R"(["id",5])"), R"(["id",5])");
  EXPECT_EQ(AnonymousBody(R"({"n":"id","m":1})"), R"({"n":"id","m":1})");
}

// Behind a text that ends early there is memory that goes on.
TEST(AnonymousBody, ReadsNothingBehindItsText) {
  const std::string whole = R"({"task_ids":[1,"a\"b"],"id":7,"n":"x"})";
  const std::vector<std::string> expected = {
      "", "{", "{\"", "{\"task_ids", "{\"task_ids\"", "{\"task_ids\":"};
  const std::vector<size_t> sizes = {0, 1, 2, 10, 11, 12};
  for (size_t i = 0; i < sizes.size(); ++i) {
    EXPECT_EQ(AnonymousBody(absl::string_view(whole).substr(0, sizes[i])), expected[i]);
  }
  EXPECT_EQ(AnonymousBody(absl::string_view(whole).substr(0, 13)), "{\"task_ids\":[");
  EXPECT_EQ(AnonymousBody(absl::string_view(whole).substr(0, 14)), "{\"task_ids\":[*");
  EXPECT_EQ(AnonymousBody(absl::string_view(whole).substr(0, 15)), "{\"task_ids\":[*,");
  EXPECT_EQ(AnonymousBody(absl::string_view(whole).substr(0, 18)), "{\"task_ids\":[*,*");
  EXPECT_EQ(AnonymousBody(absl::string_view(whole).substr(0, 22)), "{\"task_ids\":[*,*]");
}

}  // namespace
}  // namespace slo::bench
