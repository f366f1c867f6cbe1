#include "tools/slo_gate/cli/merge.h"

#include <utility>

#include "nlohmann/json.hpp"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/report.h"
#include "tools/lib/results/report_text.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {

using nlohmann::json;

absl::StatusOr<std::string> MergeResults(
    const std::vector<std::pair<std::string, std::string>>& files) {
  ProblemList problems;
  std::vector<Report> reports;
  ReportTextWriter writer;
  json context;
  for (size_t process = 0; process < files.size(); ++process) {
    const ReportSink sink = {.row =
                                 [&](const json& row) {
                                   if (!row.is_object()) return;
                                   json with_process = row;
                                   with_process[kProcess] = process;
                                   writer.Add(with_process);
                                 },
                             .context =
                                 [&](const json& found) {
                                   if (!context.is_null()) return;
                                   context = found;
                                   if (context.is_object()) context.erase(kProcessKey);
                                 }};
    const auto& [file, text] = files[process];
    problems.Take(ParseReport(file, text, sink), reports);
  }
  if (!reports.empty()) problems.Add(CheckFilesAgree(reports));
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return std::move(writer).Finish(context);
}

}  // namespace slo::tools
