// The objectives: which metric of which rows must keep which limit, and why.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_OBJECTIVE_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_OBJECTIVE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/lib/changes/severity.h"
#include "tools/lib/results/longest_disturbance.h"
#include "tools/lib/results/metric.h"

namespace slo::tools {

struct Limit {
  double value = 0;  // in the metric's unit
  std::string text;  // as it was written: "250ms", "0.99"

  bool operator==(const Limit&) const = default;
};

// What is made of the rows of one benchmark before it is compared with a limit.
struct Statistic {
  enum class Kind {
    kEach,  // nothing: each row must keep the limit
    kMedian,
    kMean,
    kQuantile,
  };
  Kind kind = Kind::kEach;
  double quantile = 0;        // of kQuantile, in (0, 1)
  std::string text = "each";  // as it was written: "median", "p90"

  bool is_each() const { return kind == Kind::kEach; }
  bool operator==(const Statistic&) const = default;
};

// Where a limit that differs from the file's came from.
struct LimitOverride {
  std::string original_text;
  std::string source;  // "--override" or "SLO_OVERRIDES"

  bool operator==(const LimitOverride&) const = default;
};

struct Objective {
  std::string id;
  std::string benchmark;  // a glob over row names
  std::string metric;
  // What the metric is: as the objective says (unit, or a limit with a unit of time). Nothing: as
  // Google Benchmark or the program that wrote the row says.
  std::optional<MetricType> type;
  std::string unit;  // as it was written; empty: the objective states none
  Statistic statistic;
  int64_t rows = 0;    // at least so many benchmarks must match
  bool point = false;  // a value that carries no confidence is compared, knowingly
  std::optional<Limit> max;
  std::optional<Limit> min;
  std::string why;
  std::string source;
  std::optional<LimitOverride> overridden;
  Severity severity = Severity::kFail;
  // Not empty: the metric says something about the machine and not about what was measured. Where
  // it is violated the row is invalid, and so is, instead of failed, what these globs over metrics
  // name.
  std::vector<std::string> excuses;

  bool is_about_the_machine() const { return !excuses.empty(); }
  bool operator==(const Objective&) const = default;
};

// The longest disturbance of the system that objectives allow for.
struct DeclaredDisturbance {
  LongestDisturbance longest;
  std::string duration_text;  // as it was written: "2ms"
  std::string why;

  bool operator==(const DeclaredDisturbance&) const = default;
};

struct Thresholds {
  std::string file;
  // All checks that carry a confidence are right together with at least this probability.
  double confidence = 0.95;
  bool points = false;                                     // as if every objective said `point`
  std::optional<DeclaredDisturbance> longest_disturbance;  // nothing: as the results say
  std::vector<Objective> objectives;

  bool operator==(const Thresholds&) const = default;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_OBJECTIVE_H_
