#include "tools/slo_gate/render/render.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/text/percent.h"

namespace slo::tools {

namespace {

bool ComesBefore(const PlacedCheck& a, const PlacedCheck& b, bool are_controls_first) {
  if (are_controls_first && a.check->status == b.check->status &&
      IsControl(*a.scenario) != IsControl(*b.scenario)) {
    return IsControl(*a.scenario);
  }
  return IsWorse(*a.check, *b.check);
}

}  // namespace

bool IsShownInFull(const Check& check) { return check.status != CheckStatus::kPass; }

std::vector<PlacedCheck> WorstFirst(const Verdict& verdict) {
  std::vector<PlacedCheck> checks;
  for (const Scenario& scenario : verdict.scenarios) {
    for (const Check& check : scenario.checks) checks.push_back({&scenario, &check});
  }
  std::stable_sort(checks.begin(), checks.end(), [](const PlacedCheck& a, const PlacedCheck& b) {
    return ComesBefore(a, b, /*are_controls_first=*/false);
  });
  return checks;
}

std::vector<PlacedCheck> NotAPass(const Verdict& verdict) {
  std::vector<PlacedCheck> checks = WorstFirst(verdict);
  checks.erase(std::find_if(checks.begin(), checks.end(),
                            [](const PlacedCheck& one) { return !IsShownInFull(*one.check); }),
               checks.end());
  return checks;
}

std::vector<PlacedCheck> WorstOfEach(const Verdict& verdict) {
  std::vector<PlacedCheck> worst;
  for (const Scenario& scenario : verdict.scenarios) {
    bool is_first = true;
    for (const Check& check : scenario.checks) {
      const PlacedCheck placed = {&scenario, &check};
      if (is_first || IsControl(scenario)) {
        worst.push_back(placed);
      } else if (ComesBefore(placed, worst.back(), /*are_controls_first=*/false)) {
        worst.back() = placed;
      }
      is_first = false;
    }
  }
  std::stable_sort(worst.begin(), worst.end(), [](const PlacedCheck& a, const PlacedCheck& b) {
    return ComesBefore(a, b, /*are_controls_first=*/true);
  });
  return worst;
}

std::string SummaryLine(const Verdict& verdict) {
  const Summary& summary = verdict.summary;
  const auto benchmarks = std::count_if(verdict.scenarios.begin(), verdict.scenarios.end(),
                                        [](const Scenario& one) { return !IsControl(one); });
  std::string line =
      absl::StrCat(summary.checks_passed, " of ", summary.checks_total, " checks on ", benchmarks,
                   benchmarks == 1 ? " benchmark passed" : " benchmarks passed");
  const char* separator = "; ";
  const auto add = [&](int64_t count, absl::string_view what) {
    if (count == 0) return;
    absl::StrAppend(&line, separator, count, " ", what);
    separator = ", ";
  };
  add(summary.checks_failed, "failed");
  add(summary.checks_insufficient, "insufficient");
  add(summary.checks_invalid, "invalid");
  add(summary.checks_warned, "warned");
  add(summary.checks_vacuous, "vacuous (headroom above 20x)");
  return line;
}

std::string GuaranteeLine(const Summary& summary) {
  if (!summary.family_confidence.has_value()) {
    return "no check carries a confidence; point values were compared";
  }
  std::string line = absl::StrCat(summary.checks_with_confidence, " of ", summary.checks_total,
                                  " checks carry a confidence; ");
  if (*summary.family_confidence <= 0) {
    return absl::StrCat(line, "there are too many of them for a guarantee for all together");
  }
  constexpr double kRounding = 1e-9;
  const double percent = std::floor((*summary.family_confidence + kRounding) * 1e4) / 1e2;
  return absl::StrCat(line, "all of these are right with at least ", absl::StrFormat("%g", percent),
                      " % (Bonferroni)");
}

std::string HeadroomText(const Check& check) {
  if (!check.headroom.has_value()) return "-";
  const double headroom = *check.headroom;
  if (headroom >= 10) return absl::StrFormat("%.1fx", std::floor(headroom * 10) / 10);
  return absl::StrFormat("%.3fx", std::floor(headroom * 1'000) / 1'000);
}

std::string ValueText(const Check& check, const std::optional<double>& value) {
  if (!value.has_value()) return "-";
  if (check.change() == nullptr) return PrettyBeside(check.type, *value, check.threshold.value);
  // Of exact numbers, from zero to anything.
  const bool is_from_zero = std::isinf(*value) && check.change()->base_value.has_value();
  return is_from_zero ? "from 0" : ChangeText(*value);
}

std::string ConfidenceText(const Check& check) {
  return check.confidence.has_value() ? absl::StrFormat("%g %%", *check.confidence * 100) : "-";
}

std::string StatusText(const Check& check) {
  if (check.change() != nullptr) {
    return absl::StrCat(Name(check.change()->outcome),
                        check.status == CheckStatus::kWarn ? ", warn" : "");
  }
  return absl::StrCat(Name(check.status), check.is_vacuous ? ", vacuous" : "");
}

std::string SamplesText(const Check& check) {
  if (!check.samples.has_value()) return "-";
  const bool is_worth_less = check.effective_samples.value_or(*check.samples) < *check.samples;
  return absl::StrCat(*check.samples,
                      is_worth_less ? absl::StrCat(" (worth ", *check.effective_samples, ")") : "");
}

std::vector<std::string> ResultFiles(const Verdict& verdict) {
  std::vector<std::string> files;
  for (const Report& report : verdict.results) files.push_back(report.file);
  if (verdict.comparison() != nullptr) {
    for (const PairsFile& pairs : verdict.comparison()->pairs) files.push_back(pairs.file);
  }
  return files;
}

std::string LimitsFile(const Verdict& verdict) {
  return verdict.comparison() != nullptr ? verdict.comparison()->limits.file
                                         : verdict.objectives()->thresholds.file;
}

std::string LimitText(const Check& check) {
  return absl::StrCat(check.kind == LimitKind::kMax ? "<= " : ">= ", check.threshold.text);
}

}  // namespace slo::tools
