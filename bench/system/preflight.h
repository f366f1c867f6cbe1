// Whether an API speaks what the measurements need, asked once before any of them.

#ifndef SLO_BENCH_SYSTEM_PREFLIGHT_H_
#define SLO_BENCH_SYSTEM_PREFLIGHT_H_

#include "absl/status/status.h"
#include "fixtures/client/api_client.h"

namespace slo::bench {

// Makes a role and a template and drives one run of it to its end. Otherwise the message names the
// first thing that is missing or not as expected: Unavailable when there is no answer at all,
// FailedPrecondition else.
absl::Status CheckRunPath(client::ApiClient& client);

}  // namespace slo::bench

#endif  // SLO_BENCH_SYSTEM_PREFLIGHT_H_
