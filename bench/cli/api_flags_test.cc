#include "bench/cli/api_flags.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using testing::HasSubstr;

std::string ApplyApiFlags(const std::vector<absl::string_view>& arguments, ApiOptions& options) {
  tools::ProblemList problems;
  ApiFlags().Parse(arguments, options, problems);
  return std::string(problems.ToStatus().message());
}

TEST(ApiFlags, TakeEachFlag) {
  ApiOptions options;
  EXPECT_EQ(ApplyApiFlags({"--store=sqlite", "--synchronous=full", "--store-directory=/var/tmp",
                           "--transport=http", "--target=http://127.0.0.1:81", "--timeout=2s"},
                          options),
            "");
  EXPECT_EQ(options.store, stack::StoreKind::kSqlite);
  EXPECT_EQ(options.synchronous, sqlite::Synchronous::kFull);
  EXPECT_EQ(options.store_directory, "/var/tmp");
  EXPECT_EQ(options.transport, TransportKind::kHttp);
  EXPECT_EQ(options.target.port, 81);
  EXPECT_EQ(options.timeout, absl::Seconds(2));
}

TEST(ApiFlags, SayWhatWouldBeValid) {
  const std::vector<std::pair<absl::string_view, absl::string_view>> bad = {
      {"--store=redis", "--store: expected memory or sqlite, found \"redis\""},
      {"--synchronous=maybe", "--synchronous: expected off, normal or full, found \"maybe\""},
      {"--synchronous=", "--synchronous: expected a value (--synchronous=X)"},
      {"--transport=https", "--transport: expected in_process or http, found \"https\""},
      {"--transport=HTTP", "--transport: expected in_process or http, found \"HTTP\""},
      {"--target=127.0.0.1:80", "--target: expected http://HOST[:PORT], found \"127.0.0.1:80\""},
      {"--timeout=0s",
       "--timeout: expected a duration from 1ms to 10m, for example 2s, found \"0s\""},
      {"--store_directory=", "--store_directory: expected a value (--store_directory=DIR)"},
      {"--stoer=memory", "--stoer: unknown flag; did you mean --store? see --help"}};
  for (const auto& [argument, problem] : bad) {
    ApiOptions options;
    EXPECT_EQ(ApplyApiFlags({argument}, options), problem);
  }
}

TEST(Contradiction, IsATargetWithAStoreOrTransportOfOurs) {
  ApiOptions options = {.target = {.host = "localhost"}};
  EXPECT_EQ(Contradiction(options), std::nullopt);
  options.store = stack::StoreKind::kSqlite;
  EXPECT_THAT(*Contradiction(options), HasSubstr("no --store"));
  options = {.store = stack::StoreKind::kSqlite};
  EXPECT_EQ(Contradiction(options), std::nullopt);
}

TEST(Contradiction, IsALevelOrADirectoryWithoutADatabase) {
  ApiOptions options;
  options.synchronous = sqlite::Synchronous::kFull;
  EXPECT_THAT(*Contradiction(options), HasSubstr("expected --store=sqlite"));
  options.store = stack::StoreKind::kSqlite;
  EXPECT_EQ(Contradiction(options), std::nullopt);
  options = {};
  options.store_directory = "/var/tmp";
  EXPECT_THAT(*Contradiction(options), HasSubstr("expected --store=sqlite"));
}

}  // namespace
}  // namespace slo::bench
