#include "bench/exact/exact_row.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/drive/run_path.h"
#include "bench/families/rows.h"
#include "bench/system/constant_client.h"
#include "bench/system/stage_batch.h"
#include "bench/system/stored_stack.h"
#include "fixtures/domain/clock.h"

namespace slo::exact {
namespace {

constexpr int kBatch = 32;
constexpr int64_t kWarmUpIterations = 64;

// An API whose answers are a function of the requests alone, with a meter in front of it.
struct MeteredStack {
  std::unique_ptr<domain::SteppingClock> clock;
  bench::PreparedStack prepared;
  std::unique_ptr<MeteredClient> client;
};

absl::StatusOr<MeteredStack> MakeStack(const bench::Workflow& workflow,
                                       std::optional<bench::Stage> stage) {
  MeteredStack stack;
  stack.clock = std::make_unique<domain::SteppingClock>(absl::UnixEpoch(), absl::Milliseconds(1));
  auto prepared =
      bench::PrepareStack(workflow, /*stored_runs=*/0, {.api = {.clock = stack.clock.get()}});
  if (!prepared.ok()) return prepared.status();
  stack.prepared = *std::move(prepared);
  stack.client = std::make_unique<MeteredClient>(stack.prepared.client(), stage);
  return stack;
}

absl::StatusOr<Meter> MeterOf(const MeteredClient& client, const bench::RunRecorder& recorder) {
  if (recorder.failures() > 0) return absl::InternalError(recorder.first_failure());
  return client.meter();
}

absl::StatusOr<Meter> RunStage(const bench::StageRow& row, int64_t iterations) {
  auto stack = MakeStack(row.workflow, row.stage);
  if (!stack.ok()) return stack.status();
  bench::Lifecycle lifecycle(*stack->client, stack->prepared.template_id, row.workflow,
                             "slo-exact");
  bench::RunRecorder recorder;
  const auto run_batches = [&](int64_t requests, bool is_metered) -> absl::Status {
    for (int64_t done = 0; done < requests; done += kBatch) {
      const auto batch_size = static_cast<int>(std::min<int64_t>(kBatch, requests - done));
      bench::StageBatch batch(*stack->prepared.api, lifecycle, row.stage, batch_size);
      const absl::Status prepared = batch.Prepare();
      if (!prepared.ok()) return prepared;
      stack->client->SetMetering(is_metered);
      batch.Send();
      stack->client->SetMetering(false);
      batch.CheckAndRecord(recorder);
    }
    return absl::OkStatus();
  };
  absl::Status status = run_batches(kWarmUpIterations, /*is_metered=*/false);
  if (status.ok()) status = run_batches(iterations, /*is_metered=*/true);
  if (!status.ok()) return status;
  return MeterOf(*stack->client, recorder);
}

// Whole runs; `keeps`: the API keeps them, else they are evicted in batches.
absl::StatusOr<Meter> RunRuns(const bench::Workflow& workflow, bool keeps, int64_t iterations,
                              uint64_t seed) {
  auto stack = MakeStack(workflow, std::nullopt);
  if (!stack.ok()) return stack.status();
  bench::Lifecycle lifecycle(*stack->client, stack->prepared.template_id, workflow, "slo-exact");
  bench::RunPath run_path(lifecycle, seed);
  bench::RunRecorder recorder;
  std::vector<int64_t> run_ids;
  const auto drive = [&](int64_t runs) {
    for (int64_t run = 0; run < runs; ++run) {
      if (const auto run_id = run_path.Drive(recorder)) run_ids.push_back(*run_id);
      if (keeps || run_ids.size() < kBatch) continue;
      for (const int64_t run_id : run_ids) stack->prepared.api->EvictRun(run_id);
      run_ids.clear();
    }
  };
  drive(kWarmUpIterations);
  stack->client->SetMetering(true);
  drive(iterations);
  return MeterOf(*stack->client, recorder);
}

absl::StatusOr<Meter> RunFloor(int64_t iterations) {
  bench::ConstantClient constant;
  MeteredClient client(constant, std::nullopt);
  bench::Lifecycle lifecycle(client, 1, {}, "floor");
  client.SetMetering(true);
  for (int64_t i = 0; i < iterations; ++i) lifecycle.SendReadRun(1);
  return client.meter();
}

}  // namespace

std::vector<ExactRow> ExactRows() {
  std::vector<ExactRow> rows;
  rows.push_back({bench::kHarnessFloorName, "request",
                  [](int64_t iterations, uint64_t /*seed*/) { return RunFloor(iterations); }});
  for (const bench::RunPathRow& row : bench::RunPathRows(bench::BenchOptions())) {
    if (row.threads > 1) continue;
    rows.push_back({row.name(), "run", [row](int64_t iterations, uint64_t seed) {
                      return RunRuns(row.workflow, /*keeps=*/false, iterations, seed);
                    }});
  }
  const bench::BenchOptions sizes;
  for (const bench::KeptRunsRow& row :
       {bench::RetainedRunRow(), bench::LoadBurstRow(sizes), bench::SustainedSoakRow(sizes)}) {
    rows.push_back({row.name, "run", [row](int64_t iterations, uint64_t seed) {
                      return RunRuns(row.workflow, /*keeps=*/true, iterations, seed);
                    }});
  }
  for (const bench::StageRow& row : bench::StageRows(bench::BenchOptions())) {
    if (row.threads > 1 || row.stored_runs > 0) continue;
    rows.push_back({row.name(), "request", [row](int64_t iterations, uint64_t /*seed*/) {
                      return RunStage(row, iterations);
                    }});
  }
  return rows;
}

std::map<std::string, double> ExactCounters(const Meter& meter, const ExactRow& row,
                                            int64_t iterations) {
  const auto per_iteration = [&](int64_t total) {
    return static_cast<double>(total) / static_cast<double>(iterations);
  };
  return {{absl::StrCat("allocations_per_", row.per), per_iteration(meter.allocated.allocations)},
          {absl::StrCat("allocated_bytes_per_", row.per), per_iteration(meter.allocated.bytes)},
          {"response_digest", static_cast<double>(meter.digest.value())}};
}

}  // namespace slo::exact
