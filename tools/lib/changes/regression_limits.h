// How much slower a build may be than another one, and what is excused: thresholds/regression.json.

#ifndef SLO_TOOLS_LIB_CHANGES_REGRESSION_LIMITS_H_
#define SLO_TOOLS_LIB_CHANGES_REGRESSION_LIMITS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "nlohmann/json_fwd.hpp"
#include "tools/lib/changes/paired_change.h"
#include "tools/lib/changes/severity.h"

namespace slo::tools {

// A relative change: 0.03 is 3 %.
struct Allowance {
  double value = 0;
  std::string text;  // as it was written: "3%"; computed where it was a decrease
};

// What a build is compared with.
enum class Against {
  kMergeBase,  // the revision that a change starts from
  kRelease,    // a pinned release, so that many small increases do not add up unseen
  kStored,     // a baseline file from another day
};

// Of the benchmarks that match the glob. The first glob that matches a benchmark is its, with every
// tolerance that has this glob: each limits another metric.
struct Tolerance {
  std::string id;
  std::string benchmark;  // a glob over row names
  std::string metric = "cpu_time";
  Better better = Better::kLess;
  // Of the cost. A rate that may fall by 10% ("max_decrease") is a cost, 1 / rate, that may rise by
  // 11.1%.
  Allowance max_increase;
  std::optional<Allowance> max_increase_since_release;
  std::optional<Allowance> max_increase_stored;
  Severity severity = Severity::kFail;
  std::string why;
  std::string source;
};

// A cost that is the same in every run, such as a count of allocations: a change in either
// direction must be recorded. Every limit that matches a benchmark counts.
struct ExactLimit {
  std::string id;
  std::string benchmark;  // a glob over row names
  std::string metric;
  Allowance max_change;
  Severity severity = Severity::kFail;
  std::string why;
  std::string source;
};

// Excuses benchmarks for a while: they are measured and shown as before, and may be slower up to
// the ceiling.
struct Waiver {
  std::string benchmark;  // a glob over row names
  std::string reason;
  std::string owner;
  std::optional<Allowance> ceiling;  // nothing: one build lacks it, on purpose
  absl::CivilDay expires;            // the last day on which it counts, in UTC
};

struct RegressionLimits {
  std::string file;
  // No benchmark is called regressed that is not, and none is called ok that is not, each with at
  // least this probability over all benchmarks together.
  double confidence = 0.99;
  std::vector<Tolerance> tolerances;
  std::vector<ExactLimit> exact;
  std::vector<Waiver> waivers;
};

// InvalidArgument lists every problem of the file, each with its place and what would be valid.
absl::StatusOr<RegressionLimits> ParseRegressionLimits(absl::string_view file,
                                                       absl::string_view text);

// The same of a document that was parsed already, for example as a part of another one.
absl::StatusOr<RegressionLimits> RegressionLimitsOf(absl::string_view file,
                                                    const nlohmann::json& document);

// Whether a thresholds file is one of these; false when it cannot be read as JSON.
bool IsRegressionLimits(absl::string_view text);

// Those of the first glob that matches, in the order of the file; empty without one.
std::vector<const Tolerance*> TolerancesOf(const RegressionLimits& limits,
                                           absl::string_view benchmark);

// The first that matches; null without one.
const Waiver* WaiverOf(const RegressionLimits& limits, absl::string_view benchmark);

// The cost that the tolerance limits, by name: "cpu_time", and of a rate "1/items_per_second".
std::string CostName(const Tolerance& tolerance);

// What the tolerance leaves to a comparison of that kind: its own figure where the tolerance has
// one, `max_increase` otherwise.
const Allowance& AllowanceFor(const Tolerance& tolerance, Against against);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_CHANGES_REGRESSION_LIMITS_H_
