#include "tools/lib/results/trace_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/json_keys.h"
#include "tools/lib/json/json_text.h"
#include "tools/lib/results/trace_slots.h"
#include "tools/lib/stats/log_buckets.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using nlohmann::json;

// Google Benchmark 1.7 and later, BenchmarkName::str.
constexpr std::array<absl::string_view, 8> kAdded = {
    "min_time:",   "min_warmup_time:", "iterations:",  "repeats:",
    "manual_time", "real_time",        "process_time", "threads:"};
// Those of a trace, which are those of bench/record/latency_histogram.h.
using Buckets = stats::LogBuckets<11>;
constexpr int64_t kLastBucketNs = (int64_t{1} << 42U) - 1;
constexpr std::array<absl::string_view, 2> kBases = {"service_time", "planned_start"};

// The member `key`, a whole number from zero on.
int64_t ReadCount(const json& object, const std::string& where, const char* key,
                  ProblemList& problems) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_number_integer() && *found >= 0 &&
      *found <= int64_t{1} << 53U) {
    return found->get<int64_t>();
  }
  problems.Add(absl::StrCat(where, ".", key, ": expected a whole number from 0 to 2^53, found ",
                            found == object.end() ? "nothing" : found->dump()));
  return 0;
}

double ReadNumber(const json& object, const std::string& where, const char* key,
                  ProblemList& problems) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_number() && *found >= 0) return found->get<double>();
  problems.Add(absl::StrCat(where, ".", key, ": expected a number from 0 on, found ",
                            found == object.end() ? "nothing" : found->dump()));
  return 0;
}

// The elements of the list `key`, each by `read(element, where)`.
template <typename T, typename Read>
std::vector<T> ReadObjects(const json& object, const std::string& where, const char* key,
                           const Read& read, ProblemList& problems) {
  std::vector<T> list;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) {
    problems.Add(absl::StrCat(where, ".", key, ": expected a list"));
    return list;
  }
  for (size_t i = 0; i < found->size(); ++i) {
    const std::string place = absl::StrCat(where, ".", key, "[", i, "]");
    if ((*found)[i].is_object()) {
      list.push_back(read((*found)[i], place));
    } else {
      problems.Add(absl::StrCat(place, ": expected an object"));
    }
  }
  return list;
}

bool IsBucket(const json& bucket) {
  return bucket.is_array() && bucket.size() == 2 && bucket[0].is_number_unsigned() &&
         bucket[1].is_number_unsigned() && bucket[1] > 0 && bucket[1] <= int64_t{1} << 53U;
}

// What was read, or a problem.
template <typename T>
std::optional<T> TakeSlots(absl::StatusOr<T> read, ProblemList& problems) {
  if (read.ok()) return *std::move(read);
  problems.Add(read.status());
  return std::nullopt;
}

TraceHistogram ReadHistogram(const json& source, const std::string& where, ProblemList& problems) {
  TraceHistogram histogram = {.prefix = TextMember(source, "prefix"),
                              .basis = RequiredText(source, where, "basis", problems),
                              .count = ReadCount(source, where, "count", problems),
                              .min_ns = ReadCount(source, where, "min_ns", problems),
                              .max_ns = ReadCount(source, where, "max_ns", problems)};
  if (!histogram.basis.empty() &&
      std::find(kBases.begin(), kBases.end(), histogram.basis) == kBases.end()) {
    problems.Add(absl::StrCat(where, ".basis: expected service_time or planned_start, found \"",
                              histogram.basis, "\""));
  }
  const auto buckets = source.find("buckets");
  if (buckets == source.end() || !buckets->is_array() ||
      !std::all_of(buckets->begin(), buckets->end(), IsBucket)) {
    problems.Add(absl::StrCat(where,
                              ".buckets: expected a list of [value, count], both whole "
                              "numbers and the count above 0"));
    return histogram;
  }
  int64_t sum = 0;
  for (const json& bucket : *buckets) {
    histogram.buckets[bucket[0].get<int64_t>()] += bucket[1].get<int64_t>();
    sum = std::min(sum + bucket[1].get<int64_t>(), (int64_t{1} << 53U) + 1);
  }
  if (sum != histogram.count) {
    problems.Add(
        absl::StrCat(where, ": count is ", histogram.count, ", but the buckets hold ", sum));
  }
  if (const auto slots = source.find("slots"); slots != source.end()) {
    histogram.slots =
        TakeSlots(LatencySlotsOf(*slots, absl::StrCat(where, ".slots"), histogram.count), problems);
  }
  return histogram;
}

// The member `key` where it is one of those; another one counts as absent.
std::optional<double> OptionalNumber(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::optional<int64_t> OptionalCount(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<int64_t>();
}

std::optional<std::string> OptionalTextMember(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

TraceWindow ReadWindow(const json& source, const std::string& where, ProblemList& problems) {
  return {.end_seconds = ReadNumber(source, where, "end_seconds", problems),
          .runs = OptionalCount(source, "runs"),
          .succeeded = OptionalCount(source, "succeeded"),
          .runs_per_second = OptionalNumber(source, "runs_per_second"),
          .run_p10_us = OptionalNumber(source, "run_p10_us"),
          .run_p50_us = ReadNumber(source, where, "run_p50_us", problems),
          .run_p99_us = ReadNumber(source, where, "run_p99_us", problems),
          .heap_bytes = OptionalCount(source, "heap_bytes"),
          .live_blocks = OptionalCount(source, "live_blocks"),
          .resident_bytes = OptionalCount(source, "resident_bytes"),
          .threads = OptionalCount(source, "threads"),
          .descriptors = OptionalCount(source, "descriptors")};
}

TraceScenario ReadScenario(const json& source, const std::string& where, ProblemList& problems) {
  TraceScenario scenario = {.row = RequiredText(source, where, "row", problems),
                            .start_utc = OptionalTextMember(source, "start_utc"),
                            .seconds = OptionalNumber(source, "seconds"),
                            .response_digest = OptionalCount(source, "response_digest"),
                            .response_digest_runs = OptionalCount(source, "response_digest_runs")};
  scenario.histograms = ReadObjects<TraceHistogram>(
      source, where, "histograms",
      [&](const json& element, const std::string& place) {
        return ReadHistogram(element, place, problems);
      },
      problems);
  scenario.windows = ReadObjects<TraceWindow>(
      source, where, "windows",
      [&](const json& element, const std::string& place) {
        return ReadWindow(element, place, problems);
      },
      problems);
  if (const auto trials = source.find("trials"); trials != source.end()) {
    scenario.trials = TakeSlots(TrialSlotsOf(*trials, absl::StrCat(where, ".trials")), problems);
  }
  return scenario;
}

// The slots of all or of none.
template <typename Slots>
void AddSlots(const std::optional<Slots>& slots, std::optional<Slots>& merged) {
  if (!slots.has_value() || !merged.has_value()) {
    merged.reset();
  } else {
    merged->Merge(*slots);
  }
}

void AddTo(const TraceHistogram& histogram, std::vector<TraceHistogram>& merged) {
  const auto same = std::find_if(merged.begin(), merged.end(), [&](const TraceHistogram& other) {
    return other.prefix == histogram.prefix && other.basis == histogram.basis;
  });
  if (same == merged.end()) {
    merged.push_back(histogram);
    return;
  }
  if (histogram.count == 0) return;
  if (same->count == 0) {
    *same = histogram;
    return;
  }
  same->min_ns = std::min(same->min_ns, histogram.min_ns);
  same->max_ns = std::max(same->max_ns, histogram.max_ns);
  same->count += histogram.count;
  AddSlots(histogram.slots, same->slots);
  for (const auto& [value, count] : histogram.buckets) same->buckets[value] += count;
}

}  // namespace

int64_t TraceHistogram::AtQuantile(double quantile) const {
  return AtRank(static_cast<int64_t>(std::ceil(quantile * static_cast<double>(count))));
}

int64_t TraceHistogram::AtRank(int64_t rank) const {
  int64_t below = 0;
  for (const auto& [value, bucket_count] : buckets) {
    below += bucket_count;
    // The last bucket there can be also holds what is beyond it: the largest is all that is known.
    if (below >= rank) return value >= kLastBucketNs ? max_ns : std::min(value, max_ns);
  }
  return max_ns;
}

int64_t TraceHistogram::LowestAtRank(int64_t rank) const {
  int64_t below = 0;
  for (const auto& [value, bucket_count] : buckets) {
    below += bucket_count;
    if (below < rank) continue;
    return std::max(Buckets::FirstLike(static_cast<uint64_t>(value)), min_ns);
  }
  return min_ns;
}

absl::StatusOr<TraceFile> ParseTraceFile(absl::string_view file, absl::string_view text) {
  const absl::StatusOr<json> document = ParseJsonText(file, text);
  if (!document.ok()) return document.status();
  return TraceFileOf(file, *document);
}

absl::StatusOr<TraceFile> TraceFileOf(absl::string_view file, const json& document) {
  const std::string where(file);
  if (!document.is_object() || TextMember(document, "kind") != kTraceKind) {
    return absl::InvalidArgumentError(absl::StrCat(
        where,
        ": is no trace; expected the file that bench_workflow --slo_trace writes, with "
        "\"kind\": \"",
        kTraceKind, "\""));
  }
  ProblemList problems;
  CheckVersion(document, where, problems);
  TraceFile trace = {.file = where,
                     .generated_at_utc = OptionalTextMember(document, "generated_at_utc")};
  if (const auto context = document.find("context");
      context != document.end() && context->is_object()) {
    for (const auto& [key, value] : context->items()) {
      trace.context[key] = value.is_string() ? value.get<std::string>() : value.dump();
    }
  }
  trace.scenarios = ReadObjects<TraceScenario>(
      document, where, "scenarios",
      [&](const json& element, const std::string& place) {
        return ReadScenario(element, place, problems);
      },
      problems);
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return trace;
}

bool IsRowOf(absl::string_view name, absl::string_view row) {
  if (!absl::ConsumePrefix(&name, row)) return false;
  if (name.empty()) return true;
  if (!absl::ConsumePrefix(&name, "/")) return false;
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  return std::all_of(parts.begin(), parts.end(), [](absl::string_view part) {
    return std::any_of(kAdded.begin(), kAdded.end(), [&](absl::string_view added) {
      return part == added || (absl::EndsWith(added, ":") && absl::StartsWith(part, added));
    });
  });
}

std::vector<TraceScenario> MergedScenarios(const std::vector<TraceFile>& files) {
  std::vector<TraceScenario> merged;
  for (const TraceFile& file : files) {
    for (const TraceScenario& scenario : file.scenarios) {
      const auto same = std::find_if(merged.begin(), merged.end(), [&](const TraceScenario& other) {
        return other.row == scenario.row;
      });
      if (same == merged.end()) {
        merged.push_back(scenario);
        continue;
      }
      AddSlots(scenario.trials, same->trials);
      // What is left is that of no single process.
      *same = {.row = same->row,
               .histograms = std::move(same->histograms),
               .trials = std::move(same->trials)};
      for (const TraceHistogram& histogram : scenario.histograms) {
        AddTo(histogram, same->histograms);
      }
    }
  }
  return merged;
}

}  // namespace slo::tools
