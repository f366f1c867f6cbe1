#include "tools/lib/results/pairs_file.h"

#include <cmath>
#include <limits>
#include <string>

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
          .analyses = {16, 32},
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
  EXPECT_THAT(read->analyses, ElementsAre(16, 32));
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

TEST(PairsFile, IsWrittenAsOneLine) {
  const std::string text = PairsFileText(SomePairs());
  EXPECT_EQ(text.find('\n'), text.size() - 1);
}

TEST(PairsFile, KeepsEveryMember) {
  PairsFile pairs = SomePairs();
  pairs.interrupted = true;
  pairs.measured[0].comparison = Comparison::kSlowedControl;
  const PairsFile read = ParsePairsFile("p", PairsFileText(pairs)).value();
  EXPECT_EQ(read.file, "p");
  EXPECT_EQ(read.generated_at_utc, "2026-11-23T10:00:00Z");
  EXPECT_EQ(read.base.binary, "a/bench");
  EXPECT_EQ(read.candidate.binary, "b/bench");
  EXPECT_TRUE(read.interrupted);
  EXPECT_EQ(read.slowdown, "SLO_SLOWDOWN=read_run:6%");
  EXPECT_EQ(read.collection.at("cpu"), "1");
  EXPECT_THAT(read.selected, ElementsAre("BM_A", "BM_B"));
  EXPECT_THAT(read.not_selected, ElementsAre("BM_C"));
  EXPECT_EQ(read.measured[0].comparison, Comparison::kSlowedControl);
  EXPECT_EQ(read.measured[0].base_time_unit, "ns");
  EXPECT_EQ(read.measured[0].candidate_time_unit, "us");
  EXPECT_THAT(read.measured[0].metrics.at("cpu_time").base, ElementsAre(1, 2));
  EXPECT_TRUE(read.measured[0].in_base && read.measured[0].in_candidate);
  EXPECT_THAT(read.measured[1].failures, ElementsAre("candidate: not there"));
  pairs.slowdown.reset();
  EXPECT_EQ(ParsePairsFile("p", PairsFileText(pairs))->slowdown, std::nullopt);
}

// One member changed, and what is said of it.
TEST(PairsFile, RefusesWhatIsNotOfItsShape) {
  struct Row {
    const char* pointer;
    json value;
    const char* problem;
  };
  for (const Row& row : {
           Row{"/looks", json::array(), "looks: expected a list of numbers of pairs above zero"},
           Row{"/looks", {0, 16}, "looks: expected a list of numbers of pairs above zero"},
           Row{"/looks", {1.5}, "looks: expected a list of numbers of pairs above zero"},
           Row{"/looks", {16, 16}, "looks: expected ascending numbers"},
           Row{"/base", "a", "base: expected {"},
           Row{"/base/binary", 3, "base.binary: expected"},
           Row{"/interrupted", "no", "interrupted: expected true or false"},
           Row{"/slowdown", 3, "slowdown: expected"},
           Row{"/selected", "BM_A", "selected: expected a list of strings"},
           Row{"/not_selected", {1}, "not_selected: expected a list of strings"},
           Row{"/measured", 3, "measured: expected a list of at least one benchmark"},
           Row{"/measured/0", 3, "measured[0]: expected an object"},
           Row{"/measured/0/comparison", "none",
               "measured[0].comparison: expected one of change, quiet_control, slowed_control, "
               "found"},
           Row{"/measured/0/metrics", 3, "measured[0].metrics: expected an object"},
           Row{"/measured/0/metrics/cpu_time/base", {"x", 1}, "expected a list of numbers or null"},
           Row{"/measured/0/metrics/cpu_time/base", 3, "expected a list of numbers or null"},
           Row{"/measured/0/metrics/cpu_time/candidate", {1, 2, 3}, "found 2 of base and 3 of"},
       }) {
    json document = SomeJson();
    document[json::json_pointer(row.pointer)] = row.value;
    EXPECT_THAT(ProblemsOf(document), HasSubstr(row.problem)) << row.pointer;
  }
  EXPECT_THAT(std::string(ParsePairsFile("p", "{").status().message()), HasSubstr("p: "));
}

TEST(PairsFile, HasAsManyValuesInEveryMetric) {
  json document = SomeJson();
  document["measured"][0]["metrics"]["real_time"] = {{"base", {1}}, {"candidate", {2}}};
  EXPECT_THAT(ProblemsOf(document), HasSubstr("metrics.real_time: expected as many values"));
  document["measured"][0]["metrics"]["real_time"] = {{"base", {1, 2}}, {"candidate", {2, 3}}};
  EXPECT_EQ(ProblemsOf(document), "");
}

TEST(PairsFile, MayHaveABenchmarkInSeveralComparisons) {
  json document = SomeJson();
  document["measured"][1]["benchmark"] = "BM_A";
  document["measured"][1]["comparison"] = "quiet_control";
  EXPECT_EQ(ProblemsOf(document), "");
}

// The status of the document with a member that is absent or of another type.
bool IsReadWithout(const char* pointer) {
  json document = SomeJson();
  const json::json_pointer place(pointer);
  document[place.parent_pointer()].erase(place.back());
  return ProblemsOf(document).empty();
}

bool IsReadWith(const char* pointer, const json& value) {
  json document = SomeJson();
  document[json::json_pointer(pointer)] = value;
  return ProblemsOf(document).empty();
}

TEST(PairsFile, HasMembersThatMustBeThere) {
  for (const char* pointer :
       {"/kind", "/version", "/generated_at_utc", "/against", "/base", "/candidate", "/looks",
        "/interrupted", "/measured", "/base/binary", "/candidate/binary", "/measured/0/benchmark",
        "/measured/0/comparison", "/measured/0/in_base", "/measured/0/in_candidate",
        "/measured/0/metrics", "/measured/0/metrics/cpu_time/base",
        "/measured/0/metrics/cpu_time/candidate"}) {
    EXPECT_FALSE(IsReadWithout(pointer)) << pointer;
    for (const json& value : {json(), json(7.5), json("text"), json::array({json::object()}),
                              json::object({{"a", 1}})}) {
      const bool is_text = value.is_string();
      const std::string name = pointer;
      if (is_text && (name == "/generated_at_utc" || name.ends_with("/binary") ||
                      name.ends_with("/benchmark"))) {
        continue;
      }
      if (name.ends_with("/metrics") && value.is_object()) continue;  // a bad metric, see below
      EXPECT_FALSE(IsReadWith(pointer, value)) << pointer << " " << value;
    }
  }
  EXPECT_FALSE(IsReadWith("/measured/0/metrics", {{"a", 1}}));
  EXPECT_FALSE(IsReadWith("/measured/0/metrics", {{"a", json::object()}}));
}

TEST(PairsFile, HasMembersThatMayBeAbsent) {
  for (const char* pointer : {"/slowdown", "/collection", "/base/context", "/candidate/context",
                              "/measured/0/base_time_unit"}) {
    EXPECT_TRUE(IsReadWithout(pointer)) << pointer;
  }
  // Without these a failure, or a benchmark that was not measured, would go unnoticed.
  for (const char* pointer : {"/selected", "/not_selected", "/measured/0/failures"}) {
    EXPECT_FALSE(IsReadWithout(pointer)) << pointer;
  }
  json document = SomeJson();
  document.erase("collection");
  document["base"]["context"] = "none";
  document["candidate"]["context"] = {{"num_cpus", 2}, {"a", "b"}};
  const PairsFile pairs = ParsePairsFile("p", document.dump()).value();
  EXPECT_TRUE(pairs.collection.empty());
  EXPECT_TRUE(pairs.base.context.empty());
  EXPECT_EQ(pairs.candidate.context.at("num_cpus"), "2");
  EXPECT_EQ(pairs.candidate.context.at("a"), "b");
}

TEST(PairsFile, IsNoneOfAnotherShape) {
  for (const char* text : {"[]", "3", "\"workflow-slo-pairs\"", "{}", R"({"kind": 3})"}) {
    EXPECT_FALSE(IsPairsFile(text)) << text;
    EXPECT_FALSE(ParsePairsFile("p", text).ok()) << text;
  }
}

}  // namespace
}  // namespace slo::tools
