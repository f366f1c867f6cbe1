// PAIRS.json: what paired_bench measured and slo_gate judges.
// docs/method/regressions.md has the format.

#ifndef SLO_TOOLS_LIB_RESULTS_PAIRS_FILE_H_
#define SLO_TOOLS_LIB_RESULTS_PAIRS_FILE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json_fwd.hpp"
#include "tools/lib/changes/regression_limits.h"

namespace slo::tools {

enum class Comparison {
  kChange,         // the candidate with the base
  kQuietControl,   // the base with itself: nothing may be found
  kSlowedControl,  // the base with itself made slower: it must be found
};

// "change", "quiet_control", "slowed_control".
absl::string_view Name(Comparison comparison);

// A metric pair by pair, lists of one length. Times are nanoseconds for real_time and cpu_time; NaN
// where a row had no such value.
struct MetricPairs {
  std::vector<double> base;
  std::vector<double> candidate;
};

// What was measured of one benchmark in one comparison.
struct MeasuredPairs {
  std::string benchmark;
  Comparison comparison = Comparison::kChange;
  bool in_base = true;  // whether that binary lists it
  bool in_candidate = true;
  std::string base_time_unit;  // as the binary printed it; empty: nothing was measured
  std::string candidate_time_unit;
  // What kept a pair from being measured, a text each: an error row, a crash, a timeout, a row
  // twice. A benchmark with one of them is not judged.
  std::vector<std::string> failures;
  std::map<std::string, MetricPairs> metrics;

  int64_t pairs() const;
};

// One of the two binaries.
struct Side {
  std::string binary;
  std::string identity;                        // of its bytes; empty: not recorded
  std::map<std::string, std::string> context;  // Google Benchmark's and its own, as text
};

struct PairsFile {
  std::string file;
  std::string generated_at_utc;
  std::vector<std::string> arguments;  // of paired_bench; empty: not recorded
  Against against = Against::kMergeBase;
  Side base;
  Side candidate;
  std::vector<int64_t> analyses;                  // planned numbers of pairs, ascending
  bool interrupted = false;                       // by its user, before it was done
  std::optional<std::string> slowdown;            // NAME=VALUE that slowed the slowed control
  std::map<std::string, std::string> collection;  // how it was measured, for the reader
  std::vector<std::string> selected;  // benchmarks of either binary that the filter let through
  std::vector<MeasuredPairs> measured;
  std::vector<std::string> not_selected;  // benchmarks that the filter left out

  // Of `arguments` what both programs got: what stands behind "--".
  std::vector<std::string> passed_on() const;
};

// Whether a text is such a file (and not a results file); false when it cannot be read as JSON.
bool IsPairsFile(absl::string_view text);

// InvalidArgument lists every problem: not JSON, not this shape, lists of unlike length, a
// benchmark twice in one comparison, analyses that do not ascend. Unknown members are ignored.
absl::StatusOr<PairsFile> ParsePairsFile(absl::string_view file, absl::string_view text);

// The same of a document that was parsed already, for example as a part of another one.
absl::StatusOr<PairsFile> PairsFileOf(absl::string_view file, const nlohmann::json& document);

// The file's text. NaN becomes null.
std::string PairsFileText(const PairsFile& pairs);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_PAIRS_FILE_H_
