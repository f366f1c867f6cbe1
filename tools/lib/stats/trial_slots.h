// Trials and the failures among them in slots of time (time_slots.h): whether failures come in
// outages.

#ifndef SLO_TOOLS_LIB_STATS_TRIAL_SLOTS_H_
#define SLO_TOOLS_LIB_STATS_TRIAL_SLOTS_H_

#include <cstddef>
#include <cstdint>
#include <utility>

#include "tools/lib/stats/time_slots.h"

namespace slo::stats {

// Times are in nanoseconds on one clock. Not thread-safe.
class TrialSlots {
 public:
  static constexpr size_t kTrials = 0;    // the columns
  static constexpr size_t kFailures = 1;  // each is one of the trials as well
  static constexpr size_t kColumns = 2;

  TrialSlots() : slots_(kColumns) {}
  explicit TrialSlots(TimeSlots slots) : slots_(std::move(slots)) {}

  void CountTrials(int64_t time_ns, int64_t count = 1) { slots_.AddCount(time_ns, kTrials, count); }
  void CountFailures(int64_t time_ns, int64_t count = 1) {
    slots_.AddCount(time_ns, kFailures, count);
  }

  void Merge(const TrialSlots& other) { slots_.Merge(other.slots_); }

  const TimeSlots& slots() const { return slots_; }

  bool operator==(const TrialSlots&) const = default;

 private:
  TimeSlots slots_;
};

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_TRIAL_SLOTS_H_
