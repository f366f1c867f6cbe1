// How often each of several things happened, in slots of equal time: what a stream of observations
// needs to keep of its order in time, in memory that does not depend on how long it lasts.
//
// Slots are as wide as a power of two of nanoseconds and begin at multiples of their width. There
// are at most kMaxSlots: when a time lies beyond them the width doubles, as often as it takes, and
// pairs become one. So after the first moments a stream fills about 32 to 64 slots.
//
// Since slots begin at multiples of their width, those of several streams on one clock fall
// together: merging brings both to the coarser width and adds the same slots.

#ifndef SLO_TOOLS_LIB_STATS_TIME_SLOTS_H_
#define SLO_TOOLS_LIB_STATS_TIME_SLOTS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace slo::stats {

// Memory is taken once, so that counting neither allocates nor grows the heap. Not thread-safe.
class TimeSlots {
 public:
  static constexpr size_t kMaxSlots = 64;
  // The width to begin with, 1,024 ns: 128 requests of 2 us each still fill 32 slots or more.
  static constexpr int kFirstShift = 10;
  // No slot is wider than 2^kMaxShift ns (36 years).
  static constexpr int kMaxShift = 60;

  // `columns`: how many things are counted, at least 1.
  explicit TimeSlots(size_t columns) : columns_(columns), counts_(kMaxSlots * columns) {}

  // Counts one of `column` at a time in nanoseconds, of any sign, on the clock of all others. A few
  // nanoseconds, unless the time lies beyond the slots.
  void Add(int64_t time_ns, size_t column) {
    uint64_t slot = SlotOf(time_ns);
    if (slot >= kMaxSlots) [[unlikely]]
      slot = MakeSlotFor(time_ns);
    ++counts_[slot * columns_ + column];
  }

  // Counts `count` of them. In one slot there are at most 2^32 - 1 of a column; more are not
  // counted here and in Merge.
  void AddCount(int64_t time_ns, size_t column, int64_t count);

  // Adds the counts of the same slots. Both have the same columns and count on the same clock.
  void Merge(const TimeSlots& other);

  // Makes slots of this width, 2^shift ns, beginning with that of number `first` (its start in
  // nanoseconds over the width), in which nothing has been counted. Domain: kFirstShift <= shift <=
  // kMaxShift. For reading what another program counted.
  static TimeSlots Of(size_t columns, int shift, int64_t first);

  bool empty() const { return is_empty_; }
  size_t columns() const { return columns_; }
  int64_t width_ns() const { return int64_t{1} << shift_; }
  // The start of slot 0 over the width.
  int64_t first() const { return first_; }
  // Up to and with the last one in which something was counted.
  size_t slots() const;
  // What was counted in a slot, by column; slot < kMaxSlots.
  absl::Span<const uint32_t> counts(size_t slot) const {
    return absl::MakeConstSpan(counts_).subspan(slot * columns_, columns_);
  }

  bool operator==(const TimeSlots&) const = default;

 private:
  // kMaxSlots or more: there is none.
  uint64_t SlotOf(int64_t time_ns) const {
    return static_cast<uint64_t>(time_ns >> shift_) - static_cast<uint64_t>(first_);
  }
  uint64_t MakeSlotFor(int64_t time_ns);
  // The start of the last slot in which something was counted, or of the first one.
  int64_t LastStartNs() const;
  // Slots of 2^shift ns from the one of number `first` on, which must hold all there is.
  void Rescale(int shift, int64_t first);
  void AddRow(const uint32_t* from, size_t to_slot);

  size_t columns_;
  std::vector<uint32_t> counts_;  // by slot, then by column
  int shift_ = kFirstShift;
  // Without any count no time is in a slot: this is further than kMaxSlots after every other.
  int64_t first_ = INT64_MIN;
  bool is_empty_ = true;
};

}  // namespace slo::stats

#endif  // SLO_TOOLS_LIB_STATS_TIME_SLOTS_H_
