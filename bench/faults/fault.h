// Faults planted around the API, to see whether load, soak and gate notice what they are there to
// notice. None by default; then nothing stands between client and API.

#ifndef SLO_BENCH_FAULTS_FAULT_H_
#define SLO_BENCH_FAULTS_FAULT_H_

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "bench/record/stage.h"
#include "fixtures/client/api_client.h"

namespace slo::bench {

enum class FaultKind {
  kDelay,   // a request takes `time` longer
  kTail,    // it does with `probability`
  kStall,   // as every `runs`-th run is created the whole API stands still for `time`
  kError,   // a request is answered with `status`, and not executed, with `probability`
  kLeak,    // a request leaves `bytes` bytes allocated
  kGrowth,  // a request takes `time` longer for every thousand runs that were created
};

struct Fault {
  FaultKind kind = FaultKind::kDelay;
  absl::Duration time = absl::ZeroDuration();
  double probability = 1;
  int64_t runs = 1;  // at least 1
  int status = 503;
  int64_t bytes = 0;           // at least 8 where it counts
  std::optional<Stage> stage;  // only requests of this stage; unset: all

  bool operator==(const Fault&) const = default;
};

// Passes requests on, with faults. Which requests fail or linger follows from the seed and the
// order in which requests come, and from nothing else. Thread-safe.
class FaultyClient : public client::ApiClient {
 public:
  // `inner` must outlive the client.
  FaultyClient(client::ApiClient& inner, std::vector<Fault> faults, uint64_t seed);
  ~FaultyClient() override;
  FaultyClient(const FaultyClient&) = delete;
  FaultyClient& operator=(const FaultyClient&) = delete;

  absl::StatusOr<api::Response> Send(const api::Request& request) override;

 private:
  // A leaked block begins with this, so that it can be given back at the end.
  struct Block {
    Block* next;
  };

  // True with `probability`, by the request's number and the fault's place.
  bool Strikes(double probability, int64_t request, size_t fault) const;
  void Leak(int64_t bytes);

  client::ApiClient* inner_;
  std::vector<Fault> faults_;
  uint64_t seed_;
  std::atomic<int64_t> requests_ = 0;
  std::atomic<int64_t> created_runs_ = 0;
  std::atomic<int64_t> stalled_until_ns_ = 0;
  std::atomic<Block*> leaked_ = nullptr;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_FAULTS_FAULT_H_
