// The property of everything that the gate decides: less information never makes a verdict better.

#ifndef SLO_TOOLS_SLO_GATE_PROPERTIES_DELETION_TESTING_H_
#define SLO_TOOLS_SLO_GATE_PROPERTIES_DELETION_TESTING_H_

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

using nlohmann::json;

// Calls `visit` with the place ("/benchmarks/2/real_time") of each member of an object and each
// element of a list below `part`, while it is deleted from the document.
inline void ForEachDeletion(json& part, const std::string& place,
                            const std::function<void(const std::string& place)>& visit) {
  if (part.is_object()) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : part.items()) keys.push_back(key);
    for (const std::string& key : keys) {
      const std::string member = absl::StrCat(place, "/", key);
      ForEachDeletion(part[key], member, visit);
      json kept = std::move(part[key]);
      part.erase(key);
      visit(member);
      part[key] = std::move(kept);
    }
  } else if (part.is_array()) {
    for (size_t i = 0; i < part.size(); ++i) {
      const std::string element = absl::StrCat(place, "/", i);
      ForEachDeletion(part[i], element, visit);
      json kept = std::move(part[i]);
      part.erase(i);
      visit(element);
      part.insert(part.begin() + static_cast<std::ptrdiff_t>(i), std::move(kept));
    }
  }
}

// Benchmark, id and kind of limit.
using CheckKey = std::tuple<std::string, std::string, LimitKind>;

inline std::map<CheckKey, CheckStatus> StatusesOf(const Verdict& verdict) {
  std::map<CheckKey, CheckStatus> statuses;
  for (const Scenario& scenario : verdict.scenarios) {
    for (const Check& check : scenario.checks) {
      const CheckKey key(scenario.name, check.id, check.kind);
      const auto [found, is_new] = statuses.emplace(key, check.status);
      if (!is_new) found->second = std::max(found->second, check.status);
    }
  }
  return statuses;
}

// Whether a verdict in which a check is gone says that something is not right: by another check of
// its limit, or, of two builds, by another one of its benchmark or because they are unlike.
inline bool SaysSo(const Verdict& verdict, const CheckKey& gone) {
  const auto& [benchmark, id, kind] = gone;
  for (const auto& [key, status] : StatusesOf(verdict)) {
    if (status == CheckStatus::kPass) continue;
    const auto& [other_benchmark, other_id, other_kind] = key;
    if (other_id == id && other_kind == kind) return true;
    if (verdict.comparison() == nullptr) continue;
    if (other_benchmark == benchmark || other_id == "fingerprint") return true;
  }
  return false;
}

// What became a pass that was none. A check that is gone counts as passed unless the verdict says
// why.
inline std::vector<std::string> BecamePasses(const Verdict& before, const Verdict& after) {
  std::vector<std::string> passes;
  if (ExitCodeOf(before) != 0 && ExitCodeOf(after) == 0) {
    passes.push_back(absl::StrCat("exit code ", ExitCodeOf(before), " becomes 0"));
  }
  const std::map<CheckKey, CheckStatus> now = StatusesOf(after);
  for (const auto& [key, status] : StatusesOf(before)) {
    if (status == CheckStatus::kPass) continue;
    const auto found = now.find(key);
    if (found != now.end() ? found->second != CheckStatus::kPass : SaysSo(after, key)) continue;
    const auto& [benchmark, id, kind] = key;
    passes.push_back(absl::StrCat(benchmark, " ", id, kind == LimitKind::kMax ? " max " : " min ",
                                  Name(status), found == now.end() ? " is gone" : " becomes pass"));
  }
  return passes;
}

// Nothing: the input is refused, which is no pass.
using JudgeNow = std::function<std::optional<Verdict>()>;
using Excuse = std::function<bool(const std::string& place, const std::string& what)>;

struct Deletions {
  int judged = 0;
  int refused = 0;
  std::vector<std::string> problems;  // "place: what became a pass"
};

// Judges with every member and element of the document deleted in turn. `is_known`: exceptions,
// each with a reason where it is defined.
inline Deletions DeleteEverything(json& document, const JudgeNow& judge,
                                  const Excuse& is_known = {}) {
  const std::optional<Verdict> before = judge();
  if (!before.has_value()) return {.problems = {"the whole document is refused"}};
  Deletions deletions;
  ForEachDeletion(document, "", [&](const std::string& place) {
    const std::optional<Verdict> after = judge();
    ++(after.has_value() ? deletions.judged : deletions.refused);
    if (!after.has_value()) return;
    for (const std::string& what : BecamePasses(*before, *after)) {
      if (is_known && is_known(place, what)) continue;
      deletions.problems.push_back(absl::StrCat(place, ": ", what));
    }
  });
  return deletions;
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_PROPERTIES_DELETION_TESTING_H_
