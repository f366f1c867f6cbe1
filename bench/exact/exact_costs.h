// bench_exact, from its command line to its exit code.

#ifndef SLO_BENCH_EXACT_EXACT_COSTS_H_
#define SLO_BENCH_EXACT_EXACT_COSTS_H_

#include <iosfwd>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/lib/text/name_filter.h"

namespace slo::exact {

struct ExactOptions {
  tools::NameFilter filter;
  std::string filter_text;  // as it was written
  int64_t iterations = 256;
  int64_t seed = 1;
  std::string instructions;  // a file with counts to add to the rows; empty: none
  bool lists = false;
  bool help = false;
  bool version = false;
};

// `arguments` without the program's name. InvalidArgument lists every problem.
absl::StatusOr<ExactOptions> ParseExactOptions(absl::Span<const absl::string_view> arguments);

// `arguments` with the program's name. 0 done, 1 a row failed or none was selected, 2 unusable
// input.
int RunExactCosts(absl::Span<const std::string> arguments, std::ostream& out, std::ostream& err);

}  // namespace slo::exact

#endif  // SLO_BENCH_EXACT_EXACT_COSTS_H_
