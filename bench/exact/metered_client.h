// A client that counts what the API spends on requests.

#ifndef SLO_BENCH_EXACT_METERED_CLIENT_H_
#define SLO_BENCH_EXACT_METERED_CLIENT_H_

#include <cstdint>
#include <optional>

#include "bench/exact/allocation_count.h"
#include "bench/record/response_digest.h"
#include "bench/record/stage.h"
#include "fixtures/client/api_client.h"

namespace slo::exact {

// What was spent between the call of the API and its answer: routing, decoding, the work, encoding.
// What the harness does before and after, such as building the target, is not in it.
struct Meter {
  int64_t requests = 0;
  AllocationCount allocated;
  bench::ResponseDigest digest;
};

// Passes a request on. What lies in this function, and nothing else, is what instructions are
// counted of, less the heap's (see ScopedHeapCalls): tools/count-instructions has callgrind collect
// inside it only.
absl::StatusOr<api::Response> MeteredSend(client::ApiClient& client, const api::Request& request);

// Not thread-safe: allocations are those of the calling thread.
class MeteredClient : public client::ApiClient {
 public:
  // `client` must outlive the object. Meters requests of the stage, or all.
  MeteredClient(client::ApiClient& client, std::optional<bench::Stage> stage)
      : client_(&client), stage_(stage) {}

  absl::StatusOr<api::Response> Send(const api::Request& request) override;

  // Meters from now on, or no longer.
  void SetMetering(bool is_metering) { is_metering_ = is_metering; }

  const Meter& meter() const { return meter_; }

 private:
  client::ApiClient* client_;
  std::optional<bench::Stage> stage_;
  bool is_metering_ = false;
  Meter meter_;
};

}  // namespace slo::exact

#endif  // SLO_BENCH_EXACT_METERED_CLIENT_H_
