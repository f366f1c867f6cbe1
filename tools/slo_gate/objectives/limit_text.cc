#include "tools/slo_gate/objectives/limit_text.h"

#include <cmath>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/text/duration.h"
#include "tools/lib/text/nearest_name.h"

namespace slo::tools {
namespace {

absl::Status NoDuration(absl::string_view metric, absl::string_view text) {
  return absl::InvalidArgumentError(
      absl::StrCat(metric,
                   " is limited by a duration above zero with its unit (ns, us, ms, s), for "
                   "example \"250ms\"; found \"",
                   text, "\""));
}

absl::StatusOr<TypedLimit> DurationLimit(absl::string_view metric, const MetricType& type,
                                         absl::string_view text) {
  const std::optional<double> value = ParseDurationIn(type.per_second, text);
  if (!value.has_value() || *value <= 0) return NoDuration(metric, text);
  return TypedLimit{.limit = {.value = *value, .text = std::string(text)}, .type = type};
}

absl::Status CheckViolable(const std::optional<MetricType>& type, double value,
                           absl::string_view text, bool is_max) {
  if (!type.has_value() || type->kind != MetricKind::kRatio) return absl::OkStatus();
  if (value < 0 || value > 1) {
    return absl::InvalidArgumentError(absl::StrCat("expected a ratio from 0 to 1, found ", text));
  }
  if (value != (is_max ? 1 : 0)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(is_max ? "max " : "min ", text, " is a limit that nothing can violate"));
}

}  // namespace

absl::StatusOr<MetricDeclaration> Declare(absl::string_view metric, absl::string_view unit) {
  MetricDeclaration declaration = {.metric = std::string(metric)};
  const MetricType by_name = TypeOf(metric, Origin::kOurs);
  const bool is_latency = by_name.kind == MetricKind::kTime && SamplesCounterOf(metric).has_value();
  if (!unit.empty()) {
    declaration.type = TypeOfUnit(unit);
    if (declaration.type.has_value()) return declaration;
    return absl::InvalidArgumentError(
        absl::StrCat("expected ", KnownUnits(), ", found \"", unit, "\""));
  }
  const MetricType of_anybody = TypeOf(metric, Origin::kForeign);
  if (of_anybody != MetricType{}) {
    declaration.type = of_anybody;
  } else if (metric == kSuccessRatio || is_latency) {
    declaration.type = by_name;
  }
  return declaration;
}

absl::StatusOr<TypedLimit> ParseLimit(const MetricDeclaration& declaration, absl::string_view text,
                                      bool is_max) {
  const std::string& metric = declaration.metric;
  if (declaration.is_time()) return DurationLimit(metric, *declaration.type, text);
  double value = 0;
  if (absl::SimpleAtod(text, &value) && std::isfinite(value)) {
    const absl::Status violable = CheckViolable(declaration.type, value, text, is_max);
    if (!violable.ok()) return violable;
    return TypedLimit{.limit = {.value = value, .text = std::string(text)},
                      .type = declaration.type};
  }
  if (declaration.type.has_value() || !ParseDurationIn(1, text).has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected a number", declaration.type.has_value() ? "" : ", or a duration",
                     ", found \"", text, "\""));
  }
  const MetricType by_name = TypeOf(metric, Origin::kOurs);
  if (by_name.kind == MetricKind::kTime) return DurationLimit(metric, by_name, text);
  const std::optional<absl::string_view> time = NearestName(metric, {"real_time", "cpu_time"});
  return absl::InvalidArgumentError(
      absl::StrCat("a duration, and nothing says in which unit ", metric, " is; ",
                   time.has_value() ? absl::StrCat("did you mean ", *time, "? Otherwise ") : "",
                   "add \"unit\": \"us\""));
}

}  // namespace slo::tools
