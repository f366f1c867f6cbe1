#include "tools/lib/stats/time_slots.h"

#include <algorithm>
#include <limits>

#include "absl/base/macros.h"

namespace slo::stats {
namespace {

// At most 2^32 - 1; without a branch, so that the compiler adds several at once.
uint32_t Sum(uint32_t a, uint32_t b) {
  const uint32_t sum = a + b;
  return sum | (0U - static_cast<uint32_t>(sum < a));
}

// The narrowest width from 2^shift on in which so many slots reach from `low_ns` to `high_ns`.
int ShiftFor(int shift, int64_t low_ns, int64_t high_ns) {
  constexpr auto kMax = static_cast<int64_t>(TimeSlots::kMaxSlots);
  while (shift < TimeSlots::kMaxShift && (high_ns >> shift) - (low_ns >> shift) >= kMax) ++shift;
  return shift;
}

}  // namespace

TimeSlots TimeSlots::Of(size_t columns, int shift, int64_t first) {
  ABSL_HARDENING_ASSERT(shift >= kFirstShift && shift <= kMaxShift);
  TimeSlots slots(columns);
  slots.shift_ = shift;
  slots.first_ = first;
  slots.is_empty_ = false;
  return slots;
}

size_t TimeSlots::slots() const {
  const auto last =
      std::find_if(counts_.rbegin(), counts_.rend(), [](uint32_t c) { return c > 0; });
  return (static_cast<size_t>(counts_.rend() - last) + columns_ - 1) / columns_;
}

void TimeSlots::AddCount(int64_t time_ns, size_t column, int64_t count) {
  if (count <= 0) return;
  uint64_t slot = SlotOf(time_ns);
  if (slot >= kMaxSlots) slot = MakeSlotFor(time_ns);
  uint32_t& place = counts_[slot * columns_ + column];
  constexpr int64_t kMost = std::numeric_limits<uint32_t>::max();
  place = Sum(place, static_cast<uint32_t>(std::min(count, kMost)));
}

uint64_t TimeSlots::MakeSlotFor(int64_t time_ns) {
  if (is_empty_) {
    first_ = time_ns >> shift_;
    is_empty_ = false;
    return 0;
  }
  const int64_t start_ns = first_ << shift_;
  const bool is_earlier = time_ns < start_ns;
  const int64_t low_ns = is_earlier ? time_ns : start_ns;
  const int64_t high_ns = is_earlier ? LastStartNs() : time_ns;
  const int shift = ShiftFor(shift_, low_ns, high_ns);
  Rescale(shift, low_ns >> shift);
  return SlotOf(time_ns);
}

int64_t TimeSlots::LastStartNs() const {
  const auto last = static_cast<int64_t>(std::max<size_t>(slots(), 1)) - 1;
  return (first_ + last) << shift_;
}

void TimeSlots::AddRow(const uint32_t* from, size_t to_slot) {
  uint32_t* to = counts_.data() + to_slot * columns_;
  for (size_t i = 0; i < columns_; ++i) to[i] = Sum(to[i], from[i]);
}

// In place: first together, from the first slot on, then to later slots, from the last one on.
void TimeSlots::Rescale(int shift, int64_t first) {
  const int doublings = shift - shift_;
  const int64_t joined_first = first_ >> doublings;
  if (doublings > 0) {
    for (size_t slot = 0; slot < kMaxSlots; ++slot) {
      const auto to =
          static_cast<size_t>(((first_ + static_cast<int64_t>(slot)) >> doublings) - joined_first);
      if (to == slot) continue;
      uint32_t* row = counts_.data() + slot * columns_;
      AddRow(row, to);
      std::fill_n(row, columns_, 0U);
    }
  }
  const auto later = static_cast<size_t>(joined_first - first);
  if (later > 0) {
    const auto begin = counts_.begin();
    const auto moved = static_cast<std::ptrdiff_t>(std::min(later, kMaxSlots) * columns_);
    std::move_backward(begin, counts_.end() - moved, counts_.end());
    std::fill(begin, begin + moved, 0U);
  }
  shift_ = shift;
  first_ = first;
}

void TimeSlots::Merge(const TimeSlots& other) {
  ABSL_HARDENING_ASSERT(columns_ == other.columns_);
  if (other.is_empty_) return;
  if (is_empty_) {
    *this = other;
    return;
  }
  const int64_t low_ns = std::min(first_ << shift_, other.first_ << other.shift_);
  const int64_t high_ns = std::max(LastStartNs(), other.LastStartNs());
  const int shift = ShiftFor(std::max(shift_, other.shift_), low_ns, high_ns);
  Rescale(shift, low_ns >> shift);
  for (size_t slot = 0; slot < other.slots(); ++slot) {
    const int64_t start_ns = (other.first_ + static_cast<int64_t>(slot)) << other.shift_;
    AddRow(other.counts_.data() + slot * columns_, SlotOf(start_ns));
  }
}

}  // namespace slo::stats
