#include "tools/lib/results/pairs_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/first_members.h"
#include "tools/lib/json/json_keys.h"
#include "tools/lib/json/json_text.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr absl::string_view kPairsKind = "workflow-slo-pairs";

constexpr std::array<std::pair<absl::string_view, Comparison>, 3> kComparisons = {{
    {"change", Comparison::kChange},
    {"quiet_control", Comparison::kQuietControl},
    {"slowed_control", Comparison::kSlowedControl},
}};

constexpr std::array<std::pair<absl::string_view, Against>, 2> kAgainst = {{
    {"merge_base", Against::kMergeBase},
    {"release", Against::kRelease},
}};

template <typename T, size_t kSize>
absl::string_view NameIn(const std::array<std::pair<absl::string_view, T>, kSize>& names, T value) {
  const auto found = std::find_if(names.begin(), names.end(),
                                  [&](const auto& entry) { return entry.second == value; });
  return found != names.end() ? found->first : names.front().first;
}

// The member `key` as one of the names; the first of them, and a problem, when it is none.
template <typename T, size_t kSize>
T ReadName(const json& object, const std::string& where, const char* key,
           const std::array<std::pair<absl::string_view, T>, kSize>& names, ProblemList& problems) {
  const std::string text = RequiredText(object, where, key, problems);
  std::vector<absl::string_view> known;
  for (const auto& [name, value] : names) {
    if (name == text) return value;
    known.push_back(name);
  }
  if (!text.empty()) {
    problems.Add(absl::StrCat(where, ".", key, ": expected one of ", absl::StrJoin(known, ", "),
                              ", found \"", text, "\""));
  }
  return names.front().second;
}

std::map<std::string, std::string> ReadTexts(const json& object, const char* key) {
  std::map<std::string, std::string> texts;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_object()) return texts;
  for (const auto& [name, value] : found->items()) {
    texts[name] = value.is_string() ? value.get<std::string>() : value.dump();
  }
  return texts;
}

std::vector<std::string> ReadTextList(const json& object, const std::string& where, const char* key,
                                      ProblemList& problems) {
  std::vector<std::string> list;
  const auto found = object.find(key);
  const bool is_good =
      found != object.end() && found->is_array() &&
      std::all_of(found->begin(), found->end(), [](const json& e) { return e.is_string(); });
  if (!is_good) {
    problems.Add(absl::StrCat(where, ".", key, ": expected a list of strings"));
    return list;
  }
  for (const json& element : *found) list.push_back(element.get<std::string>());
  return list;
}

bool ReadBool(const json& object, const std::string& where, const char* key,
              ProblemList& problems) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_boolean()) return found->get<bool>();
  problems.Add(absl::StrCat(where, ".", key, ": expected true or false, found ",
                            found == object.end() ? "nothing" : found->dump()));
  return false;
}

std::vector<double> ReadValues(const json& object, const std::string& where, const char* key,
                               ProblemList& problems) {
  std::vector<double> values;
  const auto found = object.find(key);
  const bool is_good = found != object.end() && found->is_array() &&
                       std::all_of(found->begin(), found->end(),
                                   [](const json& e) { return e.is_number() || e.is_null(); });
  if (!is_good) {
    problems.Add(absl::StrCat(where, ".", key, ": expected a list of numbers or null"));
    return values;
  }
  for (const json& element : *found) {
    values.push_back(element.is_null() ? std::numeric_limits<double>::quiet_NaN()
                                       : element.get<double>());
  }
  return values;
}

void ReadMetrics(const json& source, const std::string& where, MeasuredPairs& measured,
                 ProblemList& problems) {
  const auto metrics = source.find("metrics");
  if (metrics == source.end() || !metrics->is_object()) {
    return problems.Add(absl::StrCat(where, ".metrics: expected an object"));
  }
  for (const auto& [name, value] : metrics->items()) {
    const std::string place = absl::StrCat(where, ".metrics.", name);
    MetricPairs pairs = {.base = ReadValues(value, place, "base", problems),
                         .candidate = ReadValues(value, place, "candidate", problems)};
    if (pairs.base.size() != pairs.candidate.size() ||
        (!measured.metrics.empty() && pairs.base.size() != static_cast<size_t>(measured.pairs()))) {
      problems.Add(absl::StrCat(place, ": expected as many values a side and metric, found ",
                                pairs.base.size(), " of base and ", pairs.candidate.size(),
                                " of candidate"));
      continue;
    }
    measured.metrics[name] = std::move(pairs);
  }
}

MeasuredPairs ReadMeasured(const json& source, const std::string& where, ProblemList& problems) {
  MeasuredPairs measured = {
      .benchmark = RequiredText(source, where, "benchmark", problems),
      .comparison = ReadName(source, where, "comparison", kComparisons, problems),
      .in_base = ReadBool(source, where, "in_base", problems),
      .in_candidate = ReadBool(source, where, "in_candidate", problems),
      .base_time_unit = TextMember(source, "base_time_unit"),
      .candidate_time_unit = TextMember(source, "candidate_time_unit"),
      .failures = ReadTextList(source, where, "failures", problems)};
  ReadMetrics(source, where, measured, problems);
  return measured;
}

void ReadMeasuredList(const json& document, PairsFile& pairs, ProblemList& problems) {
  const auto list = document.find("measured");
  if (list == document.end() || !list->is_array() || list->empty()) {
    return problems.Add(
        absl::StrCat(pairs.file, ": measured: expected a list of at least one benchmark"));
  }
  std::set<std::pair<Comparison, std::string>> seen;
  for (size_t i = 0; i < list->size(); ++i) {
    const std::string where = absl::StrCat(pairs.file, ": measured[", i, "]");
    if (!(*list)[i].is_object()) {
      problems.Add(absl::StrCat(where, ": expected an object"));
      continue;
    }
    MeasuredPairs measured = ReadMeasured((*list)[i], where, problems);
    if (!seen.emplace(measured.comparison, measured.benchmark).second) {
      problems.Add(absl::StrCat(where, ": ", measured.benchmark, " is there more than once as ",
                                Name(measured.comparison)));
    }
    pairs.measured.push_back(std::move(measured));
  }
}

void ReadAnalyses(const json& document, PairsFile& pairs, ProblemList& problems) {
  const auto analyses = document.find("looks");
  const auto is_count = [](const json& e) { return e.is_number_integer() && e > 0; };
  if (analyses == document.end() || !analyses->is_array() || analyses->empty() ||
      !std::all_of(analyses->begin(), analyses->end(), is_count)) {
    return problems.Add(
        absl::StrCat(pairs.file, ": looks: expected a list of numbers of pairs above zero"));
  }
  pairs.analyses = analyses->get<std::vector<int64_t>>();
  if (std::adjacent_find(pairs.analyses.begin(), pairs.analyses.end(), std::greater_equal<>()) !=
      pairs.analyses.end()) {
    problems.Add(
        absl::StrCat(pairs.file, ": looks: expected ascending numbers, found ", analyses->dump()));
  }
}

Side ReadSide(const json& document, const std::string& file, const char* key,
              ProblemList& problems) {
  const auto found = document.find(key);
  if (found == document.end() || !found->is_object()) {
    problems.Add(absl::StrCat(file, ": ", key, ": expected {\"binary\": ..., \"context\": {...}}"));
    return {};
  }
  return {.binary = RequiredText(*found, absl::StrCat(file, ": ", key), "binary", problems),
          .identity = TextMember(*found, "identity"),
          .context = ReadTexts(*found, "context")};
}

ordered_json ValuesJson(const std::vector<double>& values) {
  ordered_json list = ordered_json::array();
  for (const double value : values) {
    list.push_back(std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr));
  }
  return list;
}

ordered_json MeasuredJson(const MeasuredPairs& measured) {
  ordered_json metrics = ordered_json::object();
  for (const auto& [name, pairs] : measured.metrics) {
    metrics[name] = {{"base", ValuesJson(pairs.base)}, {"candidate", ValuesJson(pairs.candidate)}};
  }
  return {{"benchmark", measured.benchmark},
          {"comparison", std::string(Name(measured.comparison))},
          {"in_base", measured.in_base},
          {"in_candidate", measured.in_candidate},
          {"base_time_unit", measured.base_time_unit},
          {"candidate_time_unit", measured.candidate_time_unit},
          {"failures", measured.failures},
          {"metrics", std::move(metrics)}};
}

}  // namespace

absl::string_view Name(Comparison comparison) { return NameIn(kComparisons, comparison); }

int64_t MeasuredPairs::pairs() const {
  return metrics.empty() ? 0 : static_cast<int64_t>(metrics.begin()->second.base.size());
}

std::vector<std::string> PairsFile::passed_on() const {
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  if (dashes == arguments.end()) return {};
  return {dashes + 1, arguments.end()};
}

bool IsPairsFile(absl::string_view text) {
  bool is_pairs = false;
  ScanFirstMembers(text, [&](const std::string& key, const std::optional<std::string>& value) {
    if (key == "kind") is_pairs = value == std::string(kPairsKind);
    return key != "kind" && key != "context" && key != "benchmarks";
  });
  return is_pairs;
}

absl::StatusOr<PairsFile> ParsePairsFile(absl::string_view file, absl::string_view text) {
  const absl::StatusOr<json> document = ParseJsonText(file, text);
  if (!document.ok()) return document.status();
  return PairsFileOf(file, *document);
}

absl::StatusOr<PairsFile> PairsFileOf(absl::string_view file, const json& document) {
  if (!document.is_object() || document.value("kind", json()) != std::string(kPairsKind)) {
    return absl::InvalidArgumentError(
        absl::StrCat(file, ": expected the output of paired_bench: {\"kind\": \"", kPairsKind,
                     "\", \"version\": 1, \"measured\": [...]}"));
  }
  PairsFile pairs = {.file = std::string(file)};
  ProblemList problems;
  CheckVersion(document, pairs.file, problems);
  pairs.generated_at_utc = RequiredText(document, pairs.file, "generated_at_utc", problems);
  if (document.contains("arguments")) {
    pairs.arguments = ReadTextList(document, pairs.file, "arguments", problems);
  }
  pairs.against = ReadName(document, pairs.file, "against", kAgainst, problems);
  pairs.base = ReadSide(document, pairs.file, "base", problems);
  pairs.candidate = ReadSide(document, pairs.file, "candidate", problems);
  ReadAnalyses(document, pairs, problems);
  pairs.interrupted = ReadBool(document, pairs.file, "interrupted", problems);
  if (document.contains("slowdown") && !document["slowdown"].is_null()) {
    pairs.slowdown = RequiredText(document, pairs.file, "slowdown", problems);
  }
  pairs.collection = ReadTexts(document, "collection");
  ReadMeasuredList(document, pairs, problems);
  pairs.selected = ReadTextList(document, pairs.file, "selected", problems);
  pairs.not_selected = ReadTextList(document, pairs.file, "not_selected", problems);
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return pairs;
}

std::string PairsFileText(const PairsFile& pairs) {
  ordered_json measured = ordered_json::array();
  for (const MeasuredPairs& one : pairs.measured) measured.push_back(MeasuredJson(one));
  const auto side = [](const Side& source) {
    return ordered_json{
        {"binary", source.binary}, {"identity", source.identity}, {"context", source.context}};
  };
  const ordered_json document = {
      {"kind", std::string(kPairsKind)},
      {"version", 1},
      {"generated_at_utc", pairs.generated_at_utc},
      {"arguments", pairs.arguments},
      {"against", std::string(NameIn(kAgainst, pairs.against))},
      {"base", side(pairs.base)},
      {"candidate", side(pairs.candidate)},
      {"looks", pairs.analyses},
      {"interrupted", pairs.interrupted},
      {"slowdown",
       pairs.slowdown.has_value() ? ordered_json(*pairs.slowdown) : ordered_json(nullptr)},
      {"collection", pairs.collection},
      {"selected", pairs.selected},
      {"not_selected", pairs.not_selected},
      {"measured", std::move(measured)}};
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace slo::tools
