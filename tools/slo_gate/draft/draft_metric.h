// What is drafted of one metric: whether it can be limited, how loose, and where.

#ifndef SLO_TOOLS_SLO_GATE_DRAFT_DRAFT_METRIC_H_
#define SLO_TOOLS_SLO_GATE_DRAFT_DRAFT_METRIC_H_

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "nlohmann/json.hpp"
#include "tools/lib/results/metric.h"
#include "tools/slo_gate/draft/draft_groups.h"
#include "tools/slo_gate/draft/loose_limit.h"

namespace slo::tools {

// A metric of the results, and how a limit on it is written.
struct DraftMetric {
  std::string name;
  MetricType type;
  Looseness looseness;
};

// `is_larger_better`: as the user says; of rates, and of success_ratio, it is known.
DraftMetric DraftMetricOf(const std::string& name, Origin origin, double headroom,
                          bool is_larger_better);

// Why no limit can be made of the rows: a stable word, and the sentence. Nothing: it can.
using Unfit = std::pair<std::string, std::string>;
std::optional<Unfit> WhyUndraftable(const BenchmarkRows& benchmark, const DraftMetric& metric);

// The value that is the nearest to a limit, over all rows of the group.
struct Extreme {
  double value = 0;
  size_t rows = 0;
  double trials = 0;  // of a proportion, the fewest; 0: not stated
};

// A confidence bound that a row publishes counts for its value.
Extreme ExtremeOf(const DraftGroup& group, const DraftMetric& metric);

// As a thresholds file has it.
nlohmann::ordered_json DraftedLimit(const Extreme& extreme, const DraftMetric& metric);

// Whether each of the benchmarks has a sample for a median, of rows that do not say themselves how
// far the metric is known.
bool HasMedian(const DraftGroup& group, const DraftMetric& metric);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_DRAFT_DRAFT_METRIC_H_
