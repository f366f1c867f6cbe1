#include "tools/slo_gate/cli/draft_command.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/slo_gate/cli/command_testing.h"

namespace slo::tools {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

json RowOf(const std::string& name, double time, const json& more = json::object()) {
  json row = {{"name", name}, {"real_time", time}, {"cpu_time", time}, {"time_unit", "ns"}};
  row.update(more);
  return row;
}

std::string FileOfRows(const std::vector<json>& rows,
                       const json& context = {{"num_cpus", 8}, {"host_name", "ci-box"}}) {
  return json{{"context", context}, {"benchmarks", rows}}.dump();
}

std::string Repeated(const std::string& name, int repetitions) {
  std::vector<json> rows;
  for (int i = 0; i < repetitions; ++i) {
    rows.push_back(RowOf(name, 100 + i, {{"repetitions", repetitions}, {"repetition_index", i}}));
  }
  return FileOfRows(rows);
}

// The draft of the results, which pass by it.
json DraftOf(const std::string& results, std::vector<std::string> flags = {}) {
  const std::string file = WriteForTest("results.json", results);
  flags.insert(flags.begin(), "draft");
  flags.push_back(file);
  const GateRun draft = RunWords(flags);
  EXPECT_EQ(draft.exit_code, 0) << draft.err;
  const std::string thresholds = WriteForTest("thresholds.json", draft.out);
  const GateRun check = RunWords({"check", "--thresholds=" + thresholds, file});
  EXPECT_EQ(check.exit_code, 0) << check.out << check.err << draft.out;
  return json::parse(draft.out, nullptr, /*allow_exceptions=*/false);
}

TEST(DraftCommand, WritesAnObjectiveForEachNameAndTime) {
  const json draft = DraftOf(FileOfRows({RowOf("BM_A/8", 500), RowOf("BM_A/64", 51'000)}));
  EXPECT_EQ(draft["version"], 1);
  EXPECT_EQ(draft["points"], true);
  ASSERT_EQ(draft["objectives"].size(), 4U);
  const json& first = draft["objectives"][0];
  EXPECT_EQ(first["benchmark"], "BM_A/8");
  EXPECT_EQ(first["metric"], "real_time");
  EXPECT_EQ(first["max"], "1.5us");
  EXPECT_EQ(first["rows"], 1);
  EXPECT_FALSE(first.contains("statistic"));
  EXPECT_EQ(draft["objectives"][1]["max"], "160us");
  EXPECT_EQ(draft["objectives"][2]["metric"], "cpu_time");
  EXPECT_THAT(first["source"].get<std::string>(),
              AllOf(HasSubstr("2026-01-02"), HasSubstr("ci-box"), HasSubstr("8 CPUs"),
                    HasSubstr("1 row"), HasSubstr("500 ns"), HasSubstr("headroom 3")));
}

TEST(DraftCommand, HasTheMedianFromSixRowsOn) {
  const json six = DraftOf(Repeated("BM_A", 6), {"--metric=real_time"});
  EXPECT_EQ(six["objectives"][0]["statistic"], "median");
  EXPECT_FALSE(six.contains("points")) << "it has a confidence";
  const json five = DraftOf(Repeated("BM_A", 5), {"--metric=real_time"});
  EXPECT_FALSE(five["objectives"][0].contains("statistic"));
  EXPECT_EQ(five["points"], true);
  EXPECT_EQ(five["objectives"][0]["max"], "320ns") << "of the largest of all rows";
}

TEST(DraftCommand, SaysPointsWhereSixRowsAreTooFewForSoManyChecks) {
  std::vector<json> rows;
  for (int name = 0; name < 40; ++name) {
    for (int i = 0; i < 6; ++i) {
      rows.push_back(RowOf(absl::StrCat("BM_A/", name), 100 + i,
                           {{"repetitions", 6}, {"repetition_index", i}}));
    }
  }
  const json draft = DraftOf(FileOfRows(rows));
  EXPECT_EQ(draft["objectives"][0]["statistic"], "median");
  EXPECT_EQ(draft["points"], true);
}

TEST(DraftCommand, GivesRatesAMinimum) {
  const json draft = DraftOf(
      FileOfRows({RowOf("BM_A", 5, {{"items_per_second", 4.2e9}, {"hits", 30}, {"snr", -60}})}),
      {"--metric=items_per_second", "--metric=snr", "--larger-is-better=hits"});
  ASSERT_EQ(draft["objectives"].size(), 3U);
  EXPECT_EQ(draft["objectives"][0]["min"], 1.4e9);
  EXPECT_EQ(draft["objectives"][1]["max"], -20);
  EXPECT_EQ(draft["objectives"][2]["metric"], "hits");
  EXPECT_EQ(draft["objectives"][2]["min"], 10);
}

TEST(DraftCommand, CoversAFamilyWhereThatIsAskedFor) {
  const json draft =
      DraftOf(FileOfRows({RowOf("BM_A/8", 10), RowOf("BM_A/64", 100), RowOf("BM_A", 1)}),
              {"--by=family", "--metric=real_time", "--headroom=2"});
  ASSERT_EQ(draft["objectives"].size(), 2U);
  EXPECT_EQ(draft["objectives"][0]["benchmark"], "BM_A/*");
  EXPECT_EQ(draft["objectives"][0]["rows"], 2);
  EXPECT_EQ(draft["objectives"][0]["max"], "200ns");
  EXPECT_EQ(draft["objectives"][1]["benchmark"], "BM_A");
}

TEST(DraftCommand, PassesWhateverTheNames) {
  std::vector<json> rows;
  for (const std::string& name :
       {std::string("BM_A<char*>/8"), std::string("BM_A<char8>/8"), std::string("BM_B/what?"),
        std::string("BM_B/whats"), std::string("BM_C/[a-c]"), std::string("BM_C/a"),
        std::string(R"(BM_D/a\b)"), std::string(R"(BM_D/a\\b)"), std::string(R"(BM_D/a\)"),
        std::string(R"(BM_D/a\*)"), std::string("BM_E/two  blanks "),
        std::string("BM_F/\"quoted\""), std::string("BM_G/\xC3\xA4\xE6\x97\xA5"), std::string("/"),
        std::string("*"), std::string("BM_*/x"), std::string("BM_H/") + std::string(10'000, 'n')}) {
    rows.push_back(RowOf(name, 10 + static_cast<double>(rows.size() * rows.size())));
  }
  for (const char* by : {"--by=name", "--by=family"}) {
    const json draft = DraftOf(FileOfRows(rows), {by});
    EXPECT_GE(draft["objectives"].size(), by == absl::string_view("--by=name") ? 34U : 20U) << by;
  }
}

TEST(DraftCommand, PassesWhateverTheValues) {
  for (const double value : {1e-6, 0.28, 1.0, 9.99, 99.5, 999.9, 1e9, 1e15, 4.35e18}) {
    for (const char* headroom : {"--headroom=1", "--headroom=1.5", "--headroom=1000"}) {
      DraftOf(
          FileOfRows({RowOf("BM_A", value, {{"x", -value}, {"zero", 0}, {"y", value}})}),
          {"--metric=real_time", "--metric=x", "--metric=zero", "--larger-is-better=y", headroom});
    }
  }
}

TEST(DraftCommand, LeavesOutWhatCannotPassAndSaysSo) {
  json failed = RowOf("BM_A/2", 0);
  failed["error_occurred"] = true;
  failed["error_message"] = "no device";
  const std::string file = WriteForTest(
      "results.json",
      FileOfRows({RowOf("BM_A/1", 10), failed, RowOf("BM_A/3", 10, {{"cpu_time", 0}})}));
  const GateRun draft = RunWords({"draft", "--by=family", file});
  EXPECT_EQ(draft.exit_code, 0);
  EXPECT_THAT(draft.err,
              AllOf(HasSubstr("real_time of BM_A/2 is left out: a row failed: no device"),
                    HasSubstr("cpu_time of BM_A/3 is left out: ")));
  const json document = json::parse(draft.out);
  ASSERT_EQ(document["objectives"].size(), 3U);
  EXPECT_EQ(document["objectives"][0]["benchmark"], "BM_A/1") << "not the family, which fails";
}

TEST(DraftCommand, EndsWithThreeWhereNothingCanBeLimited) {
  json failed = RowOf("BM_A", 0);
  failed["error_occurred"] = true;
  for (const std::string& results :
       {FileOfRows({failed}), FileOfRows({}),
        FileOfRows({RowOf("BM_A", 1)}, json::object({{"slo_build_type", "Debug"}}))}) {
    const GateRun run = RunWords({"draft", "-"}, results);
    EXPECT_EQ(run.exit_code, 3) << results;
    EXPECT_EQ(run.out, "");
    EXPECT_THAT(run.err, HasSubstr("no objective can be made of these results"));
  }
}

TEST(DraftCommand, NamesTheMetricsThereWhereThereAreSome) {
  const GateRun none = RunWords({"draft", "-"}, FileOfRows({}));
  EXPECT_THAT(none.err, HasSubstr("no row has a metric"));
  json row = RowOf("BM_A", 1, {{"hits", 1}});
  row.erase("time_unit");
  const GateRun hits = RunWords({"draft", "-"}, FileOfRows({row}));
  EXPECT_THAT(hits.err, HasSubstr("metrics: hits"));
}

TEST(DraftCommand, RefusesWhatItCannotRead) {
  const std::string results = FileOfRows({RowOf("BM_A", 1, {{"hits", 1}})});
  const GateRun unknown = RunWords({"draft", "--metric=realtime", "-"}, results);
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, AllOf(HasSubstr("did you mean real_time?"),
                                 HasSubstr("metrics: cpu_time, hits, real_time")));
  EXPECT_EQ(RunWords({"draft", "--headroom=0.5", "-"}, results).exit_code, 2);
  EXPECT_EQ(RunWords({"draft", "--by=size", "-"}, results).exit_code, 2);
  EXPECT_EQ(RunWords({"draft"}).exit_code, 2);
  const GateRun shard = RunWords(
      {"draft", "-"}, FileOfRows({RowOf("BM_A", 1)}, json::object({{"slo_shard", "1/2"}})));
  EXPECT_EQ(shard.exit_code, 2);
  EXPECT_THAT(shard.err, HasSubstr("slo_gate pool"));
}

TEST(DraftCommand, UsesTheBoundsOfOurProgram) {
  const json row = RowOf("BM_A", 1'000,
                         {{"latency_p99_us", 50},
                          {"latency_p99_lower_us", 45},
                          {"latency_p99_upper_us", 60},
                          {"samples_count", 10'000},
                          {"success_ratio", 1},
                          {"success_trials_count", 10'000},
                          {"success_over_dispersion_factor", 1},
                          {"success_batches_count", 48},
                          {"failed_count", 0}});
  const json draft = DraftOf(FileOfRows({row}, {{"slo_schema", "1"},
                                                {"slo_build_type", "Release"},
                                                {"slo_confidence_level", "0.9999"}}),
                             {"--metric=latency_p99_us", "--metric=success_ratio"});
  ASSERT_EQ(draft["objectives"].size(), 2U);
  EXPECT_EQ(draft["objectives"][0]["max"], "180us");
  EXPECT_FALSE(draft.contains("points"));
  EXPECT_GT(draft["objectives"][1]["min"].get<double>(), 0.99);
}

}  // namespace
}  // namespace slo::tools
