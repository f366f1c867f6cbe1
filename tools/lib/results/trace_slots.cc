#include "tools/lib/results/trace_slots.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <limits>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using stats::LatencySlots;
using stats::TimeSlots;
using stats::TrialSlots;

absl::Status Expected(const std::string& where, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(where, ": expected ", what));
}

ordered_json SlotsJson(const TimeSlots& slots, absl::FunctionRef<ordered_json(size_t slot)> row) {
  ordered_json counts = ordered_json::array();
  for (size_t slot = 0; slot < slots.slots(); ++slot) counts.push_back(row(slot));
  return {{"width_ns", slots.width_ns()},
          {"first", slots.empty() ? 0 : slots.first()},
          {"counts", std::move(counts)}};
}

// [a, b], both from 0 to `most_a` and to 2^32 - 1.
bool IsPair(const json& pair, int64_t most_a) {
  return pair.is_array() && pair.size() == 2 && pair[0].is_number_unsigned() &&
         pair[1].is_number_unsigned() && pair[0] <= most_a &&
         pair[1] <= std::numeric_limits<uint32_t>::max();
}

// Calls `add` with each slot's counts and its start.
absl::Status ReadSlots(const json& source, const std::string& where, TimeSlots& slots,
                       absl::FunctionRef<bool(const json& row, int64_t start_ns)> add,
                       absl::string_view expected_row) {
  if (!source.is_object()) return Expected(where, "an object");
  const auto width = source.find("width_ns");
  if (width == source.end() || !width->is_number_unsigned() ||
      !std::has_single_bit(width->get<uint64_t>()) ||
      *width < int64_t{1} << TimeSlots::kFirstShift ||
      *width > int64_t{1} << TimeSlots::kMaxShift) {
    return Expected(absl::StrCat(where, ".width_ns"), "a power of two from 1024 to 2^60");
  }
  const int shift = std::countr_zero(width->get<uint64_t>());
  const auto counts = source.find("counts");
  if (counts == source.end() || !counts->is_array() || counts->size() > TimeSlots::kMaxSlots) {
    return Expected(absl::StrCat(where, ".counts"), "a list of at most 64 slots");
  }
  // The last slot is to begin at a time that 64 bits hold.
  const int64_t most_first =
      (std::numeric_limits<int64_t>::max() >> shift) - static_cast<int64_t>(counts->size());
  const auto first = source.find("first");
  if (first == source.end() || !first->is_number_integer() || *first > most_first ||
      *first < -most_first) {
    return Expected(absl::StrCat(where, ".first"), "the number of a slot");
  }
  slots = TimeSlots::Of(slots.columns(), shift, first->get<int64_t>());
  for (size_t slot = 0; slot < counts->size(); ++slot) {
    const int64_t start_ns = (slots.first() + static_cast<int64_t>(slot)) << shift;
    if (!add((*counts)[slot], start_ns)) {
      return Expected(absl::StrCat(where, ".counts[", slot, "]"), expected_row);
    }
  }
  return absl::OkStatus();
}

}  // namespace

ordered_json LatencySlotsJson(const LatencySlots& slots) {
  return SlotsJson(slots.slots(), [&](size_t slot) {
    ordered_json row = ordered_json::array();
    const auto counts = slots.slots().counts(slot);
    for (size_t column = 0; column < counts.size(); ++column) {
      if (counts[column] == 0) continue;
      row.push_back({LatencySlots::Buckets::LastOf(column), counts[column]});
    }
    return row;
  });
}

ordered_json TrialSlotsJson(const TrialSlots& slots) {
  return SlotsJson(slots.slots(), [&](size_t slot) {
    const auto counts = slots.slots().counts(slot);
    return ordered_json{counts[TrialSlots::kTrials], counts[TrialSlots::kFailures]};
  });
}

absl::StatusOr<LatencySlots> LatencySlotsOf(const json& source, const std::string& where,
                                            int64_t count) {
  TimeSlots slots(LatencySlots::kColumns);
  int64_t sum = 0;
  const auto add = [&](const json& row, int64_t start_ns) {
    if (!row.is_array()) return false;
    return std::all_of(row.begin(), row.end(), [&](const json& bucket) {
      if (!IsPair(bucket, std::numeric_limits<int64_t>::max())) return false;
      const auto latencies = bucket[1].get<int64_t>();
      slots.AddCount(start_ns, LatencySlots::ColumnOf(bucket[0].get<int64_t>()), latencies);
      sum += latencies;
      return true;
    });
  };
  const absl::Status status =
      ReadSlots(source, where, slots, add, "a list of [value, count], both whole numbers");
  if (!status.ok()) return status;
  if (sum != count) {
    return Expected(where, absl::StrCat(count, " latencies as the histogram has, found ", sum));
  }
  return LatencySlots(std::move(slots));
}

absl::StatusOr<TrialSlots> TrialSlotsOf(const json& source, const std::string& where) {
  TimeSlots slots(TrialSlots::kColumns);
  const auto add = [&](const json& row, int64_t start_ns) {
    if (!IsPair(row, std::numeric_limits<uint32_t>::max()) || row[1] > row[0]) return false;
    slots.AddCount(start_ns, TrialSlots::kTrials, row[0].get<int64_t>());
    slots.AddCount(start_ns, TrialSlots::kFailures, row[1].get<int64_t>());
    return true;
  };
  const absl::Status status =
      ReadSlots(source, where, slots, add, "[trials, failures], no more failures than trials");
  if (!status.ok()) return status;
  return TrialSlots(std::move(slots));
}

}  // namespace slo::tools
