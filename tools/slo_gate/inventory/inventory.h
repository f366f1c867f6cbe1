// What is in results: benchmarks, rows and metrics, and what of it can be judged.

#ifndef SLO_TOOLS_SLO_GATE_INVENTORY_INVENTORY_H_
#define SLO_TOOLS_SLO_GATE_INVENTORY_INVENTORY_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/lib/results/metric.h"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/objectives/benchmark_rows.h"

namespace slo::tools {

// A metric of the rows of one benchmark that did not fail.
struct MetricEntry {
  std::string name;
  MetricType type;
  size_t values = 0;      // rows that have it as a number
  size_t not_finite = 0;  // rows in which it is NaN or infinite
  // Of the values; nothing where there is none.
  std::optional<double> smallest;
  std::optional<double> median;
  std::optional<double> largest;
  // It is a metric of bench_workflow that is judged by its bounds, with a confidence.
  bool has_bounds = false;

  bool operator==(const MetricEntry&) const = default;
};

// Text that several rows have.
struct CountedText {
  std::string text;
  size_t rows = 0;

  bool operator==(const CountedText&) const = default;
};

// A statistic that Google Benchmark computed over the rows.
struct AggregateEntry {
  std::string name;  // "median"
  std::string unit;  // "time", "percentage"; empty: not stated
  RowMetrics metrics;
};

enum class Judgeable {
  kStatistic,   // enough rows or processes for a median with a confidence
  kEachRow,     // fewer: each row by itself, as a point where the metric has no bounds
  kAggregates,  // only statistics that were computed elsewhere
  kIncomplete,  // fewer repetitions than the rows announce
  kFailed,      // a row says that it failed
};

// "statistic", "each_row", "aggregates", "incomplete", "failed".
absl::string_view Name(Judgeable judgeable);

struct BenchmarkEntry {
  std::string name;
  size_t rows = 0;
  size_t processes = 0;
  std::optional<int64_t> repetitions;  // that a row announces, the most of them
  std::optional<RepetitionGap> gap;
  size_t sample_size = 0;            // values that a statistic would be of
  std::vector<CountedText> errors;   // and skips
  std::vector<std::string> labels;   // each once
  std::vector<MetricEntry> metrics;  // in the order of the names, real_time and cpu_time first
  std::vector<AggregateEntry> aggregates;
  Judgeable judgeable = Judgeable::kEachRow;
};

// A fitted curve over the arguments of a family (BigO), or its error (RMS).
struct CurveEntry {
  std::string benchmark;  // the family
  std::string kind;       // "BigO", "RMS"
  RowMetrics metrics;
};

struct Inventory {
  std::vector<std::string> files;
  size_t rows = 0;
  std::map<std::string, std::string> provenance;
  std::vector<std::string> notes;          // what weakens every verdict on these results
  std::vector<BenchmarkEntry> benchmarks;  // in the order in which they first appear
  std::vector<CurveEntry> curves;
};

Inventory TakeInventory(const std::vector<Report>& reports);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_INVENTORY_INVENTORY_H_
