// What measuring itself costs: subtract it from a stage before reading anything into nanoseconds.

#include <cstdint>
#include <string>
#include <vector>

#include "bench/drive/lifecycle.h"
#include "bench/families/families.h"
#include "bench/families/publish.h"
#include "bench/families/rows.h"
#include "bench/families/stop_signal.h"
#include "bench/machine/monotonic_clock.h"
#include "bench/record/run_recorder.h"
#include "bench/system/constant_client.h"
#include "benchmark/benchmark.h"
#include "fixtures/http/http_client.h"
#include "fixtures/http/http_server.h"

namespace slo::bench {
namespace {

// Timed: building the target, the virtual call, an answer, two clock reads, one histogram record.
// Not timed: an API. Feeds the objective on the harness, not one on the API.
void BM_HarnessFloor(benchmark::State& state, const BenchOptions& options) {
  if (SkipIfStopped(state)) return;
  ConstantClient client;
  Lifecycle lifecycle(client, 1, {}, "floor");
  RunRecorder recorder;
  for (auto _ : state) {
    TimedResponse answer = lifecycle.SendReadRun(1);
    recorder.RecordRequest(Stage::kReadRun, answer.latency_ns, answer.end_ns);
    benchmark::DoNotOptimize(answer);
  }
  Counters counters;
  AddLatencyCounters(recorder.stage(Stage::kReadRun), "", options.bounds, counters);
  Publish(counters, recorder, options.bounds, state);
}

// Timed: the same request over HTTP to a server that answers a constant: the round trip without an
// API. client_cpu_us is what of it is spent on this thread, in the client; the rest is the kernel's
// and the server's. Feeds no objective: it is what to subtract from a figure over HTTP.
void BM_HttpFloor(benchmark::State& state, const BenchOptions& options) {
  if (SkipIfStopped(state)) return;
  ConstantClient constant;
  const auto server = http::HttpServer::Start(constant, {});
  if (!server.ok()) {
    state.SkipWithError(std::string(server.status().message()).c_str());
    return;
  }
  http::HttpClient client({.host = "127.0.0.1", .port = (*server)->port()}, {});
  Lifecycle lifecycle(client, 1, {}, "floor");
  RunRecorder recorder;
  lifecycle.SendReadRun(1);  // connects
  const int64_t cpu_start_ns = ThreadCpuNs();
  for (auto _ : state) {
    const TimedResponse answer = lifecycle.SendReadRun(1);
    recorder.CountTrial(answer.end_ns);
    recorder.RecordRequest(Stage::kReadRun, answer.latency_ns, answer.end_ns);
    if (const auto failure = lifecycle.CheckReadRun(answer, 1, /*ended=*/false)) {
      recorder.CountFailure(failure->reason, failure->what, answer.end_ns);
    }
  }
  const auto cpu_ns = static_cast<double>(ThreadCpuNs() - cpu_start_ns);
  Counters counters;
  AddLatencyCounters(recorder.stage(Stage::kReadRun), "", options.bounds, counters);
  AddSuccessCounters(recorder, options.bounds, counters);
  counters["client_cpu_us"] = cpu_ns / 1e3 / static_cast<double>(recorder.trials());
  Publish(counters, recorder, options.bounds, state);
}

// Timed: one record of a latency, spread over several octaves as an API's are.
void BM_HistogramRecord(benchmark::State& state) {
  if (SkipIfStopped(state)) return;
  std::vector<int64_t> latencies_ns;
  for (int64_t i = 0; i < 1024; ++i) latencies_ns.push_back(500 + (i * i * 7'919) % 20'000);
  LatencyHistogram histogram;
  size_t next = 0;
  for (auto _ : state) {
    histogram.RecordNanoseconds(latencies_ns[next++ % latencies_ns.size()]);
    benchmark::ClobberMemory();
  }
  benchmark::DoNotOptimize(histogram);
}

}  // namespace

void RegisterHarnessFloor(const BenchOptions& options) {
  benchmark::RegisterBenchmark(kHarnessFloorName, [options](benchmark::State& state) {
    BM_HarnessFloor(state, options);
  })->UseRealTime();
  benchmark::RegisterBenchmark("BM_HistogramRecord", BM_HistogramRecord)->UseRealTime();
  if (!options.api.has_target() && options.api.transport != TransportKind::kHttp) return;
  benchmark::RegisterBenchmark(kHttpFloorName, [options](benchmark::State& state) {
    BM_HttpFloor(state, options);
  })->UseRealTime();
}

}  // namespace slo::bench
