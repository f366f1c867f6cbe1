#include "tools/lib/results/row_metrics.h"

#include <algorithm>
#include <cmath>

#include "absl/base/optimization.h"

namespace slo::tools {

RowMetrics::RowMetrics(std::initializer_list<Named> metrics) { Assign({metrics}); }

RowMetrics::RowMetrics(std::vector<Named> metrics) { Assign(std::move(metrics)); }

RowMetrics::RowMetrics(Names names, std::vector<double> values)
    : names_(std::move(names)), values_(std::move(values)) {
  ABSL_HARDENING_ASSERT((names_ == nullptr ? 0 : names_->size()) == values_.size());
}

size_t RowMetrics::PlaceOf(absl::string_view name) const {
  if (names_ == nullptr) return 0;
  const auto found = std::lower_bound(names_->begin(), names_->end(), name,
                                      [](const std::string& entry, absl::string_view wanted) {
                                        return absl::string_view(entry) < wanted;
                                      });
  return static_cast<size_t>(found - names_->begin());
}

std::optional<double> RowMetrics::Find(absl::string_view name) const {
  const size_t place = PlaceOf(name);
  if (place == size() || (*names_)[place] != name) return std::nullopt;
  return values_[place];
}

void RowMetrics::Set(absl::string_view name, double value) {
  std::vector<Named> metrics = ToVector();
  metrics.emplace_back(name, value);
  Assign(std::move(metrics));
}

void RowMetrics::Erase(absl::string_view name) {
  std::vector<Named> metrics = ToVector();
  std::erase_if(metrics, [&](const Named& one) { return one.first == name; });
  Assign(std::move(metrics));
}

bool RowMetrics::operator==(const RowMetrics& other) const {
  const auto is_same = [](double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
  };
  return std::equal(values_.begin(), values_.end(), other.values_.begin(), other.values_.end(),
                    is_same) &&
         (names_ == other.names_ || values_.empty() || *names_ == *other.names_);
}

void RowMetrics::Assign(std::vector<Named> metrics) {
  std::stable_sort(metrics.begin(), metrics.end(),
                   [](const Named& a, const Named& b) { return a.first < b.first; });
  std::vector<std::string> names;
  std::vector<double> values;
  for (Named& metric : metrics) {
    if (!names.empty() && names.back() == metric.first) {
      values.back() = metric.second;
      continue;
    }
    names.push_back(std::move(metric.first));
    values.push_back(metric.second);
  }
  names_ = std::make_shared<const std::vector<std::string>>(std::move(names));
  values_ = std::move(values);
}

std::vector<RowMetrics::Named> RowMetrics::ToVector() const {
  std::vector<Named> metrics;
  for (const auto& [name, value] : *this) metrics.emplace_back(name, value);
  return metrics;
}

}  // namespace slo::tools
