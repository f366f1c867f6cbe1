#include "tools/lib/changes/regression_limits.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/first_members.h"
#include "tools/lib/json/json_keys.h"
#include "tools/lib/json/json_text.h"
#include "tools/lib/text/glob.h"
#include "tools/lib/text/percent.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using nlohmann::json;

constexpr std::array<absl::string_view, 7> kFileKeys = {
    "$schema", "confidence", "description", "exact", "tolerances", "version", "waivers"};
constexpr std::array<absl::string_view, 10> kToleranceKeys = {
    "benchmark",           "id",     "max_decrease", "max_increase", "max_increase_since_release",
    "max_increase_stored", "metric", "severity",     "source",       "why"};
constexpr std::array<absl::string_view, 7> kExactKeys = {
    "benchmark", "id", "max_change", "metric", "severity", "source", "why"};
constexpr std::array<absl::string_view, 5> kWaiverKeys = {"benchmark", "ceiling", "expires",
                                                          "owner", "reason"};
constexpr absl::string_view kAbsent = "absent";

// Google Benchmark's own rates: more of them is better.
constexpr std::array<absl::string_view, 2> kRates = {"bytes_per_second", "items_per_second"};

Allowance ReadAllowance(const json& object, const std::string& where, const char* key,
                        ProblemList& problems) {
  const std::string text = RequiredText(object, where, key, problems);
  if (text.empty()) return {};
  const absl::StatusOr<double> value = ParsePercent(text);
  if (!value.ok()) problems.Add(absl::StrCat(where, ".", key, ": ", value.status().message()));
  return {.value = value.value_or(0), .text = text};
}

std::optional<Allowance> ReadOptionalAllowance(const json& object, const std::string& where,
                                               const char* key, ProblemList& problems) {
  if (!object.contains(key)) return std::nullopt;
  return ReadAllowance(object, where, key, problems);
}

// An allowance below `max_increase` would forbid since a release what it allows in one step.
void CheckNotBelow(const Allowance& smallest, const std::optional<Allowance>& other,
                   const std::string& where, const char* key, ProblemList& problems) {
  if (!other.has_value() || other->value >= smallest.value) return;
  problems.Add(absl::StrCat(where, ".", key, ": expected at least max_increase (", smallest.text,
                            "), found ", other->text));
}

// What a rate may lose, as what its reciprocal may gain.
Allowance ReadDecrease(const json& source, const std::string& where, ProblemList& problems) {
  const Allowance decrease = ReadAllowance(source, where, "max_decrease", problems);
  if (decrease.text.empty()) return {};
  if (decrease.value >= 1) {
    problems.Add(
        absl::StrCat(where, ".max_decrease: expected less than 100%, found ", decrease.text));
    return {};
  }
  const double increase = 1 / (1 - decrease.value) - 1;
  return {.value = increase,
          .text = increase < 1 ? absl::StrFormat("%.3g%%", 100 * increase)
                               : absl::StrFormat("%.0f%%", 100 * increase)};
}

// The tolerance's figure, of which there must be exactly one, and which must be the one that the
// metric asks for: the other would call what is slower better.
void ReadMaxChange(const json& source, const std::string& where, Tolerance& tolerance,
                   ProblemList& problems) {
  if (!source.contains("max_decrease")) {
    tolerance.max_increase = ReadAllowance(source, where, "max_increase", problems);
    if (std::find(kRates.begin(), kRates.end(), tolerance.metric) == kRates.end()) return;
    return problems.Add(absl::StrCat(where, ".metric: ", tolerance.metric,
                                     " should be large: expected \"max_decrease\" in place of "
                                     "\"max_increase\""));
  }
  tolerance.better = Better::kMore;
  tolerance.max_increase = ReadDecrease(source, where, problems);
  for (const char* key : {"max_increase", "max_increase_since_release", "max_increase_stored"}) {
    if (source.contains(key)) {
      problems.Add(absl::StrCat(where, ".", key, ": expected either this or \"max_decrease\""));
    }
  }
  if (tolerance.metric != "cpu_time" && tolerance.metric != "real_time") return;
  problems.Add(absl::StrCat(where, ".metric: ", tolerance.metric,
                            " should be small: expected \"max_increase\" in place of "
                            "\"max_decrease\""));
}

Tolerance ReadTolerance(const json& source, const std::string& where, ProblemList& problems) {
  CheckKeys(source, where, kToleranceKeys, problems);
  Tolerance tolerance = {
      .id = RequiredText(source, where, "id", problems),
      .benchmark = RequiredText(source, where, "benchmark", problems),
      .metric = OptionalText(source, where, "metric", "cpu_time", problems),
      .max_increase_since_release =
          ReadOptionalAllowance(source, where, "max_increase_since_release", problems),
      .max_increase_stored = ReadOptionalAllowance(source, where, "max_increase_stored", problems),
      .severity = ReadSeverity(source, where, problems),
      .why = RequiredText(source, where, "why", problems),
      .source = RequiredText(source, where, "source", problems)};
  ReadMaxChange(source, where, tolerance, problems);
  if (tolerance.better == Better::kMore) return tolerance;
  CheckNotBelow(tolerance.max_increase, tolerance.max_increase_since_release, where,
                "max_increase_since_release", problems);
  CheckNotBelow(tolerance.max_increase, tolerance.max_increase_stored, where, "max_increase_stored",
                problems);
  return tolerance;
}

ExactLimit ReadExactLimit(const json& source, const std::string& where, ProblemList& problems) {
  CheckKeys(source, where, kExactKeys, problems);
  return {.id = RequiredText(source, where, "id", problems),
          .benchmark = RequiredText(source, where, "benchmark", problems),
          .metric = RequiredText(source, where, "metric", problems),
          .max_change = ReadAllowance(source, where, "max_change", problems),
          .severity = ReadSeverity(source, where, problems),
          .why = RequiredText(source, where, "why", problems),
          .source = RequiredText(source, where, "source", problems)};
}

Waiver ReadWaiver(const json& source, const std::string& where, ProblemList& problems) {
  CheckKeys(source, where, kWaiverKeys, problems);
  Waiver waiver = {.benchmark = RequiredText(source, where, "benchmark", problems),
                   .reason = RequiredText(source, where, "reason", problems),
                   .owner = RequiredText(source, where, "owner", problems)};
  if (TextMember(source, "ceiling") != kAbsent) {
    waiver.ceiling = ReadAllowance(source, where, "ceiling", problems);
  }
  const std::string expires = RequiredText(source, where, "expires", problems);
  if (!expires.empty() && !absl::ParseCivilTime(expires, &waiver.expires)) {
    problems.Add(absl::StrCat(where, ".expires: expected a day as in \"2027-01-31\", found \"",
                              expires, "\""));
  }
  return waiver;
}

// The list under `key`, element by element; `read` turns one into what it is.
template <typename T, typename Read>
std::vector<T> ReadList(const json& document, const std::string& file, const char* key, Read read,
                        ProblemList& problems) {
  std::vector<T> list;
  const auto found = document.find(key);
  if (found == document.end()) return list;
  if (!found->is_array()) {
    problems.Add(absl::StrCat(file, ": ", key, ": expected a list, found ", found->type_name()));
    return list;
  }
  for (size_t i = 0; i < found->size(); ++i) {
    const std::string where = absl::StrCat(file, ": ", key, "[", i, "]");
    if (!(*found)[i].is_object()) {
      problems.Add(absl::StrCat(where, ": expected an object"));
      continue;
    }
    list.push_back(read((*found)[i], where, problems));
  }
  return list;
}

template <typename T>
void CheckIds(const std::vector<T>& list, const std::string& file, const char* key,
              std::set<std::string>& ids, ProblemList& problems) {
  for (size_t i = 0; i < list.size(); ++i) {
    const std::string where = absl::StrCat(file, ": ", key, "[", i, "]");
    CheckId(list[i].id, where, problems);
    if (list[i].id.empty() || ids.insert(list[i].id).second) continue;
    problems.Add(absl::StrCat(where, ".id: \"", list[i].id, "\" is there more than once"));
  }
}

// Two limits on one metric of the same benchmarks contradict each other.
void CheckMetrics(const std::vector<Tolerance>& tolerances, const std::string& file,
                  ProblemList& problems) {
  std::map<std::pair<std::string, std::string>, std::string> ids;
  for (size_t i = 0; i < tolerances.size(); ++i) {
    const Tolerance& tolerance = tolerances[i];
    const auto [found, is_new] =
        ids.insert({{tolerance.benchmark, tolerance.metric}, tolerance.id});
    if (is_new) continue;
    problems.Add(absl::StrCat(file, ": tolerances[", i, "].metric: \"", found->second, "\" limits ",
                              tolerance.metric, " of \"", tolerance.benchmark,
                              "\" already; expected another metric or benchmark"));
  }
}

template <typename T>
const T* FirstMatch(const std::vector<T>& list, absl::string_view benchmark) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& entry) {
    return GlobMatches(entry.benchmark, benchmark);
  });
  return found != list.end() ? &*found : nullptr;
}

}  // namespace

absl::StatusOr<RegressionLimits> ParseRegressionLimits(absl::string_view file,
                                                       absl::string_view text) {
  const absl::StatusOr<json> document = ParseJsonText(file, text);
  if (!document.ok()) return document.status();
  return RegressionLimitsOf(file, *document);
}

absl::StatusOr<RegressionLimits> RegressionLimitsOf(absl::string_view file, const json& document) {
  if (!document.is_object()) {
    return absl::InvalidArgumentError(
        absl::StrCat(file, ": expected {\"version\": 1, \"tolerances\": [...], \"exact\": [...]}"));
  }
  RegressionLimits limits = {.file = std::string(file)};
  ProblemList problems;
  CheckKeys(document, limits.file, kFileKeys, problems);
  CheckVersion(document, limits.file, problems);
  limits.confidence =
      ReadConfidence(document, limits.file, "confidence", limits.confidence, problems);
  limits.tolerances =
      ReadList<Tolerance>(document, limits.file, "tolerances", ReadTolerance, problems);
  limits.exact = ReadList<ExactLimit>(document, limits.file, "exact", ReadExactLimit, problems);
  limits.waivers = ReadList<Waiver>(document, limits.file, "waivers", ReadWaiver, problems);
  if (!document.contains("tolerances") && !document.contains("exact")) {
    problems.Add(absl::StrCat(file, ": expected \"tolerances\" or \"exact\", found neither"));
  }
  std::set<std::string> ids;
  CheckIds(limits.tolerances, limits.file, "tolerances", ids, problems);
  CheckMetrics(limits.tolerances, limits.file, problems);
  CheckIds(limits.exact, limits.file, "exact", ids, problems);
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return limits;
}

bool IsRegressionLimits(absl::string_view text) {
  bool is_limits = false;
  ScanFirstMembers(text, [&](const std::string& key, const std::optional<std::string>& /*value*/) {
    is_limits = key == "tolerances" || key == "exact";
    return !is_limits && key != "objectives";
  });
  return is_limits;
}

std::vector<const Tolerance*> TolerancesOf(const RegressionLimits& limits,
                                           absl::string_view benchmark) {
  std::vector<const Tolerance*> tolerances;
  const Tolerance* first = FirstMatch(limits.tolerances, benchmark);
  if (first == nullptr) return tolerances;
  for (const Tolerance& tolerance : limits.tolerances) {
    if (tolerance.benchmark == first->benchmark) tolerances.push_back(&tolerance);
  }
  return tolerances;
}

const Waiver* WaiverOf(const RegressionLimits& limits, absl::string_view benchmark) {
  return FirstMatch(limits.waivers, benchmark);
}

std::string CostName(const Tolerance& tolerance) {
  return absl::StrCat(tolerance.better == Better::kMore ? "1/" : "", tolerance.metric);
}

const Allowance& AllowanceFor(const Tolerance& tolerance, Against against) {
  if (against == Against::kRelease && tolerance.max_increase_since_release.has_value()) {
    return *tolerance.max_increase_since_release;
  }
  if (against == Against::kStored && tolerance.max_increase_stored.has_value()) {
    return *tolerance.max_increase_stored;
  }
  return tolerance.max_increase;
}

}  // namespace slo::tools
