#include "bench/faults/fault.h"

#include <algorithm>
#include <cstddef>
#include <new>
#include <utility>

#include "absl/strings/str_cat.h"
#include "bench/faults/slowed_client.h"
#include "bench/machine/monotonic_clock.h"
#include "bench/machine/precise_wait.h"
#include "tools/lib/stats/split_mix.h"

namespace slo::bench {
namespace {

constexpr int64_t kGrowthRuns = 1'000;

api::Response ErrorResponse(int status) {
  return {.status = status, .body = absl::StrCat(R"({"detail":"planted fault: )", status, "\"}")};
}

}  // namespace

FaultyClient::FaultyClient(client::ApiClient& inner, std::vector<Fault> faults, uint64_t seed)
    : inner_(&inner), faults_(std::move(faults)), seed_(seed) {}

FaultyClient::~FaultyClient() {
  for (Block* block = leaked_.load(); block != nullptr;) {
    Block* next = block->next;
    ::operator delete(block);
    block = next;
  }
}

absl::StatusOr<api::Response> FaultyClient::Send(const api::Request& request) {
  const int64_t start_ns = MonotonicNs();
  const int64_t number = requests_.fetch_add(1, std::memory_order_relaxed);
  const bool creates = IsOfStage(request, Stage::kCreateRun);
  const int64_t runs = creates ? ++created_runs_ : created_runs_.load();
  int64_t delay_ns = 0;
  int error_status = 0;
  for (size_t i = 0; i < faults_.size(); ++i) {
    const Fault& fault = faults_[i];
    if (fault.stage.has_value() && !IsOfStage(request, *fault.stage)) continue;
    const int64_t time_ns = absl::ToInt64Nanoseconds(fault.time);
    switch (fault.kind) {
      case FaultKind::kDelay:
        delay_ns += time_ns;
        break;
      case FaultKind::kTail:
        if (Strikes(fault.probability, number, i)) delay_ns += time_ns;
        break;
      case FaultKind::kStall:
        if (creates && runs % fault.runs == 0) stalled_until_ns_ = start_ns + time_ns;
        break;
      case FaultKind::kError:
        if (Strikes(fault.probability, number, i)) error_status = fault.status;
        break;
      case FaultKind::kLeak:
        Leak(fault.bytes);
        break;
      case FaultKind::kGrowth:
        delay_ns += time_ns * runs / kGrowthRuns;
        break;
    }
  }
  const int64_t end_ns = std::max(start_ns + delay_ns, stalled_until_ns_.load());
  if (end_ns > start_ns) WaitUntil(end_ns, {});
  if (error_status != 0) return ErrorResponse(error_status);
  return inner_->Send(request);
}

bool FaultyClient::Strikes(double probability, int64_t request, size_t fault) const {
  const uint64_t random = stats::MixBits(stats::MixBits(seed_ + fault) +
                                         static_cast<uint64_t>(request) * 0x9e3779b97f4a7c15U);
  constexpr double kTwoTo53 = 9'007'199'254'740'992.0;
  return static_cast<double>(random >> 11U) < probability * kTwoTo53;
}

void FaultyClient::Leak(int64_t bytes) {
  const size_t size = std::max(static_cast<size_t>(bytes), sizeof(Block));
  auto* block = new (::operator new(size)) Block{leaked_.load(std::memory_order_relaxed)};
  while (!leaked_.compare_exchange_weak(block->next, block, std::memory_order_relaxed)) {
  }
}

}  // namespace slo::bench
