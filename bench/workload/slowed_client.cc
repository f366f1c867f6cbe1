#include "bench/workload/slowed_client.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace slo::workload {
namespace {

bool IsId(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

}  // namespace

std::optional<Stage> StageOf(const api::Request& request) {
  const bool post = request.method == "POST";
  absl::string_view rest = request.target;
  if (absl::ConsumePrefix(&rest, "/workflow-runs")) {
    if (rest.empty()) return post ? std::optional(Stage::kCreateRun) : std::nullopt;
    if (!absl::ConsumePrefix(&rest, "/")) return std::nullopt;
    const bool dispatch = absl::ConsumeSuffix(&rest, "/dispatch-ready");
    if (!IsId(rest)) return std::nullopt;
    if (dispatch) return post ? std::optional(Stage::kDispatchReady) : std::nullopt;
    return request.method == "GET" ? std::optional(Stage::kReadRun) : std::nullopt;
  }
  if (post && absl::ConsumePrefix(&rest, "/runner/tasks/") &&
      absl::ConsumeSuffix(&rest, "/status") && IsId(rest)) {
    return Stage::kRunnerStatus;
  }
  return std::nullopt;
}

SlowedClient::SlowedClient(transport::ApiClient& inner, Stage stage, std::function<void()> work)
    : inner_(&inner), stage_(stage), work_(std::move(work)) {}

absl::StatusOr<api::Response> SlowedClient::Send(const api::Request& request) {
  absl::StatusOr<api::Response> response = inner_->Send(request);
  if (StageOf(request) == stage_) work_();
  return response;
}

}  // namespace slo::workload
