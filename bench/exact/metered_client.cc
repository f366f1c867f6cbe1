#include "bench/exact/metered_client.h"

#include "bench/faults/slowed_client.h"

namespace slo::exact {

[[gnu::noinline]] absl::StatusOr<api::Response> MeteredSend(client::ApiClient& client,
                                                            const api::Request& request) {
  return client.Send(request);
}

absl::StatusOr<api::Response> MeteredClient::Send(const api::Request& request) {
  if (!is_metering_ || (stage_.has_value() && !bench::IsOfStage(request, *stage_))) {
    return client_->Send(request);
  }
  const AllocationCount before = ThreadAllocations();
  absl::StatusOr<api::Response> response = [&] {
    const ScopedHeapCalls heap_calls;
    return MeteredSend(*client_, request);
  }();
  const AllocationCount after = ThreadAllocations();
  ++meter_.requests;
  meter_.allocated.allocations += after.allocations - before.allocations;
  meter_.allocated.bytes += after.bytes - before.bytes;
  if (response.ok()) meter_.digest.Add(*response);
  return response;
}

}  // namespace slo::exact
