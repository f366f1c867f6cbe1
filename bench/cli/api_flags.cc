#include "bench/cli/api_flags.h"

#include <utility>

#include "absl/status/status.h"

namespace slo::bench {
namespace {

absl::Status SetTarget(absl::string_view value, ApiOptions& options) {
  auto target = http::ParseHttpTarget(value);
  if (!target.ok()) return tools::ExpectedValue("http://HOST[:PORT]", value);
  options.target = *std::move(target);
  return absl::OkStatus();
}

// A value with the name that the flag knows it by.
template <typename Value>
std::pair<std::string, Value> Named(Value value) {
  return {std::string(Name(value)), value};
}

}  // namespace

tools::FlagTable<ApiOptions> ApiFlags() {
  tools::FlagTable<ApiOptions> flags;
  flags.Choice({"store", "X", "where the API keeps its runs; sqlite: in a database"},
               &ApiOptions::store,
               {Named(stack::StoreKind::kMemory), Named(stack::StoreKind::kSqlite)});
  flags.Choice({"synchronous", "X", "what a power failure may take from the database"},
               &ApiOptions::synchronous,
               {Named(sqlite::Synchronous::kOff), Named(sqlite::Synchronous::kNormal),
                Named(sqlite::Synchronous::kFull)});
  flags.Text(
      {"store_directory", "DIR", "where the database is for the time of the measurement (TMPDIR)"},
      &ApiOptions::store_directory);
  flags.Choice({"transport", "X", "how the API is reached; http: over the loopback interface"},
               &ApiOptions::transport,
               {Named(TransportKind::kInProcess), Named(TransportKind::kHttp)});
  flags.Add({.name = "target",
             .placeholder = "http://HOST:PORT",
             .help = "a server that runs already and speaks the API's run path, instead of all "
                     "these"},
            SetTarget);
  flags.Duration({"timeout", "TIME", "of a request over HTTP"}, &ApiOptions::timeout,
                 {absl::Milliseconds(1), absl::Minutes(10)}, "2s");
  return flags;
}

std::optional<std::string> Contradiction(const ApiOptions& options) {
  const ApiOptions defaults;
  if (options.has_target() &&
      (options.store != defaults.store || options.transport != defaults.transport)) {
    return "--target: a server that runs already has a store and a transport of its own; expected "
           "no --store and no --transport beside it";
  }
  const bool has_database_flags = options.synchronous != defaults.synchronous ||
                                  options.store_directory != defaults.store_directory;
  if (has_database_flags && options.store != stack::StoreKind::kSqlite) {
    return "--synchronous, --store_directory: are of a database; expected --store=sqlite beside "
           "them";
  }
  return std::nullopt;
}

}  // namespace slo::bench
