// What a number of a row is: its unit, and what follows from that. A name says so only where its
// writer is known: of Google Benchmark's own fields, and of the counters of bench_workflow.

#ifndef SLO_TOOLS_LIB_RESULTS_METRIC_H_
#define SLO_TOOLS_LIB_RESULTS_METRIC_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

enum class MetricKind {
  kTime,
  kRatio,  // a proportion from 0 to 1
  kBytes,
  kRate,   // so many a second; the more the better
  kPlain,  // a number of either sign
};

struct MetricType {
  MetricKind kind = MetricKind::kPlain;
  double per_second = 0;  // of kTime: units in a second, 1e9 for nanoseconds

  bool operator==(const MetricType&) const = default;
};

// Who wrote the row.
enum class Origin {
  kForeign,  // a counter is a plain number, however it is spelled
  kOurs,     // by the grammar of counter_names.h, with the unit as the last word
};

// real_time and cpu_time are nanoseconds, items_per_second and bytes_per_second rates, whoever
// wrote them. Of our counters _ns, _us, _ms and _s (but not _per_s) are times, _ratio is a
// proportion, _bytes are bytes.
MetricType TypeOf(absl::string_view metric, Origin origin);

// "ns", "us", "ms", "s", "bytes", "1" (a proportion), "1/s"; nothing for another unit.
std::optional<MetricType> TypeOfUnit(absl::string_view unit);

// "ns, us, ms, s, bytes, 1 or 1/s".
absl::string_view KnownUnits();

// "stage_cpu_us change": a metric that compares two builds; its values are ratios less one.
inline constexpr absl::string_view kChangeSuffix = " change";

// A value in three significant digits with a unit that reads well: "1.25 ms", "0.28 ns", "0.999",
// "178G", "4.25 MiB". A whole number below 10,000 is shown in full.
std::string Pretty(const MetricType& type, double value);

// The same, with as many more digits as it takes to see on which side of `limit` the value is:
// "50.04 us" where the limit is 50 us.
std::string PrettyBeside(const MetricType& type, double value, double limit);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_METRIC_H_
