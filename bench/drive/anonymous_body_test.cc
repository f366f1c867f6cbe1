#include "bench/drive/anonymous_body.h"

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

}  // namespace
}  // namespace slo::bench
