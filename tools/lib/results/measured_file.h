// A file that the gate is given to judge: results of one program, or pairs of two builds.

#ifndef SLO_TOOLS_LIB_RESULTS_MEASURED_FILE_H_
#define SLO_TOOLS_LIB_RESULTS_MEASURED_FILE_H_

#include <iosfwd>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/lib/results/report.h"

namespace slo::tools {

using MeasuredFile = std::variant<Report, PairsFile>;

// The file, or `in` for "-"; which of the two it is its first members say. A file of results is
// read piece by piece: 100,000 rows in 125 MB take about 60 MB. Errors: NotFound when it cannot be
// read, and those of ParseReport and ParsePairsFile.
absl::StatusOr<MeasuredFile> ReadMeasuredFile(const std::string& file, std::istream& in);

// The same for a file that must be results.
absl::StatusOr<Report> ReadReport(const std::string& file, std::istream& in);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_MEASURED_FILE_H_
