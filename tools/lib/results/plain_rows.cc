#include "tools/lib/results/plain_rows.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "simdjson.h"
#include "tools/lib/json/printable.h"
#include "tools/lib/results/aggregate_rows.h"
#include "tools/lib/results/row_fields.h"

namespace slo::tools {
namespace {

using simdjson::dom::element_type;

// The value of a text; nothing for another one. Such a member counts as empty.
absl::string_view TextOf(const simdjson::dom::element& value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return "";
  return {text.data(), text.size()};
}

bool IsTrue(const simdjson::dom::element& value) {
  bool is_true = false;
  return value.get(is_true) == simdjson::SUCCESS && is_true;
}

}  // namespace

class PlainRows::Impl {
 public:
  explicit Impl(std::vector<ReportRow>& rows) : rows_(rows) {}

  bool Take(absl::string_view element) {
    simdjson::dom::object row;
    if (parser_.parse(element.data(), element.size()).get(row) == simdjson::SUCCESS) {
      return TakeRow(row);
    }
    // The coefficient of variation of a counter that is zero is NaN.
    if (!absl::StrContains(element, "\"aggregate\"")) return false;
    const std::string readable = WithReadableAggregates(element);
    return parser_.parse(readable.data(), readable.size()).get(row) == simdjson::SUCCESS &&
           TakeRow(row);
  }

 private:
  // What becomes of a member, by its key.
  enum class Role : uint8_t {
    kName,
    kRunType,
    kLabel,
    kTimeUnit,
    kErrorOccurred,
    kErrorMessage,
    kSkipped,
    kSkipMessage,
    kTime,    // a number in the row's time unit
    kMetric,  // a number, if it is one
    kUnused,
  };

  static Role RoleOf(absl::string_view key) {
    if (key == "name") return Role::kName;
    if (key == "run_type") return Role::kRunType;
    if (key == "label") return Role::kLabel;
    if (key == "time_unit") return Role::kTimeUnit;
    if (key == "error_occurred") return Role::kErrorOccurred;
    if (key == "error_message") return Role::kErrorMessage;
    if (key == "skipped") return Role::kSkipped;
    if (key == "skip_message") return Role::kSkipMessage;
    if (IsRowTime(key)) return Role::kTime;
    return IsRowMetric(key) ? Role::kMetric : Role::kUnused;
  }

  // The members of rows that look alike: their keys in the order of the text.
  struct Layout {
    struct Member {
      std::string key;
      bool is_number = false;
      Role role = Role::kUnused;
      size_t metric = 0;  // the place of its number
    };
    std::vector<Member> members;
    RowMetrics::Names names;  // of the numbers that are metrics
  };

  // Nothing when a key is there twice, or would have to be changed to be printed.
  static std::optional<Layout> MakeLayout(const simdjson::dom::object& row) {
    Layout layout;
    std::vector<absl::string_view> keys;
    std::vector<std::string> names;
    for (const auto member : row) {
      const absl::string_view key(member.key.data(), member.key.size());
      const bool is_number = member.value.is_number();
      keys.push_back(key);
      Role role = RoleOf(key);
      // A unit that is a number is an error, which the general parser names.
      if (!IsPrintable(key) || (is_number && role == Role::kTimeUnit)) return std::nullopt;
      if (is_number && role != Role::kTime) role = IsRowMetric(key) ? Role::kMetric : Role::kUnused;
      if (!is_number && (role == Role::kTime || role == Role::kMetric)) role = Role::kUnused;
      if (is_number && role != Role::kUnused) names.emplace_back(key);
      layout.members.push_back({.key = std::string(key), .is_number = is_number, .role = role});
    }
    std::sort(keys.begin(), keys.end());
    if (std::adjacent_find(keys.begin(), keys.end()) != keys.end()) return std::nullopt;
    std::sort(names.begin(), names.end());
    for (Layout::Member& member : layout.members) {
      if (!member.is_number || member.role == Role::kUnused) continue;
      member.metric = static_cast<size_t>(std::lower_bound(names.begin(), names.end(), member.key) -
                                          names.begin());
    }
    layout.names = std::make_shared<const std::vector<std::string>>(std::move(names));
    return layout;
  }

  static bool IsOf(const Layout& layout, const simdjson::dom::object& row) {
    auto member = layout.members.begin();
    for (const auto found : row) {
      if (member == layout.members.end()) return false;
      if (found.key != std::string_view(member->key)) return false;
      if (found.value.is_number() != member->is_number) return false;
      ++member;
    }
    return member == layout.members.end();
  }

  // Rows that look alike follow one another: a family has a dozen or two, a file a few.
  const Layout* LayoutOf(const simdjson::dom::object& row) {
    constexpr size_t kMaxLayouts = 64;
    if (last_ < layouts_.size() && IsOf(layouts_[last_], row)) return &layouts_[last_];
    for (last_ = 0; last_ < layouts_.size(); ++last_) {
      if (IsOf(layouts_[last_], row)) return &layouts_[last_];
    }
    std::optional<Layout> layout = MakeLayout(row);
    if (!layout.has_value()) return nullptr;
    if (layouts_.size() == kMaxLayouts) layouts_.clear();
    last_ = layouts_.size();
    layouts_.push_back(*std::move(layout));
    return &layouts_.back();
  }

  bool TakeRow(const simdjson::dom::object& row) {
    const Layout* layout = LayoutOf(row);
    if (layout == nullptr) return false;
    absl::string_view name;
    absl::string_view run_type;
    absl::string_view label;
    absl::string_view time_unit = "ns";
    absl::string_view error_message;
    absl::string_view skip_message;
    bool has_error = false;
    bool is_skipped = false;
    std::vector<double> values(layout->names->size());
    auto member = layout->members.begin();
    for (const auto found : row) {
      const simdjson::dom::element& value = found.value;
      if (value.is_object() || value.is_array()) return false;
      switch (member->role) {
        case Role::kName:
          name = TextOf(value);
          break;
        case Role::kRunType:
          run_type = TextOf(value);
          break;
        case Role::kLabel:
          label = TextOf(value);
          break;
        case Role::kTimeUnit:
          time_unit = TextOf(value);
          break;
        case Role::kErrorOccurred:
          has_error = IsTrue(value);
          break;
        case Role::kErrorMessage:
          error_message = TextOf(value);
          break;
        case Role::kSkipped:
          is_skipped = IsTrue(value);
          break;
        case Role::kSkipMessage:
          skip_message = TextOf(value);
          break;
        case Role::kTime:
        case Role::kMetric:
          if (value.get(values[member->metric]) != simdjson::SUCCESS) return false;
          break;
        case Role::kUnused:
          break;
      }
      ++member;
    }
    if (run_type == "aggregate") return true;
    const std::optional<double> scale = NanosecondsPer(time_unit);
    if (name.empty() || !scale.has_value()) return false;
    for (const Layout::Member& one : layout->members) {
      if (one.role == Role::kTime) values[one.metric] *= *scale;
    }
    rows_.push_back({.name = Printable(std::string(name)),
                     .label = Printable(std::string(label)),
                     .time_unit = std::string(time_unit),
                     .error = RowError(has_error, Printable(std::string(error_message)), is_skipped,
                                       Printable(std::string(skip_message))),
                     .metrics = RowMetrics(layout->names, std::move(values))});
    return true;
  }

  std::vector<ReportRow>& rows_;
  simdjson::dom::parser parser_;
  std::vector<Layout> layouts_;
  size_t last_ = 0;
};

PlainRows::PlainRows(std::vector<ReportRow>& rows) : impl_(std::make_unique<Impl>(rows)) {}
PlainRows::~PlainRows() = default;

bool PlainRows::Take(absl::string_view element) { return impl_->Take(element); }

}  // namespace slo::tools
