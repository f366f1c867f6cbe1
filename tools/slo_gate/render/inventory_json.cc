// What is in results, for programs.

#include "nlohmann/json.hpp"
#include "tools/slo_gate/render/render_inventory.h"

namespace slo::tools {
namespace {

using nlohmann::ordered_json;

// The unit of a metric's values; null where nothing says so.
ordered_json UnitJson(const MetricType& type) {
  switch (type.kind) {
    case MetricKind::kTime:
      return type.per_second == 1e9   ? "ns"
             : type.per_second == 1e6 ? "us"
             : type.per_second == 1e3 ? "ms"
                                      : "s";
    case MetricKind::kRatio:
      return "1";
    case MetricKind::kBytes:
      return "bytes";
    case MetricKind::kRate:
      return "1/s";
    case MetricKind::kPlain:
      break;
  }
  return nullptr;
}

ordered_json NumberOrNull(const std::optional<double>& value) {
  return value.has_value() ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json MetricsJson(const RowMetrics& metrics) {
  ordered_json numbers = ordered_json::object();
  for (const auto& [name, value] : metrics) numbers[name] = value;
  return numbers;
}

ordered_json EntryJson(const MetricEntry& metric) {
  return {{"name", metric.name},
          {"unit", UnitJson(metric.type)},
          {"values", metric.values},
          {"not_a_number", metric.not_finite},
          {"smallest", NumberOrNull(metric.smallest)},
          {"median", NumberOrNull(metric.median)},
          {"largest", NumberOrNull(metric.largest)},
          {"has_bounds", metric.has_bounds}};
}

ordered_json EntryJson(const BenchmarkEntry& benchmark) {
  ordered_json errors = ordered_json::array();
  for (const CountedText& error : benchmark.errors) {
    errors.push_back({{"message", error.text}, {"rows", error.rows}});
  }
  ordered_json metrics = ordered_json::array();
  for (const MetricEntry& metric : benchmark.metrics) metrics.push_back(EntryJson(metric));
  ordered_json aggregates = ordered_json::array();
  for (const AggregateEntry& one : benchmark.aggregates) {
    aggregates.push_back(
        {{"name", one.name}, {"unit", one.unit}, {"metrics", MetricsJson(one.metrics)}});
  }
  const auto repetitions = benchmark.repetitions;
  return {{"name", benchmark.name},
          {"rows", benchmark.rows},
          {"processes", benchmark.processes},
          {"repetitions", repetitions.has_value() ? ordered_json(*repetitions) : nullptr},
          {"judgeable", std::string(Name(benchmark.judgeable))},
          {"sample_size", benchmark.sample_size},
          {"errors", errors},
          {"labels", benchmark.labels},
          {"metrics", metrics},
          {"aggregates", aggregates}};
}

}  // namespace

std::string InventoryJson(const Inventory& inventory) {
  ordered_json benchmarks = ordered_json::array();
  for (const BenchmarkEntry& benchmark : inventory.benchmarks) {
    benchmarks.push_back(EntryJson(benchmark));
  }
  ordered_json curves = ordered_json::array();
  for (const CurveEntry& curve : inventory.curves) {
    curves.push_back({{"benchmark", curve.benchmark},
                      {"kind", curve.kind},
                      {"metrics", MetricsJson(curve.metrics)}});
  }
  const ordered_json document = {{"files", inventory.files},           {"rows", inventory.rows},
                                 {"benchmarks", benchmarks},           {"curves", curves},
                                 {"provenance", inventory.provenance}, {"notes", inventory.notes}};
  return document.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace slo::tools
