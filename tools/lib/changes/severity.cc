#include "tools/lib/changes/severity.h"

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tools/lib/json/json_keys.h"

namespace slo::tools {

absl::string_view Name(Severity severity) { return severity == Severity::kWarn ? "warn" : "fail"; }

Severity ReadSeverity(const nlohmann::json& object, const std::string& where,
                      ProblemList& problems) {
  const std::string text = OptionalText(object, where, "severity", "fail", problems);
  if (text == "warn") return Severity::kWarn;
  if (!text.empty() && text != "fail") {
    problems.Add(
        absl::StrCat(where, ".severity: expected \"fail\" or \"warn\", found \"", text, "\""));
  }
  return Severity::kFail;
}

}  // namespace slo::tools
