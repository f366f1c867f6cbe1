#include "tools/slo_gate/cli/merge.h"

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"
#include "tools/lib/results/report.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {
namespace {

using nlohmann::json;

std::string Dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

absl::StatusOr<std::string> MergeResults(
    const std::vector<std::pair<std::string, std::string>>& files) {
  ProblemList problems;
  std::vector<Report> reports;
  std::string rows;
  std::string context;
  for (size_t process = 0; process < files.size(); ++process) {
    const ReportSink sink = {.row =
                                 [&](const json& row) {
                                   if (!row.is_object()) return;
                                   json with_process = row;
                                   with_process["process"] = process;
                                   absl::StrAppend(&rows, rows.empty() ? "" : ",", "\n  ",
                                                   Dump(with_process));
                                 },
                             .context =
                                 [&](const json& found) {
                                   if (context.empty())
                                     context = absl::StrCat(" \"context\": ", Dump(found), ",\n");
                                 }};
    const auto& [file, text] = files[process];
    problems.Take(ParseReport(file, text, sink), reports);
  }
  if (!reports.empty()) problems.Add(CheckShardsAgree(reports));
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  return absl::StrCat("{\n", context, " \"benchmarks\": [", rows, "\n ]\n}\n");
}

}  // namespace slo::tools
