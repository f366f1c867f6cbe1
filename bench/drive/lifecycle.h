// The requests of a workflow run, each sent, timed, and checked: a response that does not say what
// it must is a failure with a reason, never a fast sample.

#ifndef SLO_BENCH_DRIVE_LIFECYCLE_H_
#define SLO_BENCH_DRIVE_LIFECYCLE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "bench/drive/workflow_shape.h"
#include "bench/record/run_recorder.h"
#include "bench/record/stage.h"
#include "fixtures/client/api_client.h"

namespace slo::bench {

// Why a request or a run failed, with a text for people.
struct Failure {
  FailureReason reason;
  std::string what;

  bool operator==(const Failure&) const = default;
};

// A request's answer with the time it took.
struct TimedResponse {
  absl::StatusOr<api::Response> response;
  int64_t latency_ns = 0;
  int64_t end_ns = 0;  // when it came, or when it was given up, on the monotonic clock
};

// A run that was created: its id and its tasks, in step order.
struct CreatedRun {
  int64_t run_id = 0;
  std::vector<int64_t> task_ids;
};

// Creates a role and a template for `workflow`; the template's id. Errors name the request.
absl::StatusOr<int64_t> CreateTemplate(client::ApiClient& client, const Workflow& workflow,
                                       absl::string_view name);

// Sends the requests of one template's runs. Sending and checking are apart, so that a check never
// stands inside a timed section. Not thread-safe: one a thread; the client may be shared.
class Lifecycle {
 public:
  Lifecycle(client::ApiClient& client, int64_t template_id, const Workflow& workflow,
            absl::string_view initiated_by);

  TimedResponse SendCreateRun();
  TimedResponse SendDispatchReady(int64_t run_id);
  TimedResponse SendRunnerSuccess(int64_t task_id);
  TimedResponse SendReadRun(int64_t run_id);

  // The checks: a failure, or nothing and the values that the next request needs.
  std::optional<Failure> CheckCreateRun(const TimedResponse& answer, CreatedRun& run) const;
  std::optional<Failure> CheckDispatchReady(const TimedResponse& answer, int64_t run_id,
                                            int64_t& task_id) const;
  std::optional<Failure> CheckRunnerSuccess(const TimedResponse& answer, int64_t task_id) const;
  // `ended`: the run must have ended as success, with a success rate of 100 where it has one.
  std::optional<Failure> CheckReadRun(const TimedResponse& answer, int64_t run_id,
                                      bool ended) const;

  const Workflow& workflow() const { return workflow_; }

 private:
  TimedResponse Send(absl::string_view method, absl::string_view target, absl::string_view body);

  client::ApiClient* client_;
  Workflow workflow_;
  std::string create_body_;
  std::string target_;  // reused, so that building a target allocates nothing
};

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_LIFECYCLE_H_
