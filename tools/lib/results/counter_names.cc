#include "tools/lib/results/counter_names.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kLatency = "latency_";
constexpr absl::string_view kSamples = "samples_count";
constexpr absl::string_view kEffectiveSamples = "_effective_samples_count";
constexpr absl::string_view kRatio = "_ratio";
constexpr absl::string_view kTrials = "_trials_count";
constexpr absl::string_view kOverDispersion = "_over_dispersion_factor";
constexpr absl::string_view kBatches = "_batches_count";

constexpr std::array<absl::string_view, 9> kUnits = {"_ns",    "_us",      "_ms",  "_s",  "_bytes",
                                                     "_count", "_percent", "_kib", "_mib"};

// The counter that belongs to a ratio and ends in `suffix`.
std::optional<std::string> OfRatio(absl::string_view ratio, absl::string_view suffix) {
  if (!absl::ConsumeSuffix(&ratio, kRatio)) return std::nullopt;
  return absl::StrCat(ratio, suffix);
}

absl::string_view Name(BoundSide side) { return side == BoundSide::kLower ? "lower" : "upper"; }

// 0.99 of "p99".
std::optional<double> QuantileOfPart(absl::string_view part) {
  constexpr size_t kMinDigits = 2;
  constexpr size_t kMaxDigits = 6;
  if (!absl::ConsumePrefix(&part, "p") || part.size() < kMinDigits || part.size() > kMaxDigits ||
      !std::all_of(part.begin(), part.end(), absl::ascii_isdigit)) {
    return std::nullopt;
  }
  double quantile = 0;
  if (!absl::SimpleAtod(absl::StrCat("0.", part), &quantile) || quantile <= 0) return std::nullopt;
  return quantile;
}

}  // namespace

std::string LatencyCounter(absl::string_view prefix, absl::string_view statistic) {
  return absl::StrCat(prefix, kLatency, statistic, "_us");
}

std::string SamplesCounter(absl::string_view prefix) { return absl::StrCat(prefix, kSamples); }

std::string BoundCounter(absl::string_view counter, BoundSide side) {
  const std::string stem = WithoutUnit(counter);
  return absl::StrCat(stem, "_", Name(side), counter.substr(stem.size()));
}

std::string EffectiveSamplesCounter(absl::string_view counter, BoundSide side) {
  return absl::StrCat(WithoutUnit(counter), "_", Name(side), kEffectiveSamples);
}

bool IsEffectiveSamples(absl::string_view counter) {
  return absl::EndsWith(counter, kEffectiveSamples);
}

std::optional<std::string> TrialsCounterOf(absl::string_view counter) {
  return OfRatio(counter, kTrials);
}

std::optional<std::string> OverDispersionCounterOf(absl::string_view counter) {
  return OfRatio(counter, kOverDispersion);
}

std::optional<std::string> BatchesCounterOf(absl::string_view counter) {
  return OfRatio(counter, kBatches);
}

std::optional<std::string> SamplesCounterOf(absl::string_view counter) {
  const size_t latency = counter.find(kLatency);
  if (latency != absl::string_view::npos) return SamplesCounter(counter.substr(0, latency));
  return QuantileOf(counter).has_value() ? std::optional<std::string>(kSamples) : std::nullopt;
}

bool HasBounds(absl::string_view counter) {
  return absl::EndsWith(counter, kRunsPerSecond) || absl::EndsWith(counter, "_drift_factor") ||
         absl::EndsWith(counter, "_growth_per_run_bytes");
}

std::optional<double> QuantileOf(absl::string_view counter) {
  for (const absl::string_view part : absl::StrSplit(counter, '_')) {
    const std::optional<double> quantile = QuantileOfPart(part);
    if (quantile.has_value()) return quantile;
  }
  return std::nullopt;
}

std::string WithoutUnit(absl::string_view counter) {
  for (const absl::string_view unit : kUnits) {
    if (absl::ConsumeSuffix(&counter, unit)) break;
  }
  return std::string(counter);
}

bool IsOfLatencies(absl::string_view counter, absl::string_view prefix) {
  if (!absl::ConsumePrefix(&counter, prefix)) return false;
  if (counter == kSamples) return true;
  if (!absl::ConsumePrefix(&counter, kLatency)) return false;
  const std::string stem = WithoutUnit(absl::StripSuffix(counter, kEffectiveSamples));
  absl::string_view statistic = stem;
  if (!absl::ConsumeSuffix(&statistic, "_lower")) absl::ConsumeSuffix(&statistic, "_upper");
  return statistic == "max" || QuantileOfPart(statistic).has_value();
}

}  // namespace slo::tools
