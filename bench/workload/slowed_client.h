// A client that does some work more after each request of one stage, and so makes that stage, and
// only that one, slower by a known amount: a planted regression, to see whether a gate finds it.

#ifndef SLO_BENCH_WORKLOAD_SLOWED_CLIENT_H_
#define SLO_BENCH_WORKLOAD_SLOWED_CLIENT_H_

#include <functional>

#include "bench/workload/stage.h"
#include "fixtures/transport/api_client.h"

namespace slo::workload {

// True for the requests of this stage, by method and target.
bool IsOfStage(const api::Request& request, Stage stage);

// The requests of other stages take 10 to 20 ns longer, for the call and the comparison.
// Thread-safe when `inner` and `work` are.
class SlowedClient : public transport::ApiClient {
 public:
  // `inner` must outlive the client. `work` is called once after each request of `stage`.
  SlowedClient(transport::ApiClient& inner, Stage stage, std::function<void()> work);

  // The answer of `inner`, unchanged.
  absl::StatusOr<api::Response> Send(const api::Request& request) override;

  Stage stage() const { return stage_; }

 private:
  transport::ApiClient* inner_;
  Stage stage_;
  std::function<void()> work_;
};

}  // namespace slo::workload

#endif  // SLO_BENCH_WORKLOAD_SLOWED_CLIENT_H_
