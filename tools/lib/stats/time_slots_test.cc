#include "tools/lib/stats/time_slots.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace slo::stats {
namespace {

using Counts = std::map<std::pair<int64_t, size_t>, int64_t>;  // by slot number and column

Counts CountsOf(const TimeSlots& slots) {
  Counts counts;
  for (size_t slot = 0; slot < TimeSlots::kMaxSlots; ++slot) {
    for (size_t column = 0; column < slots.columns(); ++column) {
      const uint32_t count = slots.counts(slot)[column];
      if (count > 0) counts[{slots.first() + static_cast<int64_t>(slot), column}] = count;
    }
  }
  return counts;
}

// The definition: a time belongs to the slot whose number is the time over the width, rounded down.
Counts Expected(const std::vector<int64_t>& times_ns, int64_t width_ns, size_t columns) {
  Counts counts;
  for (size_t i = 0; i < times_ns.size(); ++i) {
    const int64_t time = times_ns[i];
    const int64_t number = (time - (time % width_ns + width_ns) % width_ns) / width_ns;
    ++counts[{number, i % columns}];
  }
  return counts;
}

TimeSlots Counted(const std::vector<int64_t>& times_ns, size_t columns) {
  TimeSlots slots(columns);
  for (size_t i = 0; i < times_ns.size(); ++i) slots.Add(times_ns[i], i % columns);
  return slots;
}

std::vector<int64_t> RandomTimes(size_t count, int64_t around_ns, int64_t spread_ns,
                                 unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<int64_t> uniform(-spread_ns, spread_ns);
  std::vector<int64_t> times;
  for (size_t i = 0; i < count; ++i) times.push_back(around_ns + uniform(random));
  return times;
}

TEST(TimeSlots, HoldEveryTimeInTheSlotOfItsNumber) {
  for (const int64_t spread_ns : {1'000LL, 100'000LL, 3'000'000LL, 60'000'000'000LL}) {
    for (const int64_t around_ns : {0LL, 1'700'000'000'000'000'000LL}) {
      for (unsigned seed = 1; seed <= 5; ++seed) {
        // In any order, so that earlier times come after later ones too.
        std::vector<int64_t> times = RandomTimes(300, around_ns, spread_ns, seed);
        const TimeSlots slots = Counted(times, 3);
        EXPECT_EQ(CountsOf(slots), Expected(times, slots.width_ns(), 3)) << spread_ns;
        std::vector<int64_t> sorted = times;
        std::sort(sorted.begin(), sorted.end());
        const TimeSlots ascending = Counted(sorted, 3);
        EXPECT_EQ(ascending.width_ns(), slots.width_ns()) << "whatever the order";
        EXPECT_EQ(ascending.first(), slots.first());
        EXPECT_EQ(CountsOf(ascending), Expected(sorted, ascending.width_ns(), 3));
      }
    }
  }
}

TEST(TimeSlots, AreAboutAsManyHoweverLongAStreamLasts) {
  TimeSlots slots(1);
  for (int64_t i = 0; i < 3'000'000; ++i) {
    slots.Add(5'000 + i * 700, 0);
    if (i < 200) continue;
    ASSERT_LE(slots.slots(), 64U);
    if (i % 1'013 == 0) {
      ASSERT_GE(slots.slots(), 32U) << i;
    }
  }
  EXPECT_EQ(slots.width_ns(), 1'024 << 15U);  // 2.1 s over 64 is 32.8 ms
}

TEST(TimeSlots, AreFineEnoughForAShortBurst) {
  TimeSlots slots(1);
  for (int64_t i = 0; i < 128; ++i) slots.Add(987'654'321 + i * 2'300, 0);  // 0.3 ms
  EXPECT_GE(slots.slots(), 30U);
}

TEST(TimeSlots, JoinSeveralTimesAtOnce) {
  TimeSlots slots(2);
  for (int64_t i = 0; i < 64; ++i) slots.Add(i * 1'024, 0);
  EXPECT_EQ(slots.width_ns(), 1'024);
  slots.Add(10'000'000'000, 1);
  EXPECT_EQ(slots.width_ns(), 1'024 << 18U);
  EXPECT_EQ(slots.counts(0)[0], 64U);
  EXPECT_EQ(slots.counts(37)[1], 1U);
  EXPECT_EQ(slots.slots(), 38U);
}

TEST(TimeSlots, AddThoseOfTheSameTimeWhenMerged) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    // Of other lengths and beginnings, apart from one another or not.
    const auto first = RandomTimes(200, 1'000'000'000, int64_t{1'000} << seed, seed);
    const auto second = RandomTimes(300, 1'000'000'000 + 70'000 * seed, 2'000'000, seed + 100);
    std::vector<int64_t> both = first;
    both.insert(both.end(), second.begin(), second.end());
    TimeSlots merged = Counted(first, 1);
    merged.Merge(Counted(second, 1));
    EXPECT_EQ(CountsOf(merged), Expected(both, merged.width_ns(), 1)) << seed;
    EXPECT_EQ(merged.width_ns(), Counted(both, 1).width_ns());
    TimeSlots other_way = Counted(second, 1);
    other_way.Merge(Counted(first, 1));
    EXPECT_EQ(CountsOf(other_way), CountsOf(merged));
  }
}

TEST(TimeSlots, TakeAnEmptyOneForNothing) {
  const TimeSlots some = Counted({5'000, 9'000}, 1);
  TimeSlots merged = some;
  merged.Merge(TimeSlots(1));
  EXPECT_EQ(merged, some);
  TimeSlots empty(1);
  EXPECT_TRUE(empty.empty());
  EXPECT_EQ(empty.slots(), 0U);
  empty.Merge(some);
  EXPECT_EQ(empty, some);
  EXPECT_FALSE(empty.empty());
}

TEST(TimeSlots, CountSeveralAtOnceUpToTheLargestNumber) {
  constexpr int64_t kMost = std::numeric_limits<uint32_t>::max();
  TimeSlots slots(2);
  slots.AddCount(7, 1, 5);
  slots.AddCount(7, 1, 0);
  slots.AddCount(7, 0, -1);
  EXPECT_EQ(slots.counts(0)[1], 5U);
  EXPECT_EQ(slots.counts(0)[0], 0U);
  slots.AddCount(7, 1, kMost + 1);
  EXPECT_EQ(slots.counts(0)[1], kMost);
  TimeSlots merged = slots;
  merged.Merge(slots);
  EXPECT_EQ(merged.counts(0)[1], kMost);
}

TEST(TimeSlots, CanBeMadeOfWhatAnotherProgramCounted) {
  const TimeSlots some = Counted(RandomTimes(100, 1'700'000'000'000'000'000, 50'000'000, 3), 2);
  int shift = 0;
  while (int64_t{1} << shift < some.width_ns()) ++shift;
  TimeSlots read = TimeSlots::Of(2, shift, some.first());
  for (const auto& [place, count] : CountsOf(some)) {
    read.AddCount(place.first * some.width_ns(), place.second, count);
  }
  EXPECT_EQ(read, some);
}

}  // namespace
}  // namespace slo::stats
