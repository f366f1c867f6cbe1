#include "tools/lib/text/exact_pattern.h"

#include "absl/strings/match.h"

namespace slo::tools {

std::string ExactPattern(absl::string_view name) {
  // What POSIX lets a backslash precede. "]" and "}" are no special characters by themselves, and
  // std::regex refuses them behind a backslash.
  constexpr absl::string_view kSpecial = R"(\^$.|?*+()[{)";
  std::string pattern = "^";
  for (const char c : name) {
    if (absl::StrContains(kSpecial, c)) pattern.push_back('\\');
    pattern.push_back(c);
  }
  return pattern + "$";
}

}  // namespace slo::tools
