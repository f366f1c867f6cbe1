#include "tools/lib/results/plain_rows.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "simdjson.h"
#include "tools/lib/json/not_finite.h"
#include "tools/lib/json/printable.h"
#include "tools/lib/results/row_fields.h"
#include "tools/lib/results/row_layout.h"

namespace slo::tools {
namespace {

void MakePrintable(std::string& text) {
  if (!IsPrintable(text)) text = Printable(std::move(text));
}

void SetField(RowField field, const simdjson::dom::element& value, RowFields& fields) {
  std::string_view text;
  bool flag = false;
  double number = 0;
  if (value.get(text) == simdjson::SUCCESS) {
    fields.SetText(field, {text.data(), text.size()});
  } else if (value.get(flag) == simdjson::SUCCESS) {
    fields.SetFlag(field, flag);
  } else if (value.get(number) == simdjson::SUCCESS) {
    fields.SetNumber(field, number);
  } else {
    fields.SetOther(field);
  }
}

}  // namespace

class PlainRows::Impl {
 public:
  Impl(Report& report, size_t max_rows) : report_(report), max_rows_(max_rows) {}

  bool Take(absl::string_view element) {
    if (++rows_ > max_rows_) return false;
    simdjson::dom::object row;
    if (parser_.parse(element.data(), element.size()).get(row) == simdjson::SUCCESS) {
      return TakeRow(row);
    }
    const std::optional<std::string> readable = WithNullForNotFinite(element);
    return readable.has_value() &&
           parser_.parse(readable->data(), readable->size()).get(row) == simdjson::SUCCESS &&
           TakeRow(row);
  }

  bool are_foreign() const { return rows_ > 0 && !has_own_field_; }

 private:
  // Rows that look alike follow one another: a family has a dozen or two, a file a few.
  const RowLayout* LayoutOf(const simdjson::dom::object& row) {
    constexpr size_t kMaxLayouts = 64;
    if (last_ < layouts_.size() && IsOf(layouts_[last_], row)) return &layouts_[last_];
    for (last_ = 0; last_ < layouts_.size(); ++last_) {
      if (IsOf(layouts_[last_], row)) return &layouts_[last_];
    }
    std::optional<RowLayout> layout = MakeRowLayout(row, report_.ambiguous);
    if (!layout.has_value()) return nullptr;
    if (layouts_.size() == kMaxLayouts) layouts_.clear();
    last_ = layouts_.size();
    layouts_.push_back(*std::move(layout));
    return &layouts_.back();
  }

  bool TakeRow(const simdjson::dom::object& row) {
    const RowLayout* layout = LayoutOf(row);
    if (layout == nullptr) return false;
    RowFields fields;
    std::vector<double> values(layout->names->size(), std::numeric_limits<double>::quiet_NaN());
    auto member = layout->members.begin();
    for (const auto found : row) {
      const simdjson::dom::element& value = found.value;
      if (value.is_object() || value.is_array()) return false;
      // What does not get a value stays one that is not a number.
      if (member->is_metric && !member->is_repeated && !value.is_null() &&
          value.get(values[member->place]) != simdjson::SUCCESS) {
        return false;
      }
      if (member->field != RowField::kNone && !member->is_repeated) {
        SetField(member->field, value, fields);
      }
      ++member;
    }
    has_own_field_ = has_own_field_ || layout->has_own_field || !layout->names->empty();
    return Append(*layout, fields, std::move(values));
  }

  bool Append(const RowLayout& layout, const RowFields& fields, std::vector<double> values) {
    if (!layout.times.empty()) {
      const std::optional<double> scale = TimeScale(fields);
      if (!scale.has_value()) return false;
      for (const size_t place : layout.times) values[place] *= *scale;
    }
    RowMetrics metrics(layout.names, std::move(values));
    if (IsAggregate(fields, metrics)) {
      AggregateRow row = AggregateRowOf(fields, std::move(metrics));
      for (std::string* text :
           {&row.name, &row.run_name, &row.aggregate_name, &row.aggregate_unit}) {
        MakePrintable(*text);
      }
      report_.aggregates.push_back(std::move(row));
      return true;
    }
    if (!ProblemOf(fields).empty()) return false;
    ReportRow row = MeasuredRow(fields, std::move(metrics));
    MakePrintable(row.name);
    MakePrintable(row.label);
    if (row.error.has_value()) MakePrintable(*row.error);
    report_.rows.push_back(std::move(row));
    return true;
  }

  Report& report_;
  size_t max_rows_;
  size_t rows_ = 0;
  bool has_own_field_ = false;
  simdjson::dom::parser parser_;
  std::vector<RowLayout> layouts_;
  size_t last_ = 0;
};

PlainRows::PlainRows(Report& report, size_t max_rows)
    : impl_(std::make_unique<Impl>(report, max_rows)) {}
PlainRows::~PlainRows() = default;

bool PlainRows::Take(absl::string_view element) { return impl_->Take(element); }

bool PlainRows::are_foreign() const { return impl_->are_foreign(); }

}  // namespace slo::tools
