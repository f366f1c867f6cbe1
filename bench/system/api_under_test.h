// The API that is measured, with a client to measure it through: in this process, behind an HTTP
// server of its own, or somebody else's server.

#ifndef SLO_BENCH_SYSTEM_API_UNDER_TEST_H_
#define SLO_BENCH_SYSTEM_API_UNDER_TEST_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "fixtures/client/api_client.h"
#include "fixtures/domain/clock.h"
#include "fixtures/http/http_client.h"
#include "fixtures/http/http_server.h"
#include "fixtures/sqlite/temporary_database.h"
#include "fixtures/stack/in_process_stack.h"
#include "fixtures/stack/store_options.h"

namespace slo::bench {

enum class TransportKind : uint8_t { kInProcess, kHttp };

absl::string_view Name(TransportKind kind);  // "in_process", "http"

struct ApiOptions {
  stack::StoreKind store = stack::StoreKind::kMemory;
  sqlite::Synchronous synchronous = sqlite::Synchronous::kNormal;  // of a database
  std::string store_directory;  // for its file; empty: where the system keeps temporary files
  TransportKind transport = TransportKind::kInProcess;
  // A server that runs already, to which all of the above is its own business; no host: none.
  http::HttpTarget target;
  absl::Duration timeout = absl::Seconds(10);  // of a request over HTTP
  std::string runner_token;                    // that the target wants of runners; empty: none
  domain::Clock* clock = nullptr;              // null: the system clock; else outlives the API

  bool has_target() const { return !target.host.empty(); }

  // What it adds to the names of rows, so that unlike systems are never compared: for example
  // "/store:sqlite/transport:http" or "/target:remote", nothing for the default.
  std::string row_suffix() const;
};

// Thread-safe.
class ApiUnderTest {
 public:
  // An API without runs, or the target as it is. Unavailable: its store or server cannot be opened.
  static absl::StatusOr<std::unique_ptr<ApiUnderTest>> Make(const ApiOptions& options);

  client::ApiClient& client() const;
  // The one to bring the API into a state with: past the network, where that can be.
  client::ApiClient& nearest_client() const;

  // Forgets a run, as a retention policy would. False where the API has no such verb (a target).
  bool EvictRun(int64_t run_id) const { return stack_ != nullptr && stack_->EvictRun(run_id); }

 private:
  ApiUnderTest() = default;

  // In the order in which they depend on one another.
  std::optional<sqlite::TemporaryDatabase> database_;
  std::unique_ptr<stack::InProcessStack> stack_;
  std::unique_ptr<http::HttpServer> server_;
  std::unique_ptr<http::HttpClient> http_client_;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_SYSTEM_API_UNDER_TEST_H_
