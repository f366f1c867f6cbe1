// The flags that say which API is measured: --store, --synchronous, --store_directory, --transport,
// --target, --timeout.

#ifndef SLO_BENCH_CLI_API_FLAGS_H_
#define SLO_BENCH_CLI_API_FLAGS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "bench/system/api_under_test.h"

namespace slo::bench {

// What came of a flag with its value.
struct ApiFlag {
  bool is_known = false;
  std::optional<std::string> problem;  // nothing: the value was taken
};

// Applies the flag of this name (without dashes) to the options, if it is one of them.
ApiFlag ApplyApiFlag(absl::string_view name, absl::string_view value, ApiOptions& options);

// What the flags say that cannot be had together; nothing: all is well.
std::optional<std::string> Contradiction(const ApiOptions& options);

std::vector<absl::string_view> ApiFlagNames();

// The flags with their meanings, for --help.
std::string ApiFlagsHelp();

}  // namespace slo::bench

#endif  // SLO_BENCH_CLI_API_FLAGS_H_
