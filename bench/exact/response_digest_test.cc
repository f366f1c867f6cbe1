#include "bench/exact/response_digest.h"

#include "gtest/gtest.h"

namespace slo::exact {
namespace {

int64_t DigestOf(const std::vector<api::Response>& responses) {
  ResponseDigest digest;
  for (const api::Response& response : responses) digest.Add(response);
  return digest.value();
}

const api::Response kOne = {.status = 200, .headers = {}, .body = R"({"id":1})"};
const api::Response kTwo = {.status = 200, .headers = {}, .body = R"({"id":2})"};

TEST(ResponseDigest, KnowsNoOrder) {
  EXPECT_EQ(DigestOf({kOne, kTwo, kTwo}), DigestOf({kTwo, kOne, kTwo}));
}

TEST(ResponseDigest, ChangesWithABodyAStatusAndANumber) {
  const int64_t digest = DigestOf({kOne, kTwo});
  EXPECT_NE(DigestOf({kOne, kOne}), digest);
  EXPECT_NE(DigestOf({kOne}), digest);
  EXPECT_NE(DigestOf({kOne, kTwo, kTwo}), digest);
  api::Response created = kTwo;
  created.status = 201;
  EXPECT_NE(DigestOf({kOne, created}), digest);
}

TEST(ResponseDigest, FitsIntoAJsonNumber) {
  EXPECT_EQ(DigestOf({}), 0);
  EXPECT_GE(DigestOf({kOne}), 0);
  EXPECT_LT(DigestOf({kOne}), int64_t{1} << 53);
  // By another implementation of the same definition: it must be the same on every machine.
  EXPECT_EQ(DigestOf({kOne}), 3'895'635'893'026'083);
}

}  // namespace
}  // namespace slo::exact
