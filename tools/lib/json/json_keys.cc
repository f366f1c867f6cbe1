#include "tools/lib/json/json_keys.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "nlohmann/json.hpp"
#include "tools/lib/text/nearest_name.h"

namespace slo::tools {
namespace {

using nlohmann::json;

std::string Found(const json& object, json::const_iterator member) {
  return member == object.end() ? "nothing" : member->dump();
}

}  // namespace

void CheckKeys(const json& object, const std::string& where,
               absl::Span<const absl::string_view> known, ProblemList& problems) {
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    problems.Add(absl::StrCat(where, ": unknown key \"", key, "\"", DidYouMean(key, known),
                              " known keys: ", absl::StrJoin(known, ", ")));
  }
}

std::string RequiredText(const json& object, const std::string& where, const char* key,
                         ProblemList& problems) {
  const auto found = object.find(key);
  if (found != object.end() && found->is_string() &&
      !found->get_ref<const std::string&>().empty()) {
    return found->get<std::string>();
  }
  problems.Add(
      absl::StrCat(where, ".", key, ": expected a non-empty string, found ", Found(object, found)));
  return "";
}

std::string TextMember(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string OptionalText(const json& object, const std::string& where, const char* key,
                         absl::string_view fallback, ProblemList& problems) {
  if (!object.contains(key)) return std::string(fallback);
  return RequiredText(object, where, key, problems);
}

double ReadConfidence(const json& object, const std::string& where, const char* key,
                      double fallback, ProblemList& problems) {
  const auto found = object.find(key);
  if (found == object.end()) return fallback;
  if (found->is_number() && found->get<double>() >= 0.5 && found->get<double>() < 1) {
    return found->get<double>();
  }
  problems.Add(absl::StrCat(where, ": ", key, ": expected a number from 0.5 to below 1, found ",
                            found->dump()));
  return fallback;
}

void CheckVersion(const json& object, const std::string& where, ProblemList& problems) {
  const auto version = object.find("version");
  if (version != object.end() && *version == 1) return;
  problems.Add(absl::StrCat(where, ": version: expected 1, found ", Found(object, version)));
}

void CheckId(const std::string& id, const std::string& where, ProblemList& problems) {
  const bool is_good = std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '_' || c == '-' || c == '.';
  });
  if (is_good) return;
  problems.Add(absl::StrCat(
      where, ".id: expected letters, digits, \"_\", \"-\" and \".\", found \"", id, "\""));
}

}  // namespace slo::tools
