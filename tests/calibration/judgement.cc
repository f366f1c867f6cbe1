#include "tests/calibration/judgement.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/lib/results/counter_names.h"
#include "tools/slo_gate/objectives/judge.h"

namespace slo::calibration {

tools::ReportRow RowOf(const std::string& name, tools::Counters counters) {
  counters["real_time"] = 1;
  return {.name = name,
          .metrics = std::vector<tools::RowMetrics::Named>(counters.begin(), counters.end())};
}

tools::Objective MaxObjective(const std::string& name, const std::string& metric, double limit) {
  return {.id = name,
          .benchmark = name,
          .metric = metric,
          .max = tools::Limit{.value = limit, .text = absl::StrCat(limit)}};
}

tools::Objective MinObjective(const std::string& name, const std::string& metric, double limit) {
  return {.id = name,
          .benchmark = name,
          .metric = metric,
          .min = tools::Limit{.value = limit, .text = absl::StrCat(limit)}};
}

tools::Verdict JudgeRows(std::vector<tools::ReportRow> rows,
                         std::vector<tools::Objective> objectives, double published_level,
                         double family_confidence, int64_t disturbed_requests) {
  return tools::Judge(
      {{.file = "simulated",
        .confidence = published_level,
        .context = {{"slo_build_type", "release"},
                    {"slo_schema", "1"},
                    {tools::kDisturbedRequestsKey, absl::StrCat(disturbed_requests)}},
        .rows = std::move(rows)}},
      {.confidence = family_confidence, .objectives = std::move(objectives)}, {});
}

}  // namespace slo::calibration
