#include "tools/lib/flags/version.h"

#include "absl/strings/str_cat.h"

namespace slo::tools {

absl::string_view Version() { return SLO_VERSION; }

std::string VersionLine(absl::string_view program) {
  return absl::StrCat(program, " ", Version(), "\n");
}

}  // namespace slo::tools
