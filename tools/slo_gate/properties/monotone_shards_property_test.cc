// Taking information away never turns what was no pass into a pass: shards with their traces, by
// way of files.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/cli/judge_inputs.h"
#include "tools/slo_gate/properties/deletion_testing.h"

namespace slo::tools {
namespace {

using testing::IsEmpty;

// "$": the number of the shard.
constexpr const char* kContext =
    R"({"slo_schema":"1","slo_confidence_level":"0.9","slo_seed":"1","slo_git_revision":"abc",
  "slo_build_type":"release","slo_command_line":"bench --slo_shard=$/2","slo_shard":"$/2",
  "slo_confidence_method":"m","host_name":"host$"})";
constexpr const char* kResults = R"({"context":CONTEXT,"benchmarks":[
  {"name":"BM_Load/runs:2/iterations:1","time_unit":"us","real_time":3,"samples_count":2,
   "latency_max_us":$,"success_trials_count":20,"failed_count":FAILED,"success_ratio":RATIO}]})";
constexpr const char* kTrace = R"({"kind":"workflow-slo-trace","version":1,"context":CONTEXT,
  "scenarios":[{"row":"BM_Load/runs:2","windows":[],"histograms":[
    {"prefix":"","basis":"service_time","count":2,"min_ns":1000,"max_ns":$000,
     "buckets":[[$000,2]]}]}]})";
constexpr const char* kThresholds = R"({"version":1,"objectives":[
  {"id":"max","benchmark":"BM_Load/*","metric":"latency_max_us","max":"LIMIT","point":true,
   "why":"w","source":"s"},
  {"id":"p50","benchmark":"BM_Load/*","metric":"latency_p50_us","max":"LIMIT","why":"w",
   "source":"s"},
  {"id":"ratio","benchmark":"BM_Load/*","metric":"success_ratio","min":0.5,"why":"w",
   "source":"s"}]})";

class MonotoneShards : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    // Each test of the program can be a process of its own.
    directory_ =
        std::filesystem::path(testing::TempDir()) / absl::StrCat("monotone_shards_", getpid());
    std::filesystem::create_directories(directory_);
    for (const std::string shard : {"1", "2"}) {
      const bool is_first = shard == "1";
      for (const auto& [kind, text] : {std::pair("results", kResults), {"trace", kTrace}}) {
        documents_[absl::StrCat(kind, shard)] = json::parse(
            absl::StrReplaceAll(absl::StrReplaceAll(text, {{"CONTEXT", kContext},
                                                           {"FAILED", is_first ? "0" : "18"},
                                                           {"RATIO", is_first ? "1" : "0.1"}}),
                                {{"$", shard}}));
        Write(absl::StrCat(kind, shard));
      }
    }
    std::ofstream(File("thresholds")) << absl::StrReplaceAll(kThresholds, {{"LIMIT", GetParam()}});
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::string File(const std::string& name) const { return directory_ / (name + ".json"); }
  void Write(const std::string& name) const { std::ofstream(File(name)) << documents_.at(name); }

  std::optional<Verdict> Judge(const std::vector<std::string>& results,
                               const std::vector<std::string>& traces) const {
    GateOptions options = {.thresholds = File("thresholds")};
    for (const std::string& name : results) options.results.push_back(File(name));
    for (const std::string& name : traces) options.traces.push_back(File(name));
    std::istringstream in;
    absl::StatusOr<Verdict> verdict = JudgeInputs(options, "", {}, in);
    if (!verdict.ok()) last_problem_ = std::string(verdict.status().message());
    return verdict.ok() ? std::optional<Verdict>(*std::move(verdict)) : std::nullopt;
  }

  std::filesystem::path directory_;
  std::map<std::string, json> documents_;
  mutable std::string last_problem_;
};

TEST_P(MonotoneShards, WithEveryMemberDeleted) {
  const std::vector<std::string> results = {"results1", "results2"};
  const std::vector<std::string> traces = {"trace1", "trace2"};
  const std::optional<Verdict> whole = Judge(results, traces);
  ASSERT_TRUE(whole.has_value()) << last_problem_;
  ASSERT_NE(ExitCodeOf(*whole), 0) << "some check is no pass";
  for (auto& [name, document] : documents_) {
    const Deletions deletions = DeleteEverything(document, [&, name = name] {
      Write(name);
      return Judge(results, traces);
    });
    Write(name);
    EXPECT_GT(deletions.refused, 0) << name;
    EXPECT_THAT(deletions.problems, IsEmpty()) << name;
  }
}

TEST_P(MonotoneShards, WithAFileLess) {
  const std::vector<std::string> results = {"results1", "results2"};
  const std::vector<std::string> traces = {"trace1", "trace2"};
  EXPECT_TRUE(Judge(results, traces).has_value()) << last_problem_;
  EXPECT_FALSE(Judge({"results1"}, traces).has_value());
  EXPECT_FALSE(Judge({"results2"}, traces).has_value());
  EXPECT_FALSE(Judge({"results1"}, {"trace1"}).has_value());
  EXPECT_FALSE(Judge(results, {"trace1"}).has_value());
  EXPECT_FALSE(Judge(results, {}).has_value());
}

INSTANTIATE_TEST_SUITE_P(Limits, MonotoneShards, testing::Values("1ns", "1.5us", "1s"));

}  // namespace
}  // namespace slo::tools
