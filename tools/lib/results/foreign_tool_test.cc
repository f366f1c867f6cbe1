#include "tools/lib/results/foreign_tool.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/lib/results/report.h"

namespace slo::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct ForeignCase {
  const char* tool;
  const char* text;
};

constexpr ForeignCase kForeignCases[] = {
    {"hyperfine", R"({"results": [{"command": "a", "mean": 0.5, "times": [0.5]}]})"},
    {"pytest-benchmark",
     R"({"machine_info": {}, "benchmarks": [{"name": "t", "fullname": "f", "stats": {}}]})"},
    {"pytest-benchmark",
     R"({"benchmarks": [{"name": "t", "fullname": "f", "stats": {"min": 1}}]})"},
    {"NVBench",
     R"({"meta": {}, "devices": [], "benchmarks": [{"name": "c", "index": 0, "states": []}]})"},
    {"BenchmarkDotNet", R"({"Title": "t", "HostEnvironmentInfo": {}, "Benchmarks": []})"},
    {"Criterion", R"({"mean": {"point_estimate": 1}, "median": {}, "std_dev": {}})"},
    {"Criterion", R"(["criterion", "1.6", []])"},
    {"JMH", R"([{"jmhVersion": "1.37", "benchmark": "a.B", "primaryMetric": {"score": 1}}])"},
    {"k6", R"({"root_group": {}, "metrics": {"http_req_duration": {"avg": 1}}})"},
    {"k6",
     "{\"type\":\"Point\",\"data\":{},\"metric\":\"vus\"}\n"
     "{\"type\":\"Point\",\"data\":{},\"metric\":\"vus\"}\n"},
    {"go test -json", "{\"Action\":\"run\",\"Package\":\"p\"}\n{\"Action\":\"pass\"}\n"},
    {"go test -bench", "goos: linux\ngoarch: amd64\nBenchmarkA-8 \t 100 \t 12 ns/op\n"},
    {"Catch2", "<?xml version=\"1.0\"?>\n<Catch2TestRun name=\"t\">"},
    {"Catch2", R"({"version": 1, "metadata": {"name": "t", "catch2-version": "3.4"}})"},
    {"nanobench", R"-({"results": [{"name": "a", "median(elapsed)": 1e-9, "epochs": 11}]})-"},
    {"vegeta", R"({"latencies": {"mean": 1}, "bytes_in": {}, "status_codes": {}})"},
    {"wrk", "Running 10s test @ http://localhost\n  2 threads\n  Thread Stats   Avg\n"},
    {"ApacheBench", "This is ApacheBench, Version 2.3\n"},
    {"swift-benchmark", R"({"results": [{"name": "a", "iterations": 4, "real_time": 2.5}]})"},
    {"Bencher Metric Format", R"({"a": {"latency": {"value": 3}}})"},
    {"pairs file of paired_bench", R"({"looks": [16], "measured": []})"},
    {"thresholds file", R"({"version": 1, "objectives": []})"},
    {"limits on changes", R"({"version": 1, "tolerances": []})"},
    {"slo_gate verify", R"({"thresholds": {}, "scenarios": [], "results": []})"},
};

TEST(ParseReport, NamesTheToolThatWroteTheFile) {
  for (const ForeignCase& one : kForeignCases) {
    const absl::Status status = ParseReport("r.json", one.text).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << one.text;
    EXPECT_THAT(std::string(status.message()),
                AllOf(HasSubstr("r.json: "), HasSubstr(": this is "), HasSubstr(one.tool),
                      HasSubstr("expected the output of a Google Benchmark binary")))
        << one.text;
  }
}

TEST(ParseReport, SaysWhenNoRowIsOfGoogleBenchmark) {
  const auto message = [](const char* text) {
    return std::string(ParseReport("r.json", text).status().message());
  };
  EXPECT_THAT(message(R"({"benchmarks": [{"name": "a", "stats": {"mean": 1}}, {"name": "b"}]})"),
              HasSubstr("r.json: no row has real_time: not Google Benchmark output; expected"));
  // A counter can be judged, and one row that is may stand among others.
  EXPECT_EQ(message(R"({"benchmarks": [{"name": "a", "mean": 1}]})"), "");
  EXPECT_EQ(message(R"({"benchmarks": [{"name": "a"}, {"name": "b", "run_type": "iteration"}]})"),
            "");
}

TEST(ToolOf, SaysNothingOfResultsNorOfWhatItDoesNotKnow) {
  for (const char* text : {"{}", "[]", "[1]", "3", R"({"context": {}, "benchmarks": []})",
                           R"({"results": []})", R"({"results": [1]})", R"({"a": {"b": 1}})"}) {
    EXPECT_EQ(ToolOfDocument(nlohmann::json::parse(text)), "") << text;
  }
  EXPECT_EQ(ToolOfRow(nlohmann::json::parse(R"({"name": "BM_A", "real_time": 1})")), "");
  for (const char* text : {"", "Running ./a\n", "nothing", "{", "{\"name\": 1}\n{}"}) {
    EXPECT_EQ(ToolOfText(text), "") << text;
  }
}

}  // namespace
}  // namespace slo::tools
