#include "bench/drive/throughput.h"

#include <algorithm>

#include "absl/base/macros.h"
#include "tools/lib/stats/equal_windows.h"

namespace slo::bench {
namespace {

constexpr int64_t kMaxWindows = 32;
constexpr int64_t kMinRunsPerWindow = 2;

}  // namespace

void RunMeter::OpenSlot() {
  if (slots_.size() == kSlots) {
    for (size_t i = 0; i < kSlots / 2; ++i) slots_[i] = slots_[2 * i] + slots_[2 * i + 1];
    slots_.resize(kSlots / 2);
    slot_ns_ *= 2;
  }
  slots_.push_back(0);
  room_ns_ = slot_ns_;
}

void RunMeter::Add(absl::Duration busy, bool has_succeeded) {
  const int64_t run_ns = absl::ToInt64Nanoseconds(busy);
  ABSL_HARDENING_ASSERT(run_ns >= 0);
  ++runs_;
  busy_ns_ += run_ns;
  if (slots_.empty()) OpenSlot();
  if (has_succeeded) ++succeeded_;
  // Of a run in no time nothing is left to be shared.
  if (has_succeeded && run_ns == 0) slots_.back() += 1;
  for (int64_t left_ns = run_ns; left_ns > 0;) {
    if (room_ns_ == 0) OpenSlot();
    const int64_t here_ns = std::min(left_ns, room_ns_);
    if (has_succeeded) {
      slots_.back() += static_cast<double>(here_ns) / static_cast<double>(run_ns);
    }
    room_ns_ -= here_ns;
    left_ns -= here_ns;
  }
}

std::vector<double> RunMeter::SucceededByWindow(size_t windows) const {
  std::vector<stats::Stretch> stretches;
  for (const double count : slots_) {
    stretches.push_back({.length = static_cast<double>(slot_ns_), .count = count});
  }
  if (room_ns_ > 0) stretches.back().length = static_cast<double>(slot_ns_ - room_ns_);
  if (busy_ns_ == 0) stretches.clear();
  return stats::EqualWindows(stretches, windows);
}

Throughput ThroughputOf(absl::Span<const ClientLoad> clients) {
  Throughput throughput;
  int64_t windows = kMaxWindows;
  absl::Duration shortest = absl::InfiniteDuration();
  for (const ClientLoad& client : clients) {
    if (client.runs->busy() == absl::ZeroDuration()) continue;
    windows = std::min(windows, client.runs->runs() / kMinRunsPerWindow);
    shortest = std::min(shortest, client.runs->busy());
  }
  if (shortest == absl::InfiniteDuration()) return throughput;
  if (windows > 0) {
    throughput.window_runs_per_second.resize(static_cast<size_t>(windows));
    throughput.window_length = shortest / windows;
  }
  for (const ClientLoad& client : clients) {
    const double seconds = absl::ToDoubleSeconds(client.runs->busy());
    if (seconds <= 0) continue;
    throughput.runs_per_second += static_cast<double>(client.runs->succeeded()) / seconds;
    throughput.requests_per_second += static_cast<double>(client.requests) / seconds;
    if (windows == 0) continue;
    const double window_seconds = seconds / static_cast<double>(windows);
    const std::vector<double> succeeded =
        client.runs->SucceededByWindow(static_cast<size_t>(windows));
    for (size_t i = 0; i < succeeded.size(); ++i) {
      throughput.window_runs_per_second[i] += succeeded[i] / window_seconds;
    }
  }
  return throughput;
}

}  // namespace slo::bench
