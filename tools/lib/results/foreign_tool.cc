#include "tools/lib/results/foreign_tool.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;

// An object with all of these members is of the tool. At most three are asked for.
struct Signature {
  const char* tool;
  std::array<const char*, 3> members;
};

constexpr Signature kForeignDocuments[] = {
    {"the output of pytest-benchmark", {"machine_info", "benchmarks"}},
    {"the output of NVBench", {"devices", "benchmarks"}},
    {"the output of BenchmarkDotNet", {"HostEnvironmentInfo", "Benchmarks"}},
    {"the output of Criterion", {"mean", "median", "std_dev"}},
    {"the output of Criterion", {"reason", "typical"}},
    {"the output of k6", {"metrics", "root_group"}},
    {"the output of k6", {"metric", "type", "data"}},
    {"the output of vegeta", {"latencies", "bytes_in", "status_codes"}},
    {"the output of vegeta", {"attack", "seq", "latency"}},
    {"the output of go test -json", {"Action", "Package"}},
    {"the output of autocannon", {"connections", "latency", "requests"}},
    {"the output of asv", {"commit_hash", "results"}},
    {"a pairs file of paired_bench", {"looks", "measured"}},
    {"evidence (slo_gate verify reads it)", {"thresholds", "scenarios", "results"}},
    {"a thresholds file", {"version", "objectives"}},
    {"a file of limits on changes", {"version", "tolerances"}},
};

// By the first element of the document's list "results", or of the document that is a list.
constexpr Signature kForeignElements[] = {
    {"the output of hyperfine", {"command", "mean"}},
    {"the output of hyperfine", {"command", "times"}},
    {"the output of nanobench", {"median(elapsed)"}},
    {"the output of JMH", {"benchmark", "primaryMetric"}},
    {"several documents in a list; give them as files of their own", {"context", "benchmarks"}},
    {"the output of swift-benchmark", {"name", "real_time", "iterations"}},
};

constexpr Signature kForeignRows[] = {
    {"the output of pytest-benchmark", {"name", "fullname", "stats"}},
    {"the output of NVBench", {"name", "states"}},
    {"the output of JMH", {"benchmark", "primaryMetric"}},
};

struct Beginning {
  const char* tool;
  const char* text;
};

constexpr Beginning kBeginnings[] = {
    {"the output of wrk", "Running "},
    {"the output of ApacheBench", "This is ApacheBench"},
    {"the output of go test -bench", "goos: "},
    {"the output of Catch2", "<Catch2TestRun"},
    {"the output of Catch2", "Randomness seeded to"},
    {"the output of hyperfine", "Benchmark 1: "},
    {"the output of nanobench", "| "},
    {"XML", "<"},
};

bool HasMembers(const json& object, const Signature& signature) {
  return std::all_of(signature.members.begin(), signature.members.end(), [&](const char* member) {
    return member == nullptr || object.contains(member);
  });
}

template <size_t kSize>
std::string ToolBy(const Signature (&signatures)[kSize], const json& object) {
  if (!object.is_object()) return "";
  for (const Signature& signature : signatures) {
    if (HasMembers(object, signature)) return signature.tool;
  }
  return "";
}

std::string ToolOfList(const json& list) {
  if (!list.is_array() || list.empty()) return "";
  const json& first = list.front();
  const bool is_haskell = first == "criterio" || first == "criterion";
  return is_haskell ? "the output of Criterion" : ToolBy(kForeignElements, first);
}

// Bencher Metric Format: names, of them measures, of them values.
bool IsBencher(const json& document) {
  if (document.empty()) return false;
  return std::all_of(document.begin(), document.end(), [](const json& measures) {
    return measures.is_object() && !measures.empty() &&
           std::all_of(measures.begin(), measures.end(), [](const json& measure) {
             return measure.is_object() && measure.contains("value");
           });
  });
}

}  // namespace

std::string ToolOfDocument(const json& document) {
  if (document.is_array()) return ToolOfList(document);
  if (!document.is_object()) return "";
  std::string tool = ToolBy(kForeignDocuments, document);
  if (!tool.empty()) return tool;
  const auto metadata = document.find("metadata");
  if (metadata != document.end() && metadata->is_object() && metadata->contains("catch2-version")) {
    return "the output of Catch2";
  }
  const auto results = document.find("results");
  if (results != document.end()) tool = ToolOfList(*results);
  return tool.empty() && IsBencher(document) ? "Bencher Metric Format" : tool;
}

std::string ToolOfRow(const json& row) { return ToolBy(kForeignRows, row); }

std::string ToolOfText(absl::string_view text) {
  text = absl::StripLeadingAsciiWhitespace(text);
  if (absl::StartsWith(text, "{")) {
    const absl::string_view line = text.substr(0, text.find('\n'));
    const json document = json::parse(line.begin(), line.end(), nullptr, false);
    return document.is_object() ? ToolOfDocument(document) : "";
  }
  if (absl::StartsWith(text, "<?xml") && absl::StrContains(text.substr(0, 1'000), "Catch2")) {
    return "the output of Catch2";
  }
  for (const Beginning& beginning : kBeginnings) {
    if (!absl::StartsWith(text, beginning.text)) continue;
    if (absl::StartsWith(text, "Running ") && !absl::StrContains(text, "Thread Stats")) continue;
    if (absl::StartsWith(text, "| ") && !absl::StrContains(text, "ns/op")) continue;
    return beginning.tool;
  }
  return "";
}

}  // namespace slo::tools
