#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/render_change.h"
#include "tools/slo_gate/render/render_explanation.h"
#include "tools/slo_gate/render/render_summary.h"
#include "tools/slo_gate/render/sentence.h"
#include "tools/slo_gate/render/status_color.h"
#include "tools/slo_gate/render/text_layout.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kVerdict = "verdict: ";
constexpr absl::string_view kSentenceIndent = "  ";
constexpr absl::string_view kIndent = "              ";
// What a person reads without scrolling.
constexpr size_t kMaxSummaryLines = 40;
// Benchmarks have so many lines even where notes and what is not a pass take the others.
constexpr size_t kMinTableLines = 12;
constexpr size_t kMaxFilesShown = 3;
constexpr size_t kMaxOverridesShown = 6;
// Of a git revision: enough to find it.
constexpr size_t kRevisionColumns = 12;

void AppendCheckInFull(const PlacedCheck& placed, bool use_color, std::string& text) {
  const Check& check = *placed.check;
  absl::StrAppendFormat(
      &text, "%s %8s  %12s  %12s  %-12s  %s  %s  %s\n",
      InColor(check.status, absl::StrFormat("%-13s", StatusText(check)), use_color),
      HeadroomText(check), ValueText(check, check.actual), ValueText(check, check.bound),
      absl::StrCat(LimitText(check), check.overridden.has_value() ? "*" : ""), check.id,
      check.metric, placed.scenario->name);
  if (check.overridden.has_value()) {
    absl::StrAppend(&text, kIndent, "* limit ", check.threshold.text, " from ",
                    check.overridden->source, " instead of ", check.overridden->original_text,
                    "\n");
  }
  if (check.change() != nullptr && check.change()->lower.has_value()) {
    absl::StrAppend(&text, kIndent, ChangeBar(check), "\n");
  } else if (check.samples.has_value() && IsShownInFull(check)) {
    absl::StrAppend(&text, kIndent, "samples: ", SamplesText(check), "\n");
  }
  if (!IsShownInFull(check)) return;
  absl::StrAppend(&text, kIndent, ReasonText(check), "\n", kIndent, "why: ", check.why, "\n");
}

std::string EveryCheck(const Verdict& verdict, bool use_color) {
  std::string text = absl::StrFormat("%-13s %8s  %12s  %12s  %-12s  %s\n", "status", "headroom",
                                     "value", "bound", "limit", "objective, metric, row");
  for (const PlacedCheck& placed : WorstFirst(verdict)) {
    AppendCheckInFull(placed, use_color, text);
  }
  return text;
}

// Of a sentence; programs that search all checks find it on one line.
std::string Lines(const std::string& sentence, const TextOptions& options) {
  return options.all ? absl::StrCat(sentence, "\n") : Wrapped(sentence, kSentenceIndent);
}

std::string Head(const Verdict& verdict, const TextOptions& options) {
  const CheckStatus status = verdict.summary.overall_status;
  const std::string plain =
      Lines(absl::StrCat(kVerdict, Name(status), ": ", SummaryLine(verdict)), options);
  std::string text = absl::StrCat(kVerdict, InColor(status, Name(status), options.use_color),
                                  plain.substr(kVerdict.size() + Name(status).size()));
  absl::StrAppend(&text, Lines(GuaranteeLine(verdict.summary), options));
  absl::StrAppend(&text, Lines(CoverageLine(verdict.coverage), options));
  for (const std::string& sentence : RegressionLines(verdict)) {
    absl::StrAppend(&text, Lines(sentence, options));
  }
  return text;
}

// "results.json, more.json and 2 more files by thresholds/slo.json".
std::string JudgedLine(const Verdict& verdict) {
  std::vector<std::string> files = ResultFiles(verdict);
  const size_t more = files.size() > kMaxFilesShown ? files.size() - kMaxFilesShown : 0;
  files.resize(files.size() - more);
  return absl::StrCat("judged: ", absl::StrJoin(files, ", "),
                      more > 0 ? absl::StrCat(" and ", more, " more files") : "", " by ",
                      LimitsFile(verdict));
}

// When, on what and of what; empty where the results say nothing of it.
std::string MeasuredLine(const Verdict& verdict) {
  std::vector<std::string> facts;
  const auto add = [&](const char* key, absl::string_view before, absl::string_view after) {
    const auto found = verdict.provenance.find(key);
    if (found == verdict.provenance.end() || found->second == "not stated") return;
    const bool is_revision = absl::string_view(key) == "git_revision";
    facts.push_back(absl::StrCat(
        before, is_revision ? FirstColumns(found->second, kRevisionColumns) : found->second,
        after));
  };
  add("measured_at", "", "");
  add("git_revision", "revision ", "");
  add("cpu_model", "", "");
  add("cores", "", " cores");
  return facts.empty() ? "" : absl::StrCat("measured: ", absl::StrJoin(facts, ", "));
}

// "* load_latency_p99 <= 800us (--override; the file says 50us)"; empty where every limit is the
// file's.
std::string OverriddenLine(const Verdict& verdict) {
  std::set<std::string> limits;
  for (const Scenario& scenario : verdict.scenarios) {
    for (const Check& check : scenario.checks) {
      if (!check.overridden.has_value()) continue;
      limits.insert(absl::StrCat(check.id, " ", LimitText(check), " (", check.overridden->source,
                                 "; the file says ", check.overridden->original_text, ")"));
    }
  }
  if (limits.empty()) return "";
  std::vector<std::string> shown(limits.begin(), limits.end());
  const size_t more = shown.size() > kMaxOverridesShown ? shown.size() - kMaxOverridesShown : 0;
  shown.resize(shown.size() - more);
  return absl::StrCat("* ", absl::StrJoin(shown, ", "),
                      more > 0 ? absl::StrCat(" and ", more, " more limits") : "");
}

std::string Tail(const Verdict& verdict, const TextOptions& options) {
  std::vector<std::string> sentences;
  // Every check says it itself.
  if (!options.all) sentences.push_back(OverriddenLine(verdict));
  for (const std::string& note : verdict.notes) sentences.push_back(absl::StrCat("note: ", note));
  sentences.push_back(MeasuredLine(verdict));
  sentences.push_back(JudgedLine(verdict));
  sentences.push_back(absl::StrCat(
      "evidence: ",
      options.evidence.empty() ? "not written; --evidence_dir=DIR writes it" : options.evidence,
      options.all ? "" : "; --all lists every check"));
  std::string text;
  for (const std::string& sentence : sentences) {
    if (!sentence.empty()) absl::StrAppend(&text, Lines(sentence, options));
  }
  return text;
}

size_t LinesOf(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

std::string RenderText(const Verdict& verdict, const TextOptions& options) {
  const std::string head = Head(verdict, options);
  const std::string tail = Tail(verdict, options);
  if (options.all) {
    return absl::StrCat(head, "\n", EveryCheck(verdict, options.use_color), "\n", tail,
                        ExplanationText(verdict));
  }
  std::string blocks = FullBlocks(verdict, options.use_color);
  if (!blocks.empty()) absl::StrAppend(&blocks, "\n");
  const size_t empty_lines = 2;  // around the table
  const size_t taken = LinesOf(head) + LinesOf(blocks) + LinesOf(tail) + empty_lines;
  const size_t table_lines =
      taken + kMinTableLines < kMaxSummaryLines ? kMaxSummaryLines - taken : kMinTableLines;
  return absl::StrCat(head, "\n", SummaryTable(verdict, table_lines, options.use_color), "\n",
                      blocks, tail, ExplanationText(verdict));
}

}  // namespace slo::tools
