#include "tools/slo_gate/render/render_explanation.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/lib/text/function_name.h"
#include "tools/slo_gate/render/markdown_cell.h"
#include "tools/slo_gate/render/text_layout.h"

namespace slo::tools {
namespace {

// "12,345.6": instructions are many, and people compare their digits.
std::string GroupedNumber(double value, bool has_sign) {
  std::string text = absl::StrFormat(has_sign ? "%+.1f" : "%.1f", value);
  const size_t first = text.find_first_of("0123456789");
  for (size_t at = text.find('.'); first != std::string::npos && at > first + 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

// Allocations are whole ones, but for those that only some requests make.
std::string AllocationNumber(double value, bool has_sign) {
  if (std::abs(value) < 1e-3) value = 0;  // what dividing leaves
  return absl::StrFormat(has_sign ? "%+.4g" : "%.6g", value);
}

std::string SharePercent(const Explanation& explanation) {
  if (explanation.base <= 0) return "";
  return absl::StrFormat(" (%+.2f %%)", explanation.difference() / explanation.base * 100);
}

// "a request", "an iteration".
std::string APer(const Explanation& explanation) {
  const bool is_vowel = absl::StrContains("aeio", explanation.per.substr(0, 1));
  return absl::StrCat(is_vowel && !explanation.per.empty() ? "an " : "a ", explanation.per);
}

// "126,278.2 -> 136,278.2 instructions a run: +10,000.0 (+7.92 %)".
std::string InstructionsSentence(const Explanation& explanation) {
  return absl::StrCat(GroupedNumber(explanation.base, false), " -> ",
                      GroupedNumber(explanation.candidate, false), " instructions ",
                      APer(explanation), ": ", GroupedNumber(explanation.difference(), true),
                      SharePercent(explanation));
}

std::string AllocationsSentence(const Explanation& explanation) {
  return absl::StrCat(
      AllocationNumber(explanation.base_allocations, false), " -> ",
      AllocationNumber(explanation.candidate_allocations, false), " allocations ",
      APer(explanation), ": ",
      AllocationNumber(explanation.candidate_allocations - explanation.base_allocations, true));
}

// "calls a::F 20 times instead of 1"; with an inlined one nobody counts.
std::string CallsSentence(const ChangedCalls& calls) {
  const std::string name = OneLine(ShortFunctionName(calls.function));
  const std::string cost = GroupedNumber(calls.difference, true);
  if (calls.base == 0 && calls.candidate == 0) {
    return absl::StrCat(calls.difference > 0 ? "now has " : "no longer has ", name, ": ", cost);
  }
  return absl::StrFormat("calls %s %.4g times instead of %.4g: %s", name, calls.candidate,
                         calls.base, cost);
}

std::string PlaceOf(const AllocationCost& allocation) {
  if (allocation.file.empty()) return "";
  return allocation.line > 0 ? absl::StrCat(allocation.file, ":", allocation.line)
                             : allocation.file;
}

std::string TextRow(const std::string& difference, const std::string& base,
                    const std::string& candidate, const std::string& function,
                    const std::string& place) {
  return absl::StrFormat("  %14s %14s %14s  %s%s\n", difference, base, candidate, OneLine(function),
                         place.empty() ? "" : "  " + OneLine(place));
}

void AppendFunctions(const Explanation& explanation, std::string& text) {
  absl::StrAppend(&text, TextRow("difference", "base", "candidate", "function", ""));
  const size_t shown = std::min(explanation.functions.size(), kMaxTextFunctions);
  double rest = explanation.difference();
  for (size_t i = 0; i < shown; ++i) {
    const FunctionCost& function = explanation.functions[i];
    rest -= function.difference;
    absl::StrAppend(&text, TextRow(GroupedNumber(function.difference, true),
                                   GroupedNumber(function.base, false),
                                   GroupedNumber(function.candidate, false),
                                   ShortFunctionName(function.function), function.file));
    for (const ChangedCalls& calls : function.calls) {
      absl::StrAppend(&text, std::string(49, ' '), CallsSentence(calls), "\n");
    }
  }
  if (shown < explanation.functions.size()) {
    absl::StrAppend(&text, TextRow(GroupedNumber(rest, true), "", "",
                                   absl::StrCat("(", explanation.functions.size() - shown,
                                                " more; the evidence has them)"),
                                   ""));
  }
}

void AppendAllocations(const Explanation& explanation, std::string& text) {
  if (explanation.allocations.empty()) return;
  absl::StrAppend(&text, "  ", AllocationsSentence(explanation), "\n");
  const size_t shown = std::min(explanation.allocations.size(), kMaxTextFunctions);
  for (size_t i = 0; i < shown; ++i) {
    const AllocationCost& one = explanation.allocations[i];
    absl::StrAppend(
        &text, TextRow(AllocationNumber(one.difference(), true), AllocationNumber(one.base, false),
                       AllocationNumber(one.candidate, false), ShortFunctionName(one.function),
                       PlaceOf(one)));
  }
  if (shown < explanation.allocations.size()) {
    absl::StrAppend(&text, "  and ", explanation.allocations.size() - shown, " more\n");
  }
}

// As much as a page shows of one.
std::string PageBlock(const Explanation& explanation, const PageLimits& limits) {
  std::string text = absl::StrCat("\n### ", PageCell(explanation.benchmark, limits), "\n\n");
  if (!explanation.problem.empty()) {
    return absl::StrCat(text, "Not explained: ", PageSentence(explanation.problem, limits), "\n");
  }
  absl::StrAppend(&text, PageSentence(InstructionsSentence(explanation), limits), ".\n");
  for (const std::string& note : explanation.notes) {
    absl::StrAppend(&text, "\n", PageSentence(note, limits), ".\n");
  }
  const size_t shown = std::min(explanation.functions.size(), kMaxPageFunctions);
  if (shown > 0) {
    absl::StrAppend(&text, "\n",
                    TableHead({"difference", "base", "candidate", "function", "file", "calls"}));
  }
  double rest = explanation.difference();
  for (size_t i = 0; i < shown; ++i) {
    const FunctionCost& one = explanation.functions[i];
    rest -= one.difference;
    std::string calls;
    for (const ChangedCalls& call : one.calls) {
      absl::StrAppend(&calls, calls.empty() ? "" : "; ", CallsSentence(call));
    }
    absl::StrAppend(&text,
                    TableRow({GroupedNumber(one.difference, true), GroupedNumber(one.base, false),
                              GroupedNumber(one.candidate, false),
                              PageCell(ShortFunctionName(one.function), limits),
                              PageCell(one.file, limits), PageSentence(calls, limits)}));
  }
  if (shown < explanation.functions.size()) {
    absl::StrAppend(
        &text,
        TableRow({GroupedNumber(rest, true), "", "",
                  absl::StrCat("(", explanation.functions.size() - shown, " more)"), "", ""}));
  }
  if (!explanation.allocations.empty()) {
    absl::StrAppend(&text, "\n", PageSentence(AllocationsSentence(explanation), limits), ".\n\n",
                    TableHead({"difference", "base", "candidate", "function", "call"}));
  }
  for (size_t i = 0; i < std::min(explanation.allocations.size(), kMaxPageFunctions); ++i) {
    const AllocationCost& one = explanation.allocations[i];
    absl::StrAppend(
        &text, TableRow({AllocationNumber(one.difference(), true),
                         AllocationNumber(one.base, false), AllocationNumber(one.candidate, false),
                         PageCell(ShortFunctionName(one.function), limits),
                         PageCell(PlaceOf(one), limits)}));
  }
  absl::StrAppend(&text, "\nCounted: ", PageSentence(explanation.method, limits), ".\n");
  if (!explanation.flame_graph.empty()) {
    absl::StrAppend(&text, "\n[Flame graph](", explanation.flame_graph, ")\n");
  }
  return text;
}

}  // namespace

std::string ExplanationSummary(const Explanation& explanation) {
  constexpr size_t kMaxNamed = 3;
  if (!explanation.problem.empty()) return absl::StrCat("not explained: ", explanation.problem);
  std::string text = InstructionsSentence(explanation);
  for (size_t i = 0; i < std::min(explanation.functions.size(), kMaxNamed); ++i) {
    absl::StrAppend(&text, "; ", GroupedNumber(explanation.functions[i].difference, true), " ",
                    ShortFunctionName(explanation.functions[i].function));
  }
  for (const std::string& note : explanation.notes) absl::StrAppend(&text, "; ", note);
  return text;
}

std::string ExplanationText(const Verdict& verdict) {
  std::string text;
  for (const Explanation& explanation : verdict.explanations) {
    absl::StrAppend(&text, "\nexplained: ", OneLine(explanation.benchmark), "\n");
    if (!explanation.problem.empty()) {
      absl::StrAppend(&text, "  ",
                      Wrapped(absl::StrCat("not explained: ", OneLine(explanation.problem)), "  "));
      continue;
    }
    absl::StrAppend(&text, "  ", InstructionsSentence(explanation), "\n");
    for (const std::string& note : explanation.notes) {
      absl::StrAppend(&text, Wrapped(absl::StrCat("  ", OneLine(note)), "  "));
    }
    if (!explanation.functions.empty()) AppendFunctions(explanation, text);
    AppendAllocations(explanation, text);
    absl::StrAppend(&text, Wrapped(absl::StrCat("  counted: ", explanation.method), "  "));
    absl::StrAppend(&text, "  flame graph: ",
                    explanation.flame_graph.empty() ? "not written; --evidence_dir=DIR writes it"
                                                    : explanation.flame_graph,
                    "\n");
  }
  return text;
}

std::string ExplanationSection(const Verdict& verdict, const PageLimits& limits, size_t max_bytes) {
  if (verdict.explanations.empty()) return "";
  std::string text = "\n## Where the difference comes from\n";
  for (size_t i = 0; i < verdict.explanations.size(); ++i) {
    const std::string block = PageBlock(verdict.explanations[i], limits);
    if (max_bytes != kUnlimited && text.size() + block.size() + kMoreBytes > max_bytes) {
      return absl::StrCat(text, "\nAnd ", verdict.explanations.size() - i,
                          " more; `--all` shows them.\n");
    }
    text += block;
  }
  return text;
}

}  // namespace slo::tools
