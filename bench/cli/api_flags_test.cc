#include "bench/cli/api_flags.h"

#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::bench {
namespace {

using testing::HasSubstr;

TEST(ApplyApiFlag, TakesEachFlag) {
  ApiOptions options;
  for (const auto& [name, value] : std::vector<std::pair<absl::string_view, absl::string_view>>{
           {"store", "sqlite"},
           {"synchronous", "full"},
           {"store_directory", "/var/tmp"},
           {"transport", "http"},
           {"target", "http://127.0.0.1:81"},
           {"timeout", "2s"}}) {
    const ApiFlag flag = ApplyApiFlag(name, value, options);
    EXPECT_TRUE(flag.is_known) << name;
    EXPECT_EQ(flag.problem, std::nullopt);
  }
  EXPECT_EQ(options.store, stack::StoreKind::kSqlite);
  EXPECT_EQ(options.synchronous, sqlite::Synchronous::kFull);
  EXPECT_EQ(options.store_directory, "/var/tmp");
  EXPECT_EQ(options.transport, TransportKind::kHttp);
  EXPECT_EQ(options.target.port, 81);
  EXPECT_EQ(options.timeout, absl::Seconds(2));
}

TEST(ApplyApiFlag, SaysWhatWouldBeValid) {
  ApiOptions options;
  EXPECT_EQ(ApplyApiFlag("store", "redis", options).problem,
            "--store: expected memory or sqlite, found \"redis\"");
  EXPECT_EQ(ApplyApiFlag("synchronous", "", options).problem,
            "--synchronous: expected off, normal, full, found \"\"");
  EXPECT_THAT(*ApplyApiFlag("transport", "https", options).problem,
              HasSubstr("in_process or http"));
  EXPECT_THAT(*ApplyApiFlag("target", "127.0.0.1:80", options).problem,
              HasSubstr("expected http://HOST[:PORT], found \"127.0.0.1:80\""));
  EXPECT_THAT(*ApplyApiFlag("timeout", "0s", options).problem, HasSubstr("from 1ms to 10m"));
  EXPECT_THAT(*ApplyApiFlag("store_directory", "", options).problem, HasSubstr("a directory"));
  EXPECT_FALSE(ApplyApiFlag("stoer", "memory", options).is_known);
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
