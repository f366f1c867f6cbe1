// Inputs of every kind for the properties: recorded ones, and generated ones.

#ifndef SLO_TOOLS_SLO_GATE_PROPERTIES_DOCUMENTS_TESTING_H_
#define SLO_TOOLS_SLO_GATE_PROPERTIES_DOCUMENTS_TESTING_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tools/lib/results/report.h"
#include "tools/slo_gate/objectives/judge.h"
#include "tools/slo_gate/objectives/thresholds.h"
#include "tools/slo_gate/verdict/verdict.h"

namespace slo::tools {

inline std::string TextOf(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

inline nlohmann::json DocumentOf(const std::filesystem::path& file) {
  return nlohmann::json::parse(TextOf(file));
}

inline std::filesystem::path Recorded(const std::string& name) {
  return std::filesystem::path(SLO_TESTDATA_DIR) / name;
}

inline std::filesystem::path Repository() { return SLO_REPOSITORY_DIR; }

// Deletes a member of an object or an element of a list.
inline void Erase(const std::string& place, nlohmann::json& document) {
  const nlohmann::json::json_pointer pointer(place);
  nlohmann::json& parent = document[pointer.parent_pointer()];
  if (parent.is_array()) {
    parent.erase(std::stoul(pointer.back()));
  } else {
    parent.erase(pointer.back());
  }
}

// Three processes of a program that is not ours, each with its repetitions and what Google
// Benchmark makes of them, as `merge` puts them into one file: a slow process, a counter that is
// none, a benchmark that fails, and one that is there once a process.
inline nlohmann::json ForeignResults() {
  nlohmann::json rows = nlohmann::json::array();
  const auto add = [&](const std::string& name, int process, int index, nlohmann::json more) {
    nlohmann::json row = {
        {"name", name},        {"run_name", name},          {"run_type", "iteration"},
        {"repetitions", 4},    {"repetition_index", index}, {"threads", 1},
        {"iterations", 1'000}, {"time_unit", "ns"},         {"process", process}};
    row.update(more);
    rows.push_back(std::move(row));
  };
  for (int process = 0; process < 3; ++process) {
    for (int index = 0; index < 4; ++index) {
      const double time = 100 + 7 * index + (process == 2 ? 60 : 0);
      add("BM_Parse/64", process, index,
          {{"real_time", time + 1},
           {"cpu_time", time},
           {"hits_ratio", 1.5},
           {"p99_us", time / 4},
           {"odd", index == 3 ? nlohmann::json() : nlohmann::json(7)}});
    }
    for (const auto& [statistic, time] : {std::pair("median", 111.0), {"mean", 115.0}}) {
      rows.push_back({{"name", absl::StrCat("BM_Parse/64_", statistic)},
                      {"run_name", "BM_Parse/64"},
                      {"run_type", "aggregate"},
                      {"aggregate_name", statistic},
                      {"threads", 1},
                      {"aggregate_unit", "time"},
                      {"repetitions", 4},
                      {"iterations", 4},
                      {"real_time", time},
                      {"cpu_time", time},
                      {"time_unit", "ns"}});
    }
    add("BM_Broken", process, 0,
        {{"repetitions", 1},
         {"error_occurred", true},
         {"error_message", "no file"},
         {"real_time", 0},
         {"cpu_time", 0}});
    add("BM_Once", process, 0,
        {{"repetitions", 1},
         {"real_time", 50 + 10 * process},
         {"cpu_time", 40 + 10 * process},
         {"items_per_second", 2e6}});
  }
  return {{"context",
           {{"date", "2026-11-28T07:00:00+00:00"},
            {"host_name", "box"},
            {"num_cpus", 2},
            {"mhz_per_cpu", 3'000},
            {"library_build_type", "release"}}},
          {"benchmarks", std::move(rows)}};
}

// ---- Objectives ----

// Where limits lie: on each metric three maxima and three minima, of which some are violated, some
// kept, and some lie between the metric's bounds.
inline constexpr double kTight = 0.01;
inline constexpr double kBetween = 1;
inline constexpr double kWide = 100;

inline Objective ObjectiveOn(const std::string& glob, const std::string& metric, double value,
                             double factor) {
  const auto limit = [](double at) { return Limit{.value = at, .text = absl::StrCat(at)}; };
  return {.id = metric,
          .benchmark = glob,
          .metric = metric,
          .max = limit(value * factor),
          .min = limit(value / factor),
          .why = "w",
          .source = "s"};
}

// A counter that says something about another one.
inline bool IsAboutAnother(absl::string_view metric) {
  return absl::StrContains(metric, "_lower") || absl::StrContains(metric, "_upper") ||
         absl::EndsWith(metric, "_trials_count") || absl::EndsWith(metric, "samples_count") ||
         metric == "process" || metric == "threads" || metric == "iterations";
}

// Objectives on every metric of every benchmark, at `factor` times what was measured.
inline Thresholds ThresholdsFor(const Report& report, double factor) {
  Thresholds thresholds = {.file = "generated.json", .confidence = 0.9};
  std::set<std::pair<std::string, std::string>> seen;
  for (const ReportRow& row : report.rows) {
    for (const auto& [metric, value] : row.metrics) {
      if (IsAboutAnother(metric) || !seen.emplace(row.name, metric).second) continue;
      thresholds.objectives.push_back(ObjectiveOn(row.name, std::string(metric), value, factor));
    }
  }
  return thresholds;
}

inline std::optional<Verdict> JudgeDocument(const nlohmann::json& document,
                                            const Thresholds& thresholds,
                                            const JudgeOptions& options = {}) {
  absl::StatusOr<Report> report = ReportOf("results.json", document);
  if (!report.ok()) return std::nullopt;
  std::vector<Report> reports;
  reports.push_back(*std::move(report));
  return Judge(std::move(reports), thresholds, options);
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_PROPERTIES_DOCUMENTS_TESTING_H_
