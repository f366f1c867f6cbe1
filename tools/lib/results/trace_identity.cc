#include "tools/lib/results/trace_identity.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

// What results say of the latencies of one histogram.
struct Samples {
  double count = 0;
  double max_us = 0;
};

Samples SamplesOf(const std::vector<const ReportRow*>& rows, const std::string& prefix) {
  Samples samples;
  for (const ReportRow* row : rows) {
    samples.count += row->Find(prefix + "samples_count").value_or(0);
    samples.max_us = std::max(samples.max_us, row->Find(prefix + "latency_max_us").value_or(0));
  }
  return samples;
}

double MaxUsOf(const TraceHistogram& histogram) {
  return static_cast<double>(histogram.max_ns) / 1'000;
}

bool IsSame(const TraceHistogram& histogram, const Samples& samples) {
  constexpr double kRounding = 0.01;  // the results are written with six digits or more
  return samples.count == static_cast<double>(histogram.count) &&
         std::abs(samples.max_us - MaxUsOf(histogram)) <= kRounding * MaxUsOf(histogram);
}

// The prefix of a sample that a row counts and the scenario has no histogram of; nothing: none.
std::optional<std::string> PrefixWithoutHistogram(const TraceScenario& scenario,
                                                  const ReportRow& row) {
  for (const auto& [metric, value] : row.metrics) {
    absl::string_view prefix = metric;
    if (!absl::ConsumeSuffix(&prefix, "samples_count") || !(value > 0) ||
        absl::EndsWith(prefix, "_effective_")) {
      continue;
    }
    if (std::none_of(scenario.histograms.begin(), scenario.histograms.end(),
                     [&](const TraceHistogram& one) { return one.prefix == prefix; })) {
      return std::string(prefix);
    }
  }
  return std::nullopt;
}

// The first problem of the scenario, without the place; empty: there is none.
std::string ProblemOf(const TraceScenario& scenario, const Report& report) {
  std::vector<const ReportRow*> rows;
  for (const ReportRow& row : report.rows) {
    if (IsRowOf(row.name, scenario.row)) rows.push_back(&row);
  }
  if (rows.empty()) return absl::StrCat(report.file, " has no such row");
  for (const TraceHistogram& histogram : scenario.histograms) {
    const Samples samples = SamplesOf(rows, histogram.prefix);
    if (IsSame(histogram, samples)) continue;
    return absl::StrFormat(
        "is of another run: %d latencies of \"%s\", at most %g us; %s has %.0f, at most %g us",
        histogram.count, histogram.prefix, MaxUsOf(histogram), report.file, samples.count,
        samples.max_us);
  }
  for (const ReportRow* row : rows) {
    const std::optional<std::string> prefix = PrefixWithoutHistogram(scenario, *row);
    if (!prefix.has_value()) continue;
    return absl::StrCat("has no histogram of \"", *prefix, "\"; ", report.file,
                        " has samples of it");
  }
  return "";
}

}  // namespace

bool IsOfSameCommand(const TraceFile& trace, const Report& report) {
  return std::all_of(kTraceIdentity.begin(), kTraceIdentity.end(), [&](const char* key) {
    const auto found = trace.context.find(key);
    return found != trace.context.end() && found->second == report.ContextValue(key);
  });
}

absl::Status CheckSameSamples(const TraceFile& trace, const Report& report) {
  ProblemList problems;
  for (const TraceScenario& scenario : MergedScenarios({trace})) {
    const std::string problem = ProblemOf(scenario, report);
    if (problem.empty()) continue;
    problems.Add(absl::StrCat(trace.file, ": ", scenario.row, ": ", problem));
  }
  return problems.ToStatus();
}

}  // namespace slo::tools
