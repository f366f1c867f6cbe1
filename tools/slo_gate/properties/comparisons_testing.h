// Comparisons of two builds for the properties: pairs, stored results and exact costs.

#ifndef SLO_TOOLS_SLO_GATE_PROPERTIES_COMPARISONS_TESTING_H_
#define SLO_TOOLS_SLO_GATE_PROPERTIES_COMPARISONS_TESTING_H_

#include <optional>
#include <string>
#include <vector>

#include "nlohmann/json.hpp"
#include "tools/lib/results/pairs_file.h"
#include "tools/slo_gate/comparison/baseline_verdict.h"
#include "tools/slo_gate/comparison/pairs_testing.h"
#include "tools/slo_gate/properties/documents_testing.h"

namespace slo::tools {

struct PairsStart {
  std::string what;
  nlohmann::json document;
  std::string only_place = {};  // of a member that nothing else in the file tells of
};

inline nlohmann::json PairsDocument(double change, double scatter = 0.002) {
  constexpr int kPairs = 20;
  PairsFile file =
      MakePairs({{.benchmark = "BM_A", .change = change, .pairs = kPairs, .scatter = scatter}});
  for (MeasuredPairs& measured : file.measured) {
    for (auto& [metric, pairs] : measured.metrics) {
      pairs.base.resize(kPairs);
      pairs.candidate.resize(kPairs);
    }
  }
  file.analyses = {kPairs};
  file.base.context = {{"slo_schema", "1"},
                       {"slo_seed", "1"},
                       {"slo_command_line", "b"},
                       {"slo_build_type", "release"}};
  file.candidate.context = file.base.context;
  return nlohmann::json::parse(PairsFileText(file));
}

// Files of pairs of every outcome. Measured are, in this order, BM_A and the two controls.
inline std::vector<PairsStart> PairsStarts() {
  std::vector<PairsStart> starts = {{"kept", PairsDocument(0)},
                                    {"regressed", PairsDocument(0.2)},
                                    {"undecided", PairsDocument(0.03, 0.2)}};
  const auto add = [&](const std::string& what, const std::string& place, nlohmann::json value) {
    starts.push_back({what, PairsDocument(0)});
    starts.back().document[nlohmann::json::json_pointer(place)] = std::move(value);
  };
  const nlohmann::json kept = PairsDocument(0);
  add("a control that finds something", "/measured/1/metrics", kept["measured"][2]["metrics"]);
  add("a control that misses", "/measured/2/metrics", kept["measured"][1]["metrics"]);
  add("a debug build", "/base/context/slo_build_type", "debug");
  add("another unit", "/measured/0/base_time_unit", "us");
  add("a benchmark that one build lacks", "/measured/0/in_base", false);
  add("a benchmark that failed twice", "/measured/0/failures", {"crash", "crash"});
  // A pairs file lists the texts of failures, the interim analyses that were planned, and what was
  // selected, and says nowhere how many of them there are.
  add("a benchmark that failed once", "/measured/0/failures", {"crash"});
  starts.back().only_place = "/measured/0/failures/0";
  starts.push_back({"interim analyses", PairsDocument(0.02, 0.02), "/looks/"});
  starts.back().document["looks"] = {5, 10, 20};
  starts.push_back({"a benchmark of which nothing was recorded", PairsDocument(0), "/selected/1"});
  starts.back().document["selected"].push_back("BM_B");
  add("a value that is none", "/measured/0/metrics/cpu_time/base/3", nullptr);
  return starts;
}

inline std::optional<Verdict> JudgePairsDocument(const nlohmann::json& document,
                                                 const JudgeOptions& options = {}) {
  absl::StatusOr<PairsFile> pairs = PairsFileOf("pairs.json", document);
  if (!pairs.ok()) return std::nullopt;
  std::vector<PairsFile> files;
  files.push_back(*std::move(pairs));
  return VerdictOnPairs(std::move(files), MakeLimits(), kLimitsText, options);
}

inline std::optional<Verdict> JudgeOnBaseline(const nlohmann::json& results,
                                              const nlohmann::json& baseline,
                                              const std::string& limits,
                                              const JudgeOptions& options = {}) {
  absl::StatusOr<Report> report = ReportOf("results.json", results);
  absl::StatusOr<Report> base = ReportOf("baseline.json", baseline);
  if (!report.ok() || !base.ok()) return std::nullopt;
  std::vector<Report> reports;
  reports.push_back(*std::move(report));
  return VerdictOnBaseline(std::move(reports), *std::move(base), MakeLimits(limits), limits,
                           options);
}

// `document` with all its times `factor` times as long.
inline nlohmann::json Slowed(nlohmann::json document, double factor) {
  for (nlohmann::json& row : document["benchmarks"]) {
    row["cpu_time"] = row["cpu_time"].get<double>() * factor;
  }
  return document;
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_PROPERTIES_COMPARISONS_TESTING_H_
