// The flags that say which API is measured: --store, --synchronous, --store_directory, --transport,
// --target, --timeout.

#ifndef SLO_BENCH_CLI_API_FLAGS_H_
#define SLO_BENCH_CLI_API_FLAGS_H_

#include <optional>
#include <string>

#include "bench/system/api_under_test.h"
#include "tools/lib/flags/flag_table.h"

namespace slo::bench {

tools::FlagTable<ApiOptions> ApiFlags();

// What the flags say that cannot be had together; nothing: all is well.
std::optional<std::string> Contradiction(const ApiOptions& options);

}  // namespace slo::bench

#endif  // SLO_BENCH_CLI_API_FLAGS_H_
