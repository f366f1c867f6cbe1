#include "bench/system/calibrate_slowdown.h"

#include <algorithm>
#include <limits>

#include "bench/faults/spin.h"
#include "bench/machine/monotonic_clock.h"
#include "bench/system/stage_batch.h"
#include "bench/system/stored_stack.h"

namespace slo::bench {
namespace {

constexpr Workflow kReferenceWorkflow = {.shape = Shape::kChain, .steps = 3};
constexpr int kReferenceBatches = 30;
constexpr int kRequestsPerBatch = 128;

// CPU nanoseconds of one request of the stage, undisturbed.
absl::StatusOr<double> ReferenceNs(Stage stage) {
  auto prepared = PrepareStack(kReferenceWorkflow, /*stored_runs=*/0);
  if (!prepared.ok()) return prepared.status();
  Lifecycle lifecycle(prepared->client(), prepared->template_id, kReferenceWorkflow,
                      "slo-slowdown");
  StageBatch batch(*prepared->api, lifecycle, stage, kRequestsPerBatch);
  RunRecorder recorder;
  int64_t smallest_ns = std::numeric_limits<int64_t>::max();
  for (int i = 0; i < kReferenceBatches; ++i) {
    const absl::Status ready = batch.Prepare();
    if (!ready.ok()) return ready;
    const int64_t start_ns = ThreadCpuNs();
    batch.Send();
    smallest_ns = std::min(smallest_ns, ThreadCpuNs() - start_ns);
    batch.CheckAndRecord(recorder);
    if (recorder.failures() > 0) return absl::InternalError(recorder.first_failure());
  }
  return static_cast<double>(smallest_ns) / kRequestsPerBatch;
}

absl::StatusOr<double> WantedNs(const SlowdownSpec& spec) {
  if (spec.unit == SlowdownSpec::Unit::kNanoseconds) return spec.amount;
  const absl::StatusOr<double> reference_ns = ReferenceNs(spec.stage);
  if (!reference_ns.ok()) return reference_ns;
  return *reference_ns * spec.amount / 100;
}

}  // namespace

absl::StatusOr<Slowdown> CalibrateSlowdown(const SlowdownSpec& spec) {
  const absl::StatusOr<double> wanted_ns = WantedNs(spec);
  if (!wanted_ns.ok()) return wanted_ns.status();
  const SpinCalibration spin = CalibrateSpin(*wanted_ns);
  return Slowdown{.stage = spec.stage,
                  .operations = spin.operations,
                  .nanoseconds = spin.nanoseconds,
                  .pattern = spec.pattern,
                  .text = spec.text};
}

}  // namespace slo::bench
