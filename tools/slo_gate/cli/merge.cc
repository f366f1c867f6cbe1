#include "tools/slo_gate/cli/merge.h"

#include "nlohmann/json.hpp"
#include "tools/lib/json/json_text.h"
#include "tools/lib/results/report.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {

absl::StatusOr<std::string> MergeResults(
    const std::vector<std::pair<std::string, std::string>>& files) {
  ProblemList problems;
  std::vector<Report> reports;
  nlohmann::json merged = {{"benchmarks", nlohmann::json::array()}};
  for (size_t process = 0; process < files.size(); ++process) {
    const auto& [file, text] = files[process];
    absl::StatusOr<Report> report = ParseReport(file, text);
    problems.Add(report.status());
    if (!report.ok()) continue;
    reports.push_back(*std::move(report));
    // It was read once already; here the rows are taken as they are.
    nlohmann::json document = *ParseJsonText(file, text);
    if (!merged.contains("context") && document.contains("context")) {
      merged["context"] = document["context"];
    }
    for (nlohmann::json& row : document["benchmarks"]) {
      row["process"] = process;
      merged["benchmarks"].push_back(std::move(row));
    }
  }
  if (!reports.empty()) problems.Add(CheckShardsAgree(reports));
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return merged.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace slo::tools
