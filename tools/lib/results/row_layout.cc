#include "tools/lib/results/row_layout.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/string_view.h"
#include "tools/lib/json/printable.h"

namespace slo::tools {
namespace {

RowLayout::Kind ValueKindOf(const simdjson::dom::element& value) {
  if (value.is_number()) return RowLayout::Kind::kNumber;
  return value.is_null() ? RowLayout::Kind::kNull : RowLayout::Kind::kOther;
}

bool IsOfMember(const RowLayout::Member& member, std::string_view key, RowLayout::Kind kind) {
  if (key != std::string_view(member.key)) return false;
  // A number that is none does not make another layout.
  return kind == member.kind ||
         (member.is_metric && kind == RowLayout::Kind::kNull && !IsText(member.field));
}

// Marks members that are there twice. False: that is an error, which the general parser names.
bool MarkRepeated(RowLayout& layout, std::set<std::string>& ambiguous) {
  std::map<std::string, RowLayout::Member*> seen;
  for (RowLayout::Member& member : layout.members) {
    const auto [first, is_new] = seen.emplace(member.key, &member);
    if (is_new) continue;
    const RepeatedKey repeated = RepeatedRowKey(member.key);
    if (repeated == RepeatedKey::kIsError) return false;
    if (repeated == RepeatedKey::kBecomesNull) {
      ambiguous.insert(member.key);
      first->second->is_repeated = true;
      first->second->is_metric = true;
    }
    // Whatever the second one is, it does not count.
    member.field = RowField::kNone;
    member.is_metric = false;
    member.is_repeated = true;
  }
  return true;
}

// Gives the metrics their places, in the order of their names.
void PlaceMetrics(RowLayout& layout) {
  std::vector<std::string> names;
  for (const RowLayout::Member& member : layout.members) {
    if (member.is_metric) names.push_back(member.key);
  }
  std::sort(names.begin(), names.end());
  for (RowLayout::Member& member : layout.members) {
    if (!member.is_metric) continue;
    member.place = static_cast<size_t>(std::lower_bound(names.begin(), names.end(), member.key) -
                                       names.begin());
    if (member.field == RowField::kTime) layout.times.push_back(member.place);
  }
  layout.names = std::make_shared<const std::vector<std::string>>(std::move(names));
}

}  // namespace

std::optional<RowLayout> MakeRowLayout(const simdjson::dom::object& row,
                                       std::set<std::string>& ambiguous) {
  RowLayout layout;
  bool has_time_unit = false;
  for (const auto member : row) {
    const absl::string_view key(member.key.data(), member.key.size());
    const RowField field = FieldOf(key);
    RowLayout::Kind kind = ValueKindOf(member.value);
    if (kind == RowLayout::Kind::kNull && !IsText(field)) kind = RowLayout::Kind::kNumber;
    // A unit that is a number is an error, which the general parser names.
    if (!IsPrintable(key) || (field == RowField::kTimeUnit && kind == RowLayout::Kind::kNumber)) {
      return std::nullopt;
    }
    has_time_unit = has_time_unit || field == RowField::kTimeUnit;
    layout.has_own_field = layout.has_own_field || IsOwnField(field);
    layout.members.push_back({.key = std::string(key),
                              .field = field,
                              .kind = kind,
                              .is_metric = kind == RowLayout::Kind::kNumber && IsMetric(field)});
  }
  if (!MarkRepeated(layout, ambiguous)) return std::nullopt;
  for (RowLayout::Member& member : layout.members) {
    if (member.field == RowField::kTime && !has_time_unit) member.is_metric = false;
  }
  PlaceMetrics(layout);
  return layout;
}

bool IsOf(const RowLayout& layout, const simdjson::dom::object& row) {
  auto member = layout.members.begin();
  for (const auto found : row) {
    if (member == layout.members.end()) return false;
    if (!IsOfMember(*member, found.key, ValueKindOf(found.value))) return false;
    ++member;
  }
  return member == layout.members.end();
}

}  // namespace slo::tools
