#include "tools/slo_gate/render/render_change.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tools/lib/stats/median.h"
#include "tools/lib/text/percent.h"

namespace slo::tools {
namespace {

constexpr int kHalfWidth = 15;
constexpr double kTolerancesToTheEdge = 3;
// Where nothing is tolerated: the edge is at 1 %.
constexpr double kSmallestEdge = 0.01;

struct Visible {
  double change;
  std::string benchmark;
};

// The smallest visible changes of the comparisons, ascending; controls are none of them.
std::vector<Visible> VisibleChanges(const Verdict& verdict) {
  std::vector<Visible> visible;
  for (const Scenario& scenario : verdict.scenarios) {
    for (const Check& check : scenario.checks) {
      if (check.change() == nullptr || check.change()->control != Control::kNone ||
          !check.change()->smallest_visible.has_value()) {
        continue;
      }
      visible.push_back({*check.change()->smallest_visible, scenario.name});
    }
  }
  std::sort(visible.begin(), visible.end(),
            [](const Visible& a, const Visible& b) { return a.change < b.change; });
  return visible;
}

std::string VisibleLine(const Verdict& verdict) {
  const std::vector<Visible> visible = VisibleChanges(verdict);
  if (visible.empty()) return "no increase, however large, could have been seen: too few pairs";
  std::vector<double> changes;
  for (const Visible& one : visible) changes.push_back(one.change);
  return absl::StrCat("smallest increase that could have been seen (with 90 % probability): ",
                      ChangeText(changes.front()), " at best, ",
                      ChangeText(stats::MedianOfSorted(changes)), " in the median, ",
                      ChangeText(changes.back()), " in ", visible.back().benchmark);
}

// "12 ok, 1 regressed".
std::string OutcomeLine(const Verdict& verdict) {
  std::map<absl::string_view, int> counts;
  for (const Scenario& scenario : verdict.scenarios) {
    for (const Check& check : scenario.checks) {
      if (check.change() != nullptr) ++counts[Name(check.change()->outcome)];
    }
  }
  return absl::StrCat("outcomes: ",
                      absl::StrJoin(counts, ", ", [](std::string* out, const auto& entry) {
                        absl::StrAppend(out, entry.second, " ", entry.first);
                      }));
}

std::string FaultLine(const SelfTest& self_test) {
  if (self_test.faults.empty()) {
    return "no fault could be planted to prove the gate: nothing was measured well enough";
  }
  std::vector<std::string> missed;
  for (const PlantedFault& fault : self_test.faults) {
    if (fault.is_caught()) continue;
    missed.push_back(absl::StrCat(fault.fault, " (expected ", Name(fault.expected), ", found ",
                                  fault.found.has_value() ? Name(*fault.found) : "nothing", ")"));
  }
  const std::string head = absl::StrCat("planted faults in ", self_test.benchmark, ": ",
                                        self_test.faults.size() - missed.size(), " of ",
                                        self_test.faults.size(), " caught");
  if (missed.empty()) return head;
  return absl::StrCat("gate defective: ", head, "; missed: ", absl::StrJoin(missed, ", "));
}

// As one word of a POSIX shell.
std::string ShellWord(absl::string_view text) {
  const bool is_plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("._/-+=:,@", c);
  });
  if (is_plain) return std::string(text);
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

bool IsUndecided(const Verdict& verdict) {
  for (const Scenario& scenario : verdict.scenarios) {
    for (const Check& check : scenario.checks) {
      if (check.reason == Reason::kUndecided) return true;
    }
  }
  return false;
}

// What adds evidence instead of spending the error once more.
std::vector<std::string> ResumeLines(const Verdict& verdict) {
  std::vector<std::string> lines;
  if (!IsUndecided(verdict)) return lines;
  for (const PairsFile& file : verdict.comparison()->pairs) {
    if (file.arguments.empty()) continue;
    lines.push_back(absl::StrCat("more pairs, in the same plan: paired_bench --resume=",
                                 ShellWord(file.file), " --budget=5m"));
  }
  return lines;
}

}  // namespace

std::string ChangeBar(const Check& check) {
  std::string bar(2 * kHalfWidth + 1, ' ');
  if (check.change() == nullptr || !check.change()->lower.has_value() ||
      !check.actual.has_value()) {
    return bar;
  }
  const ComparisonDetail& change = *check.change();
  const double edge = std::max(kTolerancesToTheEdge * change.tolerance, kSmallestEdge);
  const auto column = [&](double value) {
    const double place = std::round(value / edge * kHalfWidth);
    return static_cast<size_t>(
        kHalfWidth + static_cast<int>(std::clamp(place, -1.0 * kHalfWidth, 1.0 * kHalfWidth)));
  };
  const size_t lower = column(*change.lower);
  const size_t upper = column(*change.upper);
  std::fill(bar.begin() + static_cast<std::ptrdiff_t>(lower),
            bar.begin() + static_cast<std::ptrdiff_t>(upper) + 1, '-');
  bar[lower] = *change.lower < -edge ? '<' : '[';
  bar[upper] = *change.upper > edge ? '>' : ']';
  bar[column(0)] = ':';
  bar[column(change.tolerance)] = '!';
  bar[column(*check.actual)] = 'o';
  return bar;
}

std::string CoverageLine(const Coverage& coverage) {
  return absl::StrFormat("benchmarks: %d expected = %d judged + %d waived + %d missing",
                         coverage.expected, coverage.judged, coverage.waived, coverage.missing);
}

std::vector<std::string> RegressionLines(const Verdict& verdict) {
  if (verdict.comparison() == nullptr) return {};
  const ComparisonFindings& comparison = *verdict.comparison();
  std::vector<std::string> lines = {OutcomeLine(verdict)};
  if (comparison.pairs.empty()) return lines;
  lines.push_back(VisibleLine(verdict));
  lines.push_back(FaultLine(comparison.self_test));
  if (comparison.self_test.flipped_gates > 0) {
    lines.push_back(absl::StrFormat(
        "false alarms without any change, signs flipped in blocks of 8 pairs: %d of %d gates%s",
        comparison.self_test.false_alarms, comparison.self_test.flipped_gates,
        comparison.self_test.is_serially_dependent() ? ", which is too many" : ""));
  }
  for (std::string& line : ResumeLines(verdict)) lines.push_back(std::move(line));
  return lines;
}

}  // namespace slo::tools
