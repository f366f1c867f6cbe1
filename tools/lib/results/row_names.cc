#include "tools/lib/results/row_names.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/types/span.h"
#include "tools/lib/text/nearest_name.h"

namespace slo::tools {
namespace {

constexpr size_t kMostShown = 10;
// Comparing names is slow, and nobody has more families than this.
constexpr size_t kMostCompared = 1'000;

// "a, b, c, and 7 more".
std::string Listed(absl::Span<const absl::string_view> names) {
  const size_t shown = std::min(names.size(), kMostShown);
  std::string list = absl::StrJoin(names.subspan(0, shown), ", ");
  if (shown < names.size()) absl::StrAppend(&list, ", and ", names.size() - shown, " more");
  return list;
}

}  // namespace

RowNames::RowNames(const std::vector<Report>& reports) {
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) {
      const absl::string_view name = row.name;
      families_[name.substr(0, name.find('/'))].push_back(name);
    }
  }
}

std::string RowNames::WhyNoneMatches(absl::string_view glob) const {
  const std::string problem = absl::StrCat("no row matches \"", glob, "\"");
  if (families_.empty()) return absl::StrCat(problem, "; there are no rows");
  const absl::string_view family = glob.substr(0, glob.find_first_of("/*?"));
  if (const auto found = families_.find(family); found != families_.end()) {
    return absl::StrCat(problem, "; rows of ", family, ": ", Listed(found->second));
  }
  std::vector<absl::string_view> families;
  for (const auto& [name, rows] : families_) families.push_back(name);
  return absl::StrCat(problem,
                      DidYouMean(family, absl::MakeConstSpan(families).subspan(0, kMostCompared)),
                      " families there: ", Listed(families));
}

}  // namespace slo::tools
