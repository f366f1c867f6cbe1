// A client that does some work more after each request of one stage, and so makes that stage, and
// only that one, slower by a known amount: a planted regression, to see whether a gate finds it.

#ifndef SLO_BENCH_FAULTS_SLOWED_CLIENT_H_
#define SLO_BENCH_FAULTS_SLOWED_CLIENT_H_

#include <functional>

#include "bench/record/stage.h"
#include "fixtures/client/api_client.h"

namespace slo::bench {

// True for the requests of this stage, by method and target.
bool IsOfStage(const api::Request& request, Stage stage);

// The requests of other stages take 10 to 20 ns longer, for the call and the comparison.
// Thread-safe when `inner` and `work` are.
class SlowedClient : public client::ApiClient {
 public:
  // `inner` must outlive the client. `work` is called once after each request of `stage`.
  SlowedClient(client::ApiClient& inner, Stage stage, std::function<void()> work);

  // The answer of `inner`, unchanged.
  absl::StatusOr<api::Response> Send(const api::Request& request) override;

  Stage stage() const { return stage_; }

 private:
  client::ApiClient* inner_;
  Stage stage_;
  std::function<void()> work_;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_FAULTS_SLOWED_CLIENT_H_
