#include "tools/regression/pairs_file.h"

#include <cmath>
#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

PairsFile SomePairs() {
  return {.file = "pairs.json",
          .generated_at_utc = "2026-11-23T10:00:00Z",
          .against = Against::kRelease,
          .base = {.binary = "a/bench", .context = {{"num_cpus", "2"}}},
          .candidate = {.binary = "b/bench", .context = {{"num_cpus", "2"}}},
          .looks = {16, 32},
          .slowdown = "SLO_SLOWDOWN=read_run:6%",
          .collection = {{"cpu", "1"}},
          .selected = {"BM_A", "BM_B"},
          .measured = {{.benchmark = "BM_A",
                        .base_time_unit = "ns",
                        .candidate_time_unit = "us",
                        .metrics = {{"cpu_time", {.base = {1, 2}, .candidate = {3, NAN}}}}},
                       {.benchmark = "BM_B",
                        .in_candidate = false,
                        .failures = {"candidate: not there"},
                        .metrics = {}}},
          .not_selected = {"BM_C"}};
}

json SomeJson() { return json::parse(PairsFileText(SomePairs())); }

std::string ProblemsOf(const json& document) {
  return std::string(ParsePairsFile("p", document.dump()).status().message());
}

TEST(PairsFile, IsReadAsItWasWritten) {
  const auto read = ParsePairsFile("pairs.json", PairsFileText(SomePairs()));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(PairsFileText(*read), PairsFileText(SomePairs()));
  EXPECT_EQ(read->against, Against::kRelease);
  EXPECT_THAT(read->looks, ElementsAre(16, 32));
  EXPECT_EQ(read->base.context.at("num_cpus"), "2");
  EXPECT_EQ(read->measured[0].pairs(), 2);
  EXPECT_TRUE(std::isnan(read->measured[0].metrics.at("cpu_time").candidate[1]));
  EXPECT_FALSE(read->measured[1].in_candidate);
  EXPECT_EQ(read->measured[1].pairs(), 0);
}

TEST(PairsFile, IsToldFromAResultsFile) {
  EXPECT_TRUE(IsPairsFile(PairsFileText(SomePairs())));
  EXPECT_FALSE(IsPairsFile(R"({"context": {}, "benchmarks": []})"));
  EXPECT_FALSE(IsPairsFile("not json"));
  EXPECT_THAT(ProblemsOf({{"benchmarks", json::array()}}), HasSubstr("the output of paired_bench"));
}

TEST(PairsFile, HasEveryProblemNamedAtOnce) {
  json document = SomeJson();
  document["version"] = 2;
  document["against"] = "yesterday";
  document["looks"] = {32, 16};
  document["measured"][0]["metrics"]["cpu_time"]["base"] = {1};
  document["measured"][1]["benchmark"] = "BM_A";
  document["measured"][1]["in_base"] = "yes";
  const std::string problems = ProblemsOf(document);
  EXPECT_THAT(problems, HasSubstr("p: version: expected 1, found 2"));
  EXPECT_THAT(problems, HasSubstr("p.against: expected one of merge_base, release, found"));
  EXPECT_THAT(problems, HasSubstr("p: looks: expected ascending numbers, found [32,16]"));
  EXPECT_THAT(problems, HasSubstr("p: measured[0].metrics.cpu_time: expected as many values"));
  EXPECT_THAT(problems, HasSubstr("p: measured[1]: BM_A is there more than once as change"));
  EXPECT_THAT(problems, HasSubstr("p: measured[1].in_base: expected true or false"));
}

TEST(PairsFile, WithNothingMeasuredIsNone) {
  json document = SomeJson();
  document["measured"] = json::array();
  EXPECT_THAT(ProblemsOf(document), HasSubstr("expected a list of at least one benchmark"));
}

}  // namespace
}  // namespace slo::tools
