#include "tools/slo_gate/inventory/inventory.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "absl/container/btree_map.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/provenance.h"
#include "tools/lib/stats/median.h"
#include "tools/slo_gate/objectives/judge_metric.h"
#include "tools/slo_gate/objectives/judge_sample.h"

namespace slo::tools {
namespace {

// What the rows of a benchmark have of one metric.
struct Values {
  MetricType type;
  std::vector<double> finite;
  size_t not_finite = 0;
  bool has_bounds = true;
};

using ValuesByMetric = absl::btree_map<std::string, Values>;

void AddRow(const PlacedRow& placed, ValuesByMetric& metrics) {
  const Origin origin = placed.report->origin();
  for (const auto& [name, value] : placed.row->metrics) {
    if (name == kProcess) continue;
    Values& values = metrics[name];
    values.type = TypeOf(name, origin);
    if (std::isfinite(value)) {
      values.finite.push_back(value);
    } else {
      ++values.not_finite;
    }
    values.has_bounds = values.has_bounds && CarriesConfidence(name, origin);
  }
}

MetricEntry EntryOf(const std::string& name, Values values) {
  MetricEntry entry = {.name = name,
                       .type = values.type,
                       .values = values.finite.size(),
                       .not_finite = values.not_finite,
                       .has_bounds = values.has_bounds};
  if (values.finite.empty()) return entry;
  std::sort(values.finite.begin(), values.finite.end());
  entry.smallest = values.finite.front();
  entry.median = stats::MedianOfSorted(values.finite);
  entry.largest = values.finite.back();
  return entry;
}

std::vector<MetricEntry> EntriesOf(const ValuesByMetric& metrics) {
  std::vector<MetricEntry> entries;
  for (const auto& [name, values] : metrics) entries.push_back(EntryOf(name, values));
  const auto rank = [](const MetricEntry& entry) {
    return entry.name == "real_time" ? 0 : entry.name == "cpu_time" ? 1 : 2;
  };
  std::stable_sort(entries.begin(), entries.end(),
                   [&](const MetricEntry& a, const MetricEntry& b) { return rank(a) < rank(b); });
  return entries;
}

void AddError(const std::string& message, std::vector<CountedText>& errors) {
  const auto found = std::find_if(errors.begin(), errors.end(),
                                  [&](const CountedText& one) { return one.text == message; });
  if (found != errors.end()) {
    ++found->rows;
  } else {
    errors.push_back({.text = message, .rows = 1});
  }
}

Judgeable JudgeableOf(const BenchmarkEntry& entry) {
  if (!entry.errors.empty()) return Judgeable::kFailed;
  if (entry.gap.has_value()) return Judgeable::kIncomplete;
  if (entry.rows == 0) return Judgeable::kAggregates;
  return entry.sample_size >= kMinSampleRows ? Judgeable::kStatistic : Judgeable::kEachRow;
}

BenchmarkEntry EntryOf(const BenchmarkRows& benchmark) {
  BenchmarkEntry entry = {.name = std::string(benchmark.name),
                          .rows = benchmark.rows.size(),
                          .gap = FindRepetitionGap(benchmark.rows),
                          .sample_size = SampleSize(benchmark)};
  std::set<ProcessKey> processes;
  ValuesByMetric metrics;
  for (const PlacedRow& placed : benchmark.rows) {
    const ReportRow& row = *placed.row;
    processes.insert(ProcessOf(placed));
    if (row.repetitions.has_value()) {
      entry.repetitions = std::max(entry.repetitions.value_or(0), *row.repetitions);
    }
    const bool is_new_label =
        std::find(entry.labels.begin(), entry.labels.end(), row.label) == entry.labels.end();
    if (!row.label.empty() && is_new_label) entry.labels.push_back(row.label);
    if (row.error.has_value()) {
      AddError(*row.error, entry.errors);
    } else {
      AddRow(placed, metrics);
    }
  }
  entry.processes = processes.size();
  entry.metrics = EntriesOf(metrics);
  for (const PlacedAggregate& placed : benchmark.aggregates) {
    const AggregateRow& row = *placed.row;
    entry.aggregates.push_back({row.aggregate_name, row.aggregate_unit, row.metrics});
  }
  entry.judgeable = JudgeableOf(entry);
  return entry;
}

}  // namespace

absl::string_view Name(Judgeable judgeable) {
  switch (judgeable) {
    case Judgeable::kStatistic:
      return "statistic";
    case Judgeable::kEachRow:
      return "each_row";
    case Judgeable::kAggregates:
      return "aggregates";
    case Judgeable::kIncomplete:
      return "incomplete";
    case Judgeable::kFailed:
      break;
  }
  return "failed";
}

Inventory TakeInventory(const std::vector<Report>& reports) {
  Inventory inventory = {.provenance = ProvenanceOf(reports), .notes = ProvenanceNotes(reports)};
  for (const Report& report : reports) {
    inventory.files.push_back(report.file);
    inventory.rows += report.rows.size();
    for (const AggregateRow& row : report.aggregates) {
      if (!row.is_complexity()) continue;
      inventory.curves.push_back({row.run_name, row.aggregate_name, row.metrics});
    }
  }
  const BenchmarkList benchmarks(reports);
  for (const BenchmarkRows& benchmark : benchmarks.all()) {
    inventory.benchmarks.push_back(EntryOf(benchmark));
  }
  return inventory;
}

}  // namespace slo::tools
