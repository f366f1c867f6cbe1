#include "bench/drive/lifecycle.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "bench/drive/json_fields.h"
#include "bench/machine/monotonic_clock.h"
#include "nlohmann/json.hpp"

namespace slo::bench {
namespace {

constexpr size_t kShownBodyBytes = 300;
constexpr absl::string_view kSuccess = "\"success\"";
constexpr absl::string_view kRunnerSuccessBody =
    R"({"status":"success","message":"slo benchmark synthetic success"})";

absl::string_view Shown(const std::string& body) {
  return absl::string_view(body).substr(0, kShownBodyBytes);
}

FailureReason ReasonOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kAborted:
      return FailureReason::kBroken;
    case absl::StatusCode::kDeadlineExceeded:
      return FailureReason::kTimeout;
    case absl::StatusCode::kDataLoss:
      return FailureReason::kMalformed;
    default:
      return FailureReason::kConnect;
  }
}

// No answer, or one with another status: nothing in the body is worth reading then.
std::optional<Failure> CheckStatus(Stage stage, const TimedResponse& answer) {
  if (!answer.response.ok()) {
    return Failure{
        ReasonOf(answer.response.status().code()),
        absl::StrCat(StageName(stage), ": no answer: ", answer.response.status().message())};
  }
  if (answer.response->status >= 200 && answer.response->status < 300) return std::nullopt;
  return Failure{FailureReason::kStatus,
                 absl::StrCat(StageName(stage), ": expected status 200, found ",
                              answer.response->status, ": ", Shown(answer.response->body))};
}

Failure WrongBody(Stage stage, absl::string_view expected, const TimedResponse& answer) {
  return {FailureReason::kBody, absl::StrCat(StageName(stage), ": expected ", expected, ", found ",
                                             Shown(answer.response->body))};
}

// "[1,2,3]" as numbers; false when it is anything else.
bool ParseIds(absl::string_view text, std::vector<int64_t>& ids) {
  ids.clear();
  if (!absl::ConsumePrefix(&text, "[") || !absl::ConsumeSuffix(&text, "]")) return false;
  while (!text.empty()) {
    const size_t comma = text.find(',');
    int64_t id = 0;
    if (!absl::SimpleAtoi(text.substr(0, comma), &id)) return false;
    ids.push_back(id);
    text.remove_prefix(comma == absl::string_view::npos ? text.size() : comma + 1);
  }
  return true;
}

// Whether the answer to a dispatch says so; a server need not say what became of the submission.
bool WasRefusedByRunner(JsonFields& fields) {
  const auto dispatch = fields.Find("dispatch");
  if (!dispatch.has_value()) return false;
  const auto submission = JsonFields(*dispatch).Find("runner_submission");
  return submission.has_value() && JsonFields(*submission).Find("submitted") == "false";
}

absl::StatusOr<int64_t> PostForId(client::ApiClient& client, absl::string_view target,
                                  const std::string& body) {
  const absl::StatusOr<api::Response> response =
      client.Send({.method = "POST", .target = target, .body = body});
  if (!response.ok()) return response.status();
  const std::optional<int64_t> id = JsonFields(response->body).FindInt("id");
  if (response->status < 200 || response->status >= 300 || !id.has_value()) {
    return absl::FailedPreconditionError(
        absl::StrCat("POST ", target, ": expected status 200 and an id, found ", response->status,
                     ": ", Shown(response->body)));
  }
  return *id;
}

}  // namespace

absl::StatusOr<int64_t> CreateTemplate(client::ApiClient& client, const Workflow& workflow,
                                       absl::string_view name) {
  const nlohmann::json role = {{"name", absl::StrCat(name, "-role")}, {"context7_enabled", true}};
  const absl::StatusOr<int64_t> role_id = PostForId(client, "/roles", role.dump());
  if (!role_id.ok()) return role_id.status();
  return PostForId(client, "/workflow-templates",
                   TemplateBody(workflow, absl::StrCat(name, "-workflow"), *role_id));
}

Lifecycle::Lifecycle(client::ApiClient& client, int64_t template_id, const Workflow& workflow,
                     absl::string_view initiated_by)
    : client_(&client),
      workflow_(workflow),
      create_body_(nlohmann::json{{"workflow_template_id", template_id},
                                  {"initiated_by", std::string(initiated_by)}}
                       .dump()) {}

TimedResponse Lifecycle::Send(absl::string_view method, absl::string_view target,
                              absl::string_view body) {
  const int64_t start_ns = MonotonicNs();
  absl::StatusOr<api::Response> response =
      client_->Send({.method = method, .target = target, .body = body});
  const int64_t end_ns = MonotonicNs();
  return {std::move(response), end_ns - start_ns, end_ns};
}

TimedResponse Lifecycle::SendCreateRun() {
  // At the beginning of a cache line: where in a line a text lies decides how many instructions the
  // API's memchr takes, and a literal lies elsewhere after any change of the program.
  alignas(64) static constexpr char kTarget[] = "/workflow-runs";
  return Send("POST", kTarget, create_body_);
}

TimedResponse Lifecycle::SendDispatchReady(int64_t run_id) {
  target_.clear();
  absl::StrAppend(&target_, "/workflow-runs/", run_id, "/dispatch-ready");
  return Send("POST", target_, "{}");
}

TimedResponse Lifecycle::SendRunnerSuccess(int64_t task_id) {
  target_.clear();
  absl::StrAppend(&target_, "/runner/tasks/", task_id, "/status");
  return Send("POST", target_, kRunnerSuccessBody);
}

TimedResponse Lifecycle::SendReadRun(int64_t run_id) {
  target_.clear();
  absl::StrAppend(&target_, "/workflow-runs/", run_id);
  return Send("GET", target_, "");
}

std::optional<Failure> Lifecycle::CheckCreateRun(const TimedResponse& answer,
                                                 CreatedRun& run) const {
  if (auto failure = CheckStatus(Stage::kCreateRun, answer)) return failure;
  JsonFields fields(answer.response->body);
  const auto run_id = fields.FindInt("id");
  const auto task_ids = fields.Find("task_ids");
  if (!run_id.has_value() || !task_ids.has_value() || !ParseIds(*task_ids, run.task_ids) ||
      run.task_ids.size() != static_cast<size_t>(workflow_.steps) ||
      fields.Find("status") != "\"created\"") {
    return WrongBody(Stage::kCreateRun, "a run \"created\" with a task a step", answer);
  }
  run.run_id = *run_id;
  return std::nullopt;
}

std::optional<Failure> Lifecycle::CheckDispatchReady(const TimedResponse& answer, int64_t run_id,
                                                     int64_t& task_id) const {
  if (auto failure = CheckStatus(Stage::kDispatchReady, answer)) return failure;
  JsonFields fields(answer.response->body);
  const auto found_run_id = fields.FindInt("run_id");
  const bool dispatched = fields.Find("dispatched") == "true";
  const auto found_task_id = fields.FindInt("task_id");
  if (found_run_id != run_id || !dispatched || !found_task_id.has_value()) {
    return WrongBody(Stage::kDispatchReady, "a task dispatched for the run", answer);
  }
  if (WasRefusedByRunner(fields)) {
    return WrongBody(Stage::kDispatchReady, "a submission that the runner took", answer);
  }
  task_id = *found_task_id;
  return std::nullopt;
}

std::optional<Failure> Lifecycle::CheckRunnerSuccess(const TimedResponse& answer,
                                                     int64_t task_id) const {
  if (auto failure = CheckStatus(Stage::kRunnerStatus, answer)) return failure;
  JsonFields fields(answer.response->body);
  if (fields.FindInt("id") != task_id || fields.Find("status") != kSuccess) {
    return WrongBody(Stage::kRunnerStatus, "the task as \"success\"", answer);
  }
  return std::nullopt;
}

std::optional<Failure> Lifecycle::CheckReadRun(const TimedResponse& answer, int64_t run_id,
                                               bool ended) const {
  if (auto failure = CheckStatus(Stage::kReadRun, answer)) return failure;
  JsonFields fields(answer.response->body);
  if (fields.FindInt("id") != run_id) {
    return WrongBody(Stage::kReadRun, absl::StrCat("run ", run_id), answer);
  }
  if (!ended) return std::nullopt;
  const auto status = fields.Find("status");
  const auto success_rate = fields.Find("success_rate");
  const bool is_told = success_rate.has_value() && *success_rate != "null";
  double rate_percent = 100;
  if (is_told && !absl::SimpleAtod(*success_rate, &rate_percent)) rate_percent = 0;
  if (status == kSuccess && rate_percent == 100.0) return std::nullopt;
  return Failure{FailureReason::kOutcome,
                 absl::StrCat("read_run: expected status \"success\" and success_rate 100, found ",
                              Shown(answer.response->body))};
}

}  // namespace slo::bench
