// Going on where an earlier collection stopped, in the same plan.

#ifndef SLO_TOOLS_PAIRED_BENCH_CLI_RESUME_H_
#define SLO_TOOLS_PAIRED_BENCH_CLI_RESUME_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/paired_bench/plan/paired_options.h"

namespace slo::paired {

struct Resumed {
  PairedOptions options;  // those of the earlier collection, with what may be given anew
  tools::PairsFile file;
};

// What `arguments`, which have --resume=`file`, ask for. InvalidArgument: the file cannot be gone
// on with, or a flag is given that would change what is measured.
absl::StatusOr<Resumed> ReadResumed(absl::Span<const absl::string_view> arguments,
                                    const std::string& file);

// InvalidArgument names everything in which the two differ: programs by their bytes, machine,
// limits. `now`: as it would be written now.
absl::Status CheckSameCollection(const tools::PairsFile& before, const tools::PairsFile& now);

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_CLI_RESUME_H_
