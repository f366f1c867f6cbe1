#include "bench/system/preflight.h"

#include "absl/strings/str_cat.h"
#include "bench/drive/lifecycle.h"
#include "bench/drive/run_path.h"

namespace slo::bench {
namespace {

constexpr Workflow kWorkflow = {.shape = Shape::kChain, .steps = 2};

absl::Status Lacks(absl::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat("it lacks what a run goes through: ", what));
}

}  // namespace

absl::Status CheckRunPath(client::ApiClient& client) {
  const auto template_id = CreateTemplate(client, kWorkflow, "slo-preflight");
  if (absl::IsFailedPrecondition(template_id.status())) {
    return Lacks(template_id.status().message());
  }
  if (!template_id.ok()) return template_id.status();
  Lifecycle lifecycle(client, *template_id, kWorkflow, "slo-preflight");
  RunRecorder recorder;
  RunPath(lifecycle, /*seed=*/1).Drive(recorder);
  if (recorder.unanswered() > 0) return absl::UnavailableError(recorder.first_failure());
  return recorder.failures() > 0 ? Lacks(recorder.first_failure()) : absl::OkStatus();
}

}  // namespace slo::bench
