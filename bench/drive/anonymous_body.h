// An answer without what two equal runs differ in: ids, points in time, and how long things took.

#ifndef SLO_BENCH_DRIVE_ANONYMOUS_BODY_H_
#define SLO_BENCH_DRIVE_ANONYMOUS_BODY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace slo::bench {

// The JSON text with "*" for the scalars of members whose names are "id" or end in "_id", "_ids",
// "_at" or "_ms", or in the text of such a list; null stays. Text that is no JSON comes back as it
// is, more or less: nothing is checked.
std::string AnonymousBody(absl::string_view json);

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_ANONYMOUS_BODY_H_
