#include "tools/slo_gate/objectives/row_names.h"

#include <algorithm>
#include <cstddef>

#include "absl/types/span.h"
#include "tools/lib/text/glob.h"
#include "tools/lib/text/nearest_name.h"

namespace slo::tools {
namespace {

constexpr size_t kMaxShown = 10;
// Comparing names is slow, and nobody has more families than this.
constexpr size_t kMaxCompared = 1'000;

// The first ten.
void SetNames(absl::Span<const absl::string_view> names, NoMatch& no_match) {
  const size_t shown = std::min(names.size(), kMaxShown);
  for (const absl::string_view name : names.subspan(0, shown)) no_match.names.emplace_back(name);
  no_match.more = names.size() - shown;
}

}  // namespace

RowNames::RowNames(const std::vector<Report>& reports) {
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) {
      const absl::string_view name = row.name;
      std::vector<absl::string_view>& family = families_[name.substr(0, name.find('/'))];
      // Repetitions follow one another.
      if (family.empty() || family.back() != name) family.push_back(name);
    }
    for (const AggregateRow& row : report.aggregates) aggregates_.push_back(&row);
  }
}

NoMatch RowNames::WhyNoneMatches(absl::string_view glob) const {
  NoMatch no_match = {.glob = std::string(glob)};
  const auto aggregate =
      std::find_if(aggregates_.begin(), aggregates_.end(),
                   [&](const AggregateRow* row) { return GlobMatches(glob, row->name); });
  if (aggregate != aggregates_.end()) {
    no_match.aggregate_of = (*aggregate)->run_name;
    no_match.aggregate = (*aggregate)->aggregate_name;
  }
  const absl::string_view family = glob.substr(0, glob.find_first_of("/*?"));
  if (const auto found = families_.find(family); found != families_.end()) {
    no_match.family = std::string(family);
    SetNames(found->second, no_match);
    return no_match;
  }
  std::vector<absl::string_view> families;
  for (const auto& [name, rows] : families_) families.push_back(name);
  SetNames(families, no_match);
  no_match.nearest = std::string(
      NearestName(family, absl::MakeConstSpan(families).subspan(0, kMaxCompared)).value_or(""));
  return no_match;
}

}  // namespace slo::tools
