#include "bench/cli/api_flags.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace slo::bench {
namespace {

// Each setter takes the value, or says what would have been one.
struct Setter {
  absl::string_view name;
  absl::string_view placeholder;
  absl::string_view meaning;
  std::string (*set)(absl::string_view value, ApiOptions& options);  // expected; empty: taken
};

std::string SetStore(absl::string_view value, ApiOptions& options) {
  const auto kind = stack::ParseStoreKind(value);
  if (!kind.has_value()) return "memory or sqlite";
  options.store = *kind;
  return "";
}

std::string SetSynchronous(absl::string_view value, ApiOptions& options) {
  const auto level = sqlite::ParseSynchronous(value);
  if (!level.has_value()) return absl::StrJoin(sqlite::kSynchronousNames, ", ");
  options.synchronous = *level;
  return "";
}

std::string SetDirectory(absl::string_view value, ApiOptions& options) {
  if (value.empty()) return "a directory";
  options.store_directory = std::string(value);
  return "";
}

std::string SetTransport(absl::string_view value, ApiOptions& options) {
  const auto kind = ParseTransportKind(value);
  if (!kind.has_value()) return "in_process or http";
  options.transport = *kind;
  return "";
}

std::string SetTarget(absl::string_view value, ApiOptions& options) {
  auto target = http::ParseHttpTarget(value);
  if (!target.ok()) return "http://HOST[:PORT]";
  options.target = *std::move(target);
  return "";
}

std::string SetTimeout(absl::string_view value, ApiOptions& options) {
  absl::Duration timeout;
  if (!absl::ParseDuration(value, &timeout) || timeout < absl::Milliseconds(1) ||
      timeout > absl::Minutes(10)) {
    return "a time from 1ms to 10m such as 2s";
  }
  options.timeout = timeout;
  return "";
}

constexpr std::array<Setter, 6> kSetters = {{
    {"store", "X", "where the API keeps its runs: memory (default) or sqlite, a database",
     SetStore},
    {"synchronous", "X",
     "off, normal (default) or full: what a power failure may take from the database",
     SetSynchronous},
    {"store_directory", "DIR", "where the database is for the time of the measurement (TMPDIR)",
     SetDirectory},
    {"transport", "X", "in_process (default) or http, over the loopback interface", SetTransport},
    {"target", "http://HOST:PORT",
     "a server that runs already and speaks the API's run path, instead of all these", SetTarget},
    {"timeout", "TIME", "of a request over HTTP, 1ms to 10m (10s)", SetTimeout},
}};

}  // namespace

ApiFlag ApplyApiFlag(absl::string_view name, absl::string_view value, ApiOptions& options) {
  for (const Setter& setter : kSetters) {
    if (setter.name != name) continue;
    const std::string expected = setter.set(value, options);
    if (expected.empty()) return {.is_known = true};
    return {
        .is_known = true,
        .problem = absl::StrCat("--", name, ": expected ", expected, ", found \"", value, "\"")};
  }
  return {};
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

std::vector<absl::string_view> ApiFlagNames() {
  std::vector<absl::string_view> names;
  for (const Setter& setter : kSetters) names.push_back(setter.name);
  return names;
}

std::string ApiFlagsHelp() {
  std::string help;
  for (const Setter& setter : kSetters) {
    absl::StrAppend(&help, "  --", setter.name, "=", setter.placeholder, "  ", setter.meaning,
                    "\n");
  }
  return help;
}

}  // namespace slo::bench
