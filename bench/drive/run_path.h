// One whole run, from creation to the last read: every step dispatched when it is ready, every
// dispatched task reported as done, in an order that the seed decides where there is a choice.

#ifndef SLO_BENCH_DRIVE_RUN_PATH_H_
#define SLO_BENCH_DRIVE_RUN_PATH_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "bench/drive/lifecycle.h"
#include "bench/record/response_digest.h"
#include "bench/record/run_recorder.h"
#include "tools/lib/stats/split_mix.h"

namespace slo::bench {

// How many requests a run of `steps` steps takes: create, (dispatch, status) a step, read.
constexpr int RequestsPerRun(int steps) { return 2 + 2 * steps; }

// Not thread-safe: one a thread.
class RunPath {
 public:
  // `lifecycle` must outlive the object. Same seed, same order of requests.
  RunPath(Lifecycle& lifecycle, uint64_t seed);

  // Drives one run to its end and records each request, the run's latency (the sum of its
  // requests' latencies: checks are not the API's time) and how it went. Ends at the first
  // failure. The run's id, if it was created.
  std::optional<int64_t> Drive(RunRecorder& recorder);

  // What is random in the next run follows from the seed and `run` alone, not from the runs before,
  // so that any thread drives run number `run` alike.
  void Seed(int64_t run);

  // From now on the answers to each run are kept until the next one; or no longer.
  void KeepAnswers(bool keeps) { keeps_answers_ = keeps; }

  // Adds the answers to the run that was driven last, without what equal runs differ in.
  void AddAnswersTo(ResponseDigest& digest) const;

  // The latency of the run that was driven last.
  int64_t run_latency_ns() const { return run_latency_ns_; }
  // The end of its last request, on the monotonic clock.
  int64_t run_end_ns() const { return run_end_ns_; }

 private:
  std::optional<Failure> DriveTasks(RunRecorder& recorder);
  std::optional<Failure> DispatchOne(RunRecorder& recorder);
  std::optional<Failure> FinishOne(RunRecorder& recorder);
  void Record(Stage stage, const TimedResponse& answer, RunRecorder& recorder);
  // The run that ends here.
  void RecordRun(const std::optional<Failure>& failure, RunRecorder& recorder) const;
  void Keep(const absl::StatusOr<api::Response>& answer);

  struct KeptAnswer {
    int status = 0;  // 0: none came
    std::string body;
  };

  Lifecycle* lifecycle_;
  uint64_t seed_;
  stats::SplitMix64 random_;
  std::vector<std::vector<int>> dependents_;  // by step
  std::vector<int> dependency_counts_;        // by step

  // The run under way.
  CreatedRun run_;
  int64_t run_latency_ns_ = 0;
  int64_t run_end_ns_ = 0;
  std::vector<int> waiting_for_;  // by step: dependencies not yet done; kDispatched once handed out
  std::vector<int> in_flight_;    // steps that were dispatched and not yet reported
  int ready_ = 0;
  bool keeps_answers_ = false;
  std::vector<KeptAnswer> answers_;  // reused; the first answer_count_ count
  size_t answer_count_ = 0;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_RUN_PATH_H_
