#include "bench/faults/slowed_client.h"

#include <utility>

#include "absl/strings/match.h"

namespace slo::bench {
namespace {

constexpr absl::string_view kRuns = "/workflow-runs";
constexpr absl::string_view kRun = "/workflow-runs/";

}  // namespace

bool IsOfStage(const api::Request& request, Stage stage) {
  const absl::string_view target = request.target;
  switch (stage) {
    case Stage::kCreateRun:
      return target == kRuns && request.method == "POST";
    case Stage::kDispatchReady:
      return absl::EndsWith(target, "/dispatch-ready") && absl::StartsWith(target, kRun) &&
             request.method == "POST";
    case Stage::kRunnerStatus:
      return absl::StartsWith(target, "/runner/tasks/") && absl::EndsWith(target, "/status") &&
             request.method == "POST";
    case Stage::kReadRun:
      break;
  }
  return request.method == "GET" && absl::StartsWith(target, kRun) &&
         target.find('/', kRun.size()) == absl::string_view::npos;
}

SlowedClient::SlowedClient(client::ApiClient& inner, Stage stage, std::function<void()> work)
    : inner_(&inner), stage_(stage), work_(std::move(work)) {}

absl::StatusOr<api::Response> SlowedClient::Send(const api::Request& request) {
  absl::StatusOr<api::Response> response = inner_->Send(request);
  if (IsOfStage(request, stage_)) work_();
  return response;
}

}  // namespace slo::bench
