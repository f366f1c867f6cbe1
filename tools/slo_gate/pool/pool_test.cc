#include "tools/slo_gate/pool/pool.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;

using Files = std::vector<std::pair<std::string, std::string>>;

std::string Context(int shard) {
  return absl::StrReplaceAll(R"({"slo_schema":"1","slo_confidence_level":"0.9","slo_seed":"1",
      "slo_git_revision":"abc","slo_command_line":"bench --slo_shard=$/2","slo_shard":"$/2",
      "slo_store":"memory","host_name":"host$"})",
                             {{"$", absl::StrCat(shard)}});
}

std::string Results(int shard) {
  return absl::StrCat(R"({"context":)", Context(shard), R"(,"benchmarks":[
      {"name":"BM_Load/runs:2/iterations:1","time_unit":"us","real_time":3,"samples_count":2,
       "latency_max_us":)",
                      shard, R"(,"success_trials_count":2,"failed_count":0,"success_ratio":1},
      {"name":"BM_Stage","time_unit":"ns","real_time":)",
                      shard, "}]}");
}

std::string Trace(int shard) {
  return absl::StrCat(R"({"kind":"workflow-slo-trace","version":1,"context":)", Context(shard),
                      R"(,"scenarios":[{"row":"BM_Load/runs:2","windows":[],"histograms":[
      {"prefix":"","basis":"service_time","count":2,"min_ns":1000,"max_ns":)",
                      1'000 * shard, R"(,"buckets":[[)", 1'000 * shard, R"(,2]]}]}]})");
}

const Files kResults = {{"b.json", Results(2)}, {"a.json", Results(1)}};
const Files kTraces = {{"a-trace.json", Trace(1)}, {"b-trace.json", Trace(2)}};

absl::StatusOr<PooledFiles> Pool(const Files& results, const Files& traces) {
  std::vector<Report> reports;
  for (const auto& [file, text] : results) reports.push_back(ParseReport(file, text).value());
  std::vector<TraceFile> trace_files;
  for (const auto& [file, text] : traces) trace_files.push_back(ParseTraceFile(file, text).value());
  return PoolShards(std::move(reports), std::move(trace_files));
}

std::string ProblemOf(const Files& results, const Files& traces) {
  return std::string(Pool(results, traces).status().message());
}

TEST(PoolShards, MakesOneResultsFileAndOneTrace) {
  const auto pooled = Pool(kResults, kTraces);
  ASSERT_TRUE(pooled.ok()) << pooled.status();
  const auto report = ParseReport("pooled", pooled->results);
  ASSERT_TRUE(report.ok()) << report.status();
  ASSERT_EQ(report->rows.size(), 3u);
  EXPECT_EQ(report->rows[0].Find("samples_count"), 4);
  EXPECT_EQ(report->rows[0].Find("latency_max_us"), 2);
  EXPECT_EQ(report->rows[0].Find("real_time"), 3'000);
  EXPECT_EQ(report->rows[1].name, "BM_Stage");
  EXPECT_EQ(report->rows[1].Find("process"), 0);
  EXPECT_EQ(report->rows[2].Find("real_time"), 2);
  const auto trace = ParseTraceFile("pooled", pooled->trace);
  ASSERT_TRUE(trace.ok()) << trace.status();
  EXPECT_EQ(trace->scenarios[0].histograms[0].count, 4);
  EXPECT_EQ(trace->context.at("slo_command_line"), report->ContextValue("slo_command_line"))
      << "the trace belongs to the results";
}

TEST(PoolShards, DoesNotDependOnTheOrderOfFiles) {
  const auto one = Pool(kResults, kTraces);
  const auto other = Pool({kResults[1], kResults[0]}, {kTraces[1], kTraces[0]});
  EXPECT_EQ(one->results, other->results);
}

TEST(PoolShards, KeepsWhatEachShardSaysOfItself) {
  const json context = json::parse(Pool(kResults, kTraces)->results)["context"];
  EXPECT_EQ(context["host_name"], "host1; host2");
  EXPECT_EQ(context["slo_store"], "memory");
  EXPECT_EQ(context["slo_shard_files"], "a.json, b.json");
  const json shards = json::parse(context["slo_shards"].get<std::string>());
  ASSERT_EQ(shards.size(), 2u);
  EXPECT_EQ(shards[1]["context"]["host_name"], "host2");
  EXPECT_EQ(shards[1]["context"]["slo_shard"], "2/2");
}

TEST(PoolShards, RefusesShardsThatAreMissingOrThereTwice) {
  EXPECT_THAT(ProblemOf({kResults[0]}, {kTraces[1]}), HasSubstr("shard 1/2 is missing"));
  EXPECT_THAT(ProblemOf({kResults[0], {"c.json", Results(2)}, kResults[1]}, kTraces),
              HasSubstr("c.json: is shard 2 as b.json is"));
}

TEST(PoolShards, RefusesResultsThatAreNoShardsOrHaveNoTrace) {
  const std::string no_shard = absl::StrReplaceAll(Results(1), {{R"("slo_shard":"1/2",)", ""}});
  EXPECT_THAT(ProblemOf({{"a.json", no_shard}}, {}), HasSubstr("expected I/N, found \"\""));
  EXPECT_THAT(ProblemOf(kResults, {kTraces[0]}),
              HasSubstr("b.json: expected its trace among the --trace files"));
  EXPECT_THAT(ProblemOf(kResults, {kTraces[0], kTraces[1], {"c-trace.json", Trace(1)}}),
              HasSubstr("c-trace.json: is the trace of no results file"));
}

TEST(PoolShards, RefusesUnlikeShards) {
  const auto with = [](const char* from, const char* to) {
    return Files{{"a.json", Results(1)}, {"b.json", absl::StrReplaceAll(Results(2), {{from, to}})}};
  };
  EXPECT_THAT(ProblemOf(with("\"slo_store\":\"memory\"", "\"slo_store\":\"sqlite\""), kTraces),
              HasSubstr("b.json: context.slo_store: expected \"memory\" as in a.json, found "
                        "\"sqlite\""));
  EXPECT_THAT(
      ProblemOf(with("\"slo_git_revision\":\"abc\"", "\"slo_git_revision\":\"d\""), kTraces),
      HasSubstr("slo_git_revision"));
  EXPECT_THAT(ProblemOf(with("BM_Stage", "BM_Other"), kTraces),
              AllOf(HasSubstr("b.json: expected the row BM_Stage once, found it 0 times"),
                    HasSubstr("a.json: expected the row BM_Other once, found it 0 times")));
  EXPECT_THAT(ProblemOf(with("2/2", "2/3"), kTraces), HasSubstr("is a shard of 3"));
}

TEST(PoolShards, RefusesTheTraceOfAnotherRunOfTheSameCommand) {
  const Files results = {
      {"a.json", absl::StrReplaceAll(Results(1), {{"\"samples_count\":2", "\"samples_count\":3"}})},
      kResults[0]};
  EXPECT_THAT(ProblemOf(results, kTraces),
              HasSubstr("a-trace.json: BM_Load/runs:2: is of another"));
  const Files slower = {
      {"a.json", absl::StrReplaceAll(Results(1), {{"_max_us\":1", "_max_us\":9"}})}, kResults[0]};
  EXPECT_THAT(ProblemOf(slower, kTraces), HasSubstr("a-trace.json: BM_Load/runs:2: is of another"));
}

TEST(PoolShards, TakesAnEmptyHistogramOfARowWithoutACount) {
  // A second prefix of which there was nothing to record.
  const auto with_empty = [](int shard) {
    return absl::StrReplaceAll(
        Trace(shard), {{R"("histograms":[)", R"("histograms":[{"prefix":"a_","basis":"service_time",
            "count":0,"min_ns":0,"max_ns":0,"buckets":[]},)"}});
  };
  const auto pooled =
      Pool(kResults, {{"a-trace.json", with_empty(1)}, {"b-trace.json", with_empty(2)}});
  ASSERT_TRUE(pooled.ok()) << pooled.status();
  const Report report = ParseReport("pooled", pooled->results).value();
  EXPECT_EQ(report.rows[0].Find("a_samples_count"), 0);
  EXPECT_EQ(report.rows[0].Find("samples_count"), 4);
}

TEST(PoolShards, RefusesANumberOfAShardThatThereCannotBe) {
  for (const char* shard : {"0/2", "3/2", "-1/2", "1/", "/2", "x/2", "1/2/3"}) {
    const std::string results = absl::StrReplaceAll(
        Results(1), {{R"("slo_shard":"1/2")", absl::StrCat(R"("slo_shard":")", shard, "\"")}});
    EXPECT_THAT(ProblemOf({{"a.json", results}}, {}),
                HasSubstr("a.json: context.slo_shard: expected I/N, found"))
        << shard;
  }
}

TEST(PoolShards, OfOneIsThatOne) {
  const auto alone = [](const std::string& text) {
    return absl::StrReplaceAll(text, {{"1/2", "1/1"}});
  };
  const auto pooled = Pool({{"a.json", alone(Results(1))}}, {{"t.json", alone(Trace(1))}});
  ASSERT_TRUE(pooled.ok()) << pooled.status();
  EXPECT_EQ(ParseReport("pooled", pooled->results)->rows[0].Find("samples_count"), 2);
  EXPECT_EQ(pooled->trace.find('\n'), pooled->trace.size() - 1) << "a trace is one line";
}

TEST(PoolShards, NamesAShardThatHasARowTwice) {
  const std::string row = R"({"name":"BM_Stage","time_unit":"ns","real_time":1})";
  const Files results = {
      {"a.json", absl::StrReplaceAll(Results(1), {{row, absl::StrCat(row, ",", row)}})},
      kResults[0]};
  EXPECT_THAT(ProblemOf(results, kTraces),
              HasSubstr("a.json: expected the row BM_Stage once, found it 2 times"));
}

TEST(PoolShards, NamesTheShardOfAnError) {
  const auto broken = [](int shard) {
    return absl::StrReplaceAll(
        Results(shard), {{R"("name":"BM_Stage",)",
                          R"("name":"BM_Stage","error_occurred":true,"error_message":"gone",)"}});
  };
  const auto pooled = Pool({{"a.json", broken(1)}, {"b.json", broken(2)}}, kTraces);
  ASSERT_TRUE(pooled.ok()) << pooled.status();
  const Report report = ParseReport("pooled", pooled->results).value();
  ASSERT_EQ(report.rows.size(), 2U);
  EXPECT_EQ(report.rows[1].error, "shard 1/2 (a.json): gone; shard 2/2 (b.json): gone");
}

TEST(PoolShards, KeepsTheLabelOfARow) {
  const auto labelled = [](int shard) {
    return absl::StrReplaceAll(Results(shard),
                               {{R"("name":"BM_Stage",)", R"("name":"BM_Stage","label":"l",)"}});
  };
  const auto pooled = Pool({{"a.json", labelled(1)}, {"b.json", labelled(2)}}, kTraces);
  const Report report = ParseReport("pooled", pooled->results).value();
  EXPECT_EQ(report.rows[0].label, "");
  EXPECT_EQ(report.rows[1].label, "l");
  EXPECT_EQ(report.rows[2].label, "l");
  EXPECT_FALSE(json::parse(pooled->results)["benchmarks"][0].contains("label"));
}

TEST(PoolShards, BoundsLatenciesAtTheLevelOfTheResults) {
  // 400 latencies a shard, 1 to 800 us. Two disturbed requests a shard make four: 200 samples, of
  // which at 90 % the limits of p95 are ranks 186 and 195, which are 741 and 780 of 800.
  const auto with_many = [](std::string text, int shard) {
    std::string buckets;
    std::string counts;
    for (int i = 1; i <= 400; ++i) {
      absl::StrAppend(&buckets, i == 1 ? "" : ",", "[", 1'000 * (2 * i - 2 + shard), ",1]");
    }
    // In each of 40 slots ten, evenly over their lengths.
    for (int slot = 0; slot < 40; ++slot) {
      absl::StrAppend(&counts, slot == 0 ? "[" : ",[");
      for (int i = 0; i < 10; ++i) {
        const int number = i * 40 + (slot * 7 + i * 11) % 40;
        absl::StrAppend(&counts, i == 0 ? "" : ",", "[", 1'000 * (2 * number + shard), ",1]");
      }
      absl::StrAppend(&counts, "]");
    }
    return absl::StrReplaceAll(
        text, {{"\"slo_seed\"", "\"slo_disturbed_requests\":\"2\",\"slo_seed\""},
               {"\"samples_count\":2", "\"samples_count\":400"},
               {absl::StrCat("_max_us\":", shard), absl::StrCat("_max_us\":", 798 + shard)},
               {"\"count\":2", "\"count\":400"},
               {absl::StrCat("\"buckets\":[[", 1'000 * shard, ",2]]"),
                absl::StrCat(R"("slots":{"width_ns":1024,"first":5,"counts":[)", counts,
                             R"(]},"buckets":[)", buckets, "]")},
               {absl::StrCat("\"max_ns\":", 1'000 * shard),
                absl::StrCat("\"max_ns\":", 1'000 * (798 + shard))}});
  };
  const auto pooled =
      Pool({{"a.json", with_many(Results(1), 1)}, {"b.json", with_many(Results(2), 2)}},
           {{"a-trace.json", with_many(Trace(1), 1)}, {"b-trace.json", with_many(Trace(2), 2)}});
  ASSERT_TRUE(pooled.ok()) << pooled.status();
  const Report report = ParseReport("pooled", pooled->results).value();
  EXPECT_EQ(report.confidence, 0.9);
  EXPECT_EQ(report.ContextValue("slo_disturbed_requests"), "4");
  EXPECT_EQ(report.rows[0].Find("samples_count"), 800);
  EXPECT_EQ(report.rows[0].Find("latency_p95_us"), 760);
  // A lower limit is the beginning of its bucket, which is 512 ns wide there.
  EXPECT_NEAR(*report.rows[0].Find("latency_p95_lower_us"), 741, 0.512);
  EXPECT_LE(*report.rows[0].Find("latency_p95_lower_us"), 741);
  EXPECT_EQ(report.rows[0].Find("latency_p95_upper_us"), 780);
  EXPECT_EQ(report.rows[0].Find("latency_p95_upper_effective_samples_count"), 200);
  EXPECT_EQ(report.rows[0].Find("latency_max_us"), 800);
}

TEST(PoolShards, HasTheBucketsOfAllInItsTrace) {
  const TraceFile trace = ParseTraceFile("pooled", Pool(kResults, kTraces)->trace).value();
  ASSERT_EQ(trace.scenarios.size(), 1U);
  EXPECT_EQ(trace.scenarios[0].row, "BM_Load/runs:2");
  const TraceHistogram& histogram = trace.scenarios[0].histograms[0];
  EXPECT_EQ(histogram.basis, "service_time");
  EXPECT_EQ(histogram.min_ns, 1'000);
  EXPECT_EQ(histogram.max_ns, 2'000);
  EXPECT_EQ(histogram.buckets, (std::map<int64_t, int64_t>{{1'000, 2}, {2'000, 2}}));
}

TEST(PoolShards, TakesFilesWhoseNamesAreNoUtf8) {
  const auto pooled = Pool({{"a\xff.json", Results(1)}, kResults[0]}, kTraces);
  ASSERT_TRUE(pooled.ok()) << pooled.status();
  EXPECT_EQ(json::parse(pooled->results)["context"]["slo_shard_files"],
            "a\xEF\xBF\xBD.json, b.json");
}

TEST(PoolShards, WritesARowALine) {
  const std::string results = Pool(kResults, kTraces)->results;
  EXPECT_EQ(std::count(results.begin(), results.end(), '\n'), 8) << results;
}

TEST(PoolShards, RefusesAShardOfMoreThanTheOthersWhateverItsNumber) {
  const Files results = {kResults[1],
                         {"c.json", absl::StrReplaceAll(Results(2), {{"2/2", "2/3"}})}};
  const std::string problems = ProblemOf(results, kTraces);
  EXPECT_THAT(problems, HasSubstr("c.json: is a shard of 3, others are shards of 2"));
  EXPECT_THAT(problems, HasSubstr("shard 2/2 is missing"));
}

TEST(IsShard, SaysItsContext) {
  EXPECT_FALSE(IsShard({}));
  EXPECT_TRUE(IsShard({.context = {{"slo_shard", "1/2"}}}));
}

}  // namespace
}  // namespace slo::tools
