#include "tools/slo_gate/cli/report_inputs.h"

#include <set>
#include <utility>
#include <variant>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/results/measured_file.h"

namespace slo::tools {

std::vector<Report> ReadReports(const std::vector<std::string>& files, std::istream& in,
                                ProblemList& problems) {
  std::vector<Report> reports;
  std::set<std::string> seen;
  if (files.empty()) {
    problems.Add(std::string("expected at least one results file (--benchmark_format=json)"));
  }
  for (const std::string& file : files) {
    if (!seen.insert(file).second) {
      problems.Add(absl::StrCat(file == "-" ? "- (standard input)" : file, ": is given twice"));
      continue;
    }
    absl::StatusOr<MeasuredFile> measured = ReadMeasuredFile(file, in);
    if (!measured.ok()) {
      problems.Add(measured.status());
    } else if (std::holds_alternative<Report>(*measured)) {
      reports.push_back(std::get<Report>(*std::move(measured)));
    } else {
      problems.Add(absl::StrCat(file, ": is a file of pairs; slo_gate compare judges those"));
    }
  }
  return reports;
}

}  // namespace slo::tools
