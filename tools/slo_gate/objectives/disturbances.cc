#include "tools/slo_gate/objectives/disturbances.h"

#include <algorithm>

#include "tools/lib/text/glob.h"

namespace slo::tools {

void Disturbances::Add(const ReportRow& row, const Check& check, const Objective& guard) {
  by_row_[&row].push_back({&guard, Disturbance{.id = check.id,
                                               .metric = check.metric,
                                               .value = *check.actual,
                                               .limit_text = check.threshold.text,
                                               .type = check.type}});
}

const Disturbance* Disturbances::Excusing(const ReportRow& row, const std::string& metric) const {
  const auto found = by_row_.find(&row);
  if (found == by_row_.end()) return nullptr;
  for (const auto& [guard, disturbance] : found->second) {
    if (std::any_of(guard->excuses.begin(), guard->excuses.end(),
                    [&](const std::string& glob) { return GlobMatches(glob, metric); })) {
      return &disturbance;
    }
  }
  return nullptr;
}

}  // namespace slo::tools
