#include "tools/lib/results/row_fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace slo::tools {
namespace {

using Known = std::pair<absl::string_view, RowField>;

constexpr std::array<Known, 20> kFields = {
    Known{"name", RowField::kName},
    {"run_name", RowField::kRunName},
    {"run_type", RowField::kRunType},
    {"label", RowField::kLabel},
    {"time_unit", RowField::kTimeUnit},
    {"aggregate_name", RowField::kAggregateName},
    {"aggregate_unit", RowField::kAggregateUnit},
    {"big_o", RowField::kBigO},
    {"error_occurred", RowField::kErrorOccurred},
    {"error_message", RowField::kErrorMessage},
    {"skipped", RowField::kSkipped},
    {"skip_message", RowField::kSkipMessage},
    {"repetitions", RowField::kRepetitions},
    {"repetition_index", RowField::kRepetitionIndex},
    {"family_index", RowField::kFamily},
    {"per_family_instance_index", RowField::kFamily},
    {"threads", RowField::kThreads},
    {"iterations", RowField::kIterations},
    {"real_time", RowField::kTime},
    {"cpu_time", RowField::kTime},
};

// Statistics that Google Benchmark computes, and its two rows of a complexity.
constexpr std::array<absl::string_view, 6> kStatistics = {"mean", "median", "stddev",
                                                          "cv",   "BigO",   "RMS"};

// Numbers that Google Benchmark writes itself, of which a counter can have the name.
constexpr std::array<absl::string_view, 6> kOwnMetrics = {
    "items_per_second", "bytes_per_second",      "allocs_per_iter",
    "max_bytes_used",   "total_allocated_bytes", "net_heap_growth"};

// An integer that a number of the file is, written with a fraction or without.
std::optional<int64_t> IntegerOf(double number) {
  constexpr double kMax = 9e15;  // every integer up to here is a double
  if (!(number >= 0 && number <= kMax) || std::floor(number) != number) return std::nullopt;
  return static_cast<int64_t>(number);
}

// The name of a row is its run's name, "_" and the statistic.
std::string StatisticOf(const RowFields& fields) {
  if (!fields.aggregate_name.empty()) return std::string(fields.aggregate_name);
  if (fields.has_big_o) return "BigO";
  absl::string_view rest = fields.name;
  if (!fields.run_name.empty() && absl::ConsumePrefix(&rest, fields.run_name) &&
      absl::ConsumePrefix(&rest, "_")) {
    return std::string(rest);
  }
  for (const absl::string_view statistic : kStatistics) {
    if (absl::EndsWith(fields.name, absl::StrCat("_", statistic))) return std::string(statistic);
  }
  return "";
}

// A deleted member leaves the other one to tell.
bool Says(const std::optional<bool>& flag, const std::optional<absl::string_view>& message) {
  if (flag.value_or(false)) return true;
  return message.has_value() && (!message->empty() || !flag.has_value());
}

}  // namespace

RowField FieldOf(absl::string_view key) {
  const auto* const found = std::find_if(kFields.begin(), kFields.end(),
                                         [&](const Known& field) { return field.first == key; });
  return found != kFields.end() ? found->second : RowField::kNone;
}

bool IsOwnField(RowField field) {
  return field != RowField::kNone && field != RowField::kName && field != RowField::kLabel;
}

bool IsMetric(RowField field) {
  return field != RowField::kRepetitions && field != RowField::kRepetitionIndex &&
         field != RowField::kFamily;
}

bool IsText(RowField field) { return field >= RowField::kName && field <= RowField::kSkipMessage; }

RepeatedKey RepeatedRowKey(absl::string_view key) {
  const RowField field = FieldOf(key);
  if (IsText(field)) return RepeatedKey::kIsError;
  if (field != RowField::kNone) {
    return IsMetric(field) ? RepeatedKey::kBecomesNull : RepeatedKey::kFirstCounts;
  }
  const bool is_own = std::find(kOwnMetrics.begin(), kOwnMetrics.end(), key) != kOwnMetrics.end();
  return is_own ? RepeatedKey::kBecomesNull : RepeatedKey::kIsError;
}

void RowFields::SetText(RowField field, absl::string_view text) {
  if (field == RowField::kName) name = text;
  if (field == RowField::kRunName) run_name = text;
  if (field == RowField::kRunType) run_type = text;
  if (field == RowField::kLabel) label = text;
  if (field == RowField::kTimeUnit) time_unit = text;
  if (field == RowField::kAggregateName) aggregate_name = text;
  if (field == RowField::kAggregateUnit) aggregate_unit = text;
  if (field == RowField::kBigO) has_big_o = true;
  if (field == RowField::kErrorMessage) error_message = text;
  if (field == RowField::kSkipMessage) skip_message = text;
  if (field == RowField::kErrorOccurred || field == RowField::kSkipped) SetOther(field);
}

void RowFields::SetFlag(RowField field, bool flag) {
  if (field == RowField::kErrorOccurred) error_occurred = flag;
  if (field == RowField::kSkipped) skipped = flag;
  if (field == RowField::kTimeUnit) SetOther(field);
}

void RowFields::SetNumber(RowField field, double number) {
  if (field == RowField::kRepetitions) repetitions = IntegerOf(number);
  if (field == RowField::kRepetitionIndex) repetition_index = IntegerOf(number);
  if (field == RowField::kThreads) threads = IntegerOf(number);
  if (IsText(field)) SetOther(field);
}

void RowFields::SetOther(RowField field) {
  if (field == RowField::kTimeUnit) time_unit = "";
  if (field == RowField::kErrorOccurred) error_occurred = false;
  if (field == RowField::kSkipped) skipped = false;
}

std::optional<double> NanosecondsPer(absl::string_view time_unit) {
  if (time_unit == "ns") return 1;
  if (time_unit == "us") return 1e3;
  if (time_unit == "ms") return 1e6;
  if (time_unit == "s") return 1e9;
  return std::nullopt;
}

std::optional<double> TimeScale(const RowFields& fields) {
  if (!fields.time_unit.has_value()) return std::nullopt;
  if (fields.aggregate_unit == "percentage") return 1;
  if (fields.aggregate_unit.empty() && StatisticOf(fields) == "cv") return 1;
  return NanosecondsPer(*fields.time_unit);
}

std::optional<std::string> RowError(const RowFields& fields) {
  if (Says(fields.error_occurred, fields.error_message)) {
    return std::string(fields.error_message.value_or(""));
  }
  if (Says(fields.skipped, fields.skip_message)) {
    return absl::StrCat("skipped: ", fields.skip_message.value_or(""));
  }
  return std::nullopt;
}

bool IsAggregate(const RowFields& fields, const RowMetrics& metrics) {
  if (fields.run_type == "aggregate" || !fields.aggregate_name.empty() || fields.has_big_o) {
    return true;
  }
  // Old libraries wrote neither for the error of a fit; it is measured in no iterations.
  return absl::EndsWith(fields.name, "_RMS") && metrics.Find("rms").has_value() &&
         !metrics.Find("iterations").has_value() && !metrics.Find("real_time").has_value();
}

std::string ProblemOf(const RowFields& fields) {
  if (fields.name.empty()) return ".name: expected the benchmark's name";
  if (fields.name.size() > kMaxNameBytes) {
    return absl::StrCat(".name: expected at most ", kMaxNameBytes, " bytes, found ",
                        fields.name.size());
  }
  if (!fields.time_unit.has_value() || NanosecondsPer(*fields.time_unit).has_value()) return "";
  constexpr size_t kMaxShown = 64;
  return absl::StrCat(".time_unit: expected ns, us, ms or s, found \"",
                      fields.time_unit->substr(0, kMaxShown), "\"");
}

ReportRow MeasuredRow(const RowFields& fields, RowMetrics metrics) {
  return {.name = std::string(fields.name),
          .label = std::string(fields.label),
          .time_unit = std::string(fields.time_unit.value_or("")),
          .error = RowError(fields),
          .repetitions = fields.repetitions,
          .repetition_index = fields.repetition_index,
          .threads = fields.threads,
          .metrics = std::move(metrics)};
}

AggregateRow AggregateRowOf(const RowFields& fields, RowMetrics metrics) {
  AggregateRow row = {.name = std::string(fields.name),
                      .run_name = std::string(fields.run_name),
                      .aggregate_name = StatisticOf(fields),
                      .aggregate_unit = std::string(fields.aggregate_unit),
                      .metrics = std::move(metrics)};
  if (!row.run_name.empty()) return row;
  row.run_name = row.aggregate_name.empty()
                     ? row.name
                     : std::string(absl::StripSuffix(row.name, "_" + row.aggregate_name));
  return row;
}

}  // namespace slo::tools
