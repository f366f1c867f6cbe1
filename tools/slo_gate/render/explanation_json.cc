#include "tools/slo_gate/render/explanation_json.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/json/json_keys.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using nlohmann::ordered_json;

// Sums of numbers that were divided agree to a share of this.
constexpr double kSumShare = 1e-6;

ordered_json FunctionJson(const FunctionCost& function) {
  ordered_json calls = ordered_json::array();
  for (const ChangedCalls& one : function.calls) {
    calls.push_back({{"function", one.function},
                     {"base", one.base},
                     {"candidate", one.candidate},
                     {"difference", one.difference}});
  }
  return {{"function", function.function},
          {"file", function.file},
          {"base", function.base},
          {"candidate", function.candidate},
          {"difference", function.difference},
          {"calls", std::move(calls)}};
}

ordered_json AllocationJson(const AllocationCost& allocation) {
  return {{"function", allocation.function},   {"file", allocation.file},
          {"line", allocation.line},           {"base", allocation.base},
          {"candidate", allocation.candidate}, {"difference", allocation.difference()}};
}

class ExplanationReader {
 public:
  explicit ExplanationReader(ProblemList& problems) : problems_(problems) {}

  double Number(const nlohmann::json& object, const std::string& where, const char* key) {
    const auto found = object.find(key);
    if (found != object.end() && found->is_number()) return found->get<double>();
    problems_.Add(absl::StrCat(where, ".", key, ": expected a number"));
    return 0;
  }

  // Calls `read` for each element, which is an object.
  template <typename Read>
  void ForEach(const nlohmann::json& object, const std::string& where, const char* key,
               const Read& read) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array()) {
      problems_.Add(absl::StrCat(where, ".", key, ": expected a list"));
      return;
    }
    size_t index = 0;
    for (const nlohmann::json& element : *found) {
      const std::string place = absl::StrCat(where, ".", key, "[", index++, "]");
      if (element.is_object()) {
        read(element, place);
      } else {
        problems_.Add(absl::StrCat(place, ": expected an object"));
      }
    }
  }

  FunctionCost Function(const nlohmann::json& object, const std::string& where) {
    FunctionCost function = {.function = TextMember(object, "function"),
                             .file = TextMember(object, "file"),
                             .base = Number(object, where, "base"),
                             .candidate = Number(object, where, "candidate"),
                             .difference = Number(object, where, "difference")};
    ForEach(object, where, "calls", [&](const nlohmann::json& one, const std::string& place) {
      function.calls.push_back({.function = TextMember(one, "function"),
                                .base = Number(one, place, "base"),
                                .candidate = Number(one, place, "candidate"),
                                .difference = Number(one, place, "difference")});
    });
    return function;
  }

  Explanation Read(const nlohmann::json& object, const std::string& where) {
    Explanation explanation = {.benchmark = TextMember(object, "benchmark"),
                               .problem = TextMember(object, "problem")};
    if (!explanation.problem.empty()) return explanation;
    explanation.method = TextMember(object, "method");
    explanation.per = TextMember(object, "per");
    explanation.base = Number(object, where, "base");
    explanation.candidate = Number(object, where, "candidate");
    double sum = 0;
    ForEach(object, where, "functions", [&](const nlohmann::json& one, const std::string& place) {
      explanation.functions.push_back(Function(one, place));
      sum += explanation.functions.back().difference;
    });
    ForEach(object, where, "allocations", [&](const nlohmann::json& one, const std::string& place) {
      explanation.allocations.push_back({.function = TextMember(one, "function"),
                                         .file = TextMember(one, "file"),
                                         .line = static_cast<int>(Number(one, place, "line")),
                                         .base = Number(one, place, "base"),
                                         .candidate = Number(one, place, "candidate")});
    });
    explanation.base_allocations = Number(object, where, "base_allocations");
    explanation.candidate_allocations = Number(object, where, "candidate_allocations");
    explanation.is_same_work = object.value("same_instructions", nlohmann::json(false)) == true;
    for (const nlohmann::json& note : object.value("notes", nlohmann::json::array())) {
      if (note.is_string()) explanation.notes.push_back(note.get<std::string>());
    }
    explanation.flame_graph = TextMember(object, "flame_graph");
    const double scale = std::max(std::abs(explanation.base), std::abs(explanation.candidate));
    if (!(std::abs(sum - explanation.difference()) <= kSumShare * scale + kSumShare)) {
      problems_.Add(absl::StrCat(where, ": the differences of its functions add up to ", sum,
                                 ", and the instructions differ by ", explanation.difference()));
    }
    return explanation;
  }

 private:
  ProblemList& problems_;
};

}  // namespace

ordered_json ExplanationJson(const Explanation& explanation) {
  if (!explanation.problem.empty()) {
    return {{"benchmark", explanation.benchmark}, {"problem", explanation.problem}};
  }
  ordered_json functions = ordered_json::array();
  for (const FunctionCost& one : explanation.functions) functions.push_back(FunctionJson(one));
  ordered_json allocations = ordered_json::array();
  for (const AllocationCost& one : explanation.allocations) {
    allocations.push_back(AllocationJson(one));
  }
  return {{"benchmark", explanation.benchmark},
          {"method", explanation.method},
          {"per", explanation.per},
          {"base", explanation.base},
          {"candidate", explanation.candidate},
          {"difference", explanation.difference()},
          {"functions", std::move(functions)},
          {"base_allocations", explanation.base_allocations},
          {"candidate_allocations", explanation.candidate_allocations},
          {"allocations", std::move(allocations)},
          {"same_instructions", explanation.is_same_work},
          {"notes", explanation.notes},
          {"flame_graph", explanation.flame_graph}};
}

absl::StatusOr<std::vector<Explanation>> ExplanationsOf(const nlohmann::json& explanations) {
  ProblemList problems;
  std::vector<Explanation> read;
  ExplanationReader reader(problems);
  const nlohmann::json whole = {{"explanations", explanations}};
  reader.ForEach(whole, "evidence", "explanations",
                 [&](const nlohmann::json& one, const std::string& place) {
                   read.push_back(reader.Read(one, place));
                 });
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return read;
}

}  // namespace slo::tools
