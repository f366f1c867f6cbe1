#include "tools/slo_gate/evidence/evidence.h"

#include <system_error>

#include "absl/strings/str_cat.h"

namespace slo::tools {

std::string FreeEvidenceStem(const std::filesystem::path& directory, const std::string& stamp) {
  std::string stem = absl::StrCat("slo-", stamp);
  std::error_code error;
  for (int next = 2; std::filesystem::exists(directory / (stem + ".json"), error) ||
                     std::filesystem::exists(directory / (stem + ".md"), error);
       ++next) {
    stem = absl::StrCat("slo-", stamp, "-", next);
  }
  return stem;
}

}  // namespace slo::tools
