#include "bench/record/response_digest.h"

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

int64_t DigestOf(const std::vector<api::Response>& responses) {
  ResponseDigest digest;
  for (const api::Response& response : responses) digest.Add(response);
  return digest.value();
}

api::Response One() { return {.status = 200, .headers = {}, .body = R"({"id":1})"}; }
api::Response Two() { return {.status = 200, .headers = {}, .body = R"({"id":2})"}; }

TEST(ResponseDigest, KnowsNoOrder) {
  EXPECT_EQ(DigestOf({One(), Two(), Two()}), DigestOf({Two(), One(), Two()}));
}

TEST(ResponseDigest, ChangesWithABodyAStatusAndANumber) {
  const int64_t digest = DigestOf({One(), Two()});
  EXPECT_NE(DigestOf({One(), One()}), digest);
  EXPECT_NE(DigestOf({One()}), digest);
  EXPECT_NE(DigestOf({One(), Two(), Two()}), digest);
  api::Response created = Two();
  created.status = 201;
  EXPECT_NE(DigestOf({One(), created}), digest);
}

TEST(ResponseDigest, FitsIntoAJsonNumber) {
  EXPECT_EQ(DigestOf({}), 0);
  EXPECT_GE(DigestOf({One()}), 0);
  EXPECT_LT(DigestOf({One()}), int64_t{1} << 53);
  // By another implementation of the same definition: it must be the same on every machine.
  EXPECT_EQ(DigestOf({One()}), 3'895'635'893'026'083);
}

TEST(ResponseDigest, HashesEveryByteOfTheStatus) {
  // Each differs from 0 in one byte.
  std::vector<int64_t> digests = {DigestOf({{.status = 0, .headers = {}, .body = "x"}})};
  for (const int status : {1, 1 << 8, 1 << 16, 1 << 24}) {
    const int64_t digest = DigestOf({{.status = status, .headers = {}, .body = "x"}});
    for (const int64_t other : digests) EXPECT_NE(digest, other) << status;
    digests.push_back(digest);
  }
}

TEST(ResponseDigest, AddsUpWhatIsMerged) {
  ResponseDigest one;
  ResponseDigest other;
  ResponseDigest both;
  one.Add(One());
  other.Add(Two());
  both.Add(One());
  both.Add(Two());
  one.Merge(other);
  EXPECT_EQ(one.value(), both.value());
}

}  // namespace
}  // namespace slo::bench
