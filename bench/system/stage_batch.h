// A batch of requests of one stage: runs are brought to the state that the stage needs, then the
// stage's requests are sent with nothing between them but two clock reads, then every answer is
// checked, then the runs are evicted, so that the store keeps its size.

#ifndef SLO_BENCH_SYSTEM_STAGE_BATCH_H_
#define SLO_BENCH_SYSTEM_STAGE_BATCH_H_

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "bench/drive/lifecycle.h"
#include "bench/record/run_recorder.h"
#include "bench/system/api_under_test.h"

namespace slo::bench {

// Not thread-safe: one a thread; the API may be shared.
class StageBatch {
 public:
  // `api` and `lifecycle` must outlive the object.
  StageBatch(ApiUnderTest& api, Lifecycle& lifecycle, Stage stage, int requests);

  // Untimed. Fails when a run cannot be brought to the state; the message names the request.
  absl::Status Prepare();

  // Timed by its user: sends the batch; ends at a request that is not answered.
  void Send();

  // Untimed. Checks every answer, records it, evicts the runs. The sum of the latencies.
  int64_t CheckAndRecord(RunRecorder& recorder);

  int requests() const { return requests_; }

 private:
  // What a request of the batch is about.
  struct Target {
    CreatedRun run;
    int64_t task_id = 0;
  };

  absl::Status PrepareOne(Target& target);
  absl::Status Dispatch(Target& target);
  TimedResponse SendOne(const Target& target);
  std::optional<Failure> CheckOne(const TimedResponse& answer, Target& target) const;
  void EvictRuns();

  ApiUnderTest* api_;
  Lifecycle* lifecycle_;
  Stage stage_;
  int requests_;
  std::vector<Target> targets_;
  std::vector<TimedResponse> answers_;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_SYSTEM_STAGE_BATCH_H_
