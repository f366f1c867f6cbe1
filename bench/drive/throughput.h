// How many runs a second succeed, overall and in windows of equal time. Time is the time that runs
// take: waiting, set-up and eviction between them do not count. A run that failed takes time and
// does not count: failing fast is not fast.

#ifndef SLO_BENCH_DRIVE_THROUGHPUT_H_
#define SLO_BENCH_DRIVE_THROUGHPUT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "absl/types/span.h"

namespace slo::bench {

// Rates, with what their confidence limits come from. The windows are equally long, so that the
// mean of their rates is the rate overall; windows of equally many runs have no such mean.
struct Throughput {
  double runs_per_second = 0;  // that succeeded
  double requests_per_second = 0;
  std::vector<double> window_runs_per_second;
  absl::Duration window_length;
};

// The runs of one client, one after the other, counted in at most 128 slots of equal time however
// long it takes: when all are full, pairs merge and the width doubles. So there are at least 64 of
// them in the end, unless the client was busy for less than 64 us. Doubling needs no idea of the
// length in advance, and merging whole slots loses nothing. Not thread-safe: one a client.
class RunMeter {
 public:
  // A run that took `busy`, not negative, to the nanosecond. What reaches into several slots counts
  // in each by its share.
  void Add(absl::Duration busy, bool has_succeeded);

  absl::Duration busy() const { return absl::Nanoseconds(busy_ns_); }
  int64_t runs() const { return runs_; }
  int64_t succeeded() const { return succeeded_; }

  // Runs that succeeded in each of `windows` windows of equal time; all zero without time.
  std::vector<double> SucceededByWindow(size_t windows) const;

 private:
  static constexpr size_t kSlots = 128;
  static constexpr int64_t kFirstSlotNs = 1'000;

  void OpenSlot();

  int64_t busy_ns_ = 0;
  int64_t runs_ = 0;
  int64_t succeeded_ = 0;
  int64_t slot_ns_ = kFirstSlotNs;
  int64_t room_ns_ = 0;  // left in the last slot
  std::vector<double> slots_;
};

// What one client did.
struct ClientLoad {
  const RunMeter* runs = nullptr;  // outlives the call
  int64_t requests = 0;
};

// Of clients that drove runs at the same time: in each window their rates add up, and so they do
// overall. There are 32 windows, or fewer when one would hold less than two runs of a client. A
// window is as long as that of the client that was busy for the shortest time. Clients that were
// never busy do not count.
Throughput ThroughputOf(absl::Span<const ClientLoad> clients);

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_THROUGHPUT_H_
