#include "tools/slo_gate/render/markdown_tables.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/lib/text/percent.h"
#include "tools/slo_gate/render/markdown_cell.h"
#include "tools/slo_gate/render/render_change.h"
#include "tools/slo_gate/render/sentence.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kOtherFamilies = "other families";

using Row = std::vector<std::string>;

std::string TableRow(const Row& cells) {
  return absl::StrCat("| ", absl::StrJoin(cells, " | "), " |\n");
}

std::string TableHead(const Row& titles) {
  std::string rule = "|";
  for (size_t i = 0; i < titles.size(); ++i) absl::StrAppend(&rule, "---|");
  return absl::StrCat(TableRow(titles), rule, "\n");
}

std::string LimitCell(const Check& check) {
  if (!check.overridden.has_value()) return MarkdownCell(LimitText(check));
  return MarkdownCell(absl::StrCat(LimitText(check), " (", check.overridden->source,
                                   "; the file says ", check.overridden->original_text, ")"));
}

std::string IntervalCell(const Check& check) {
  const ComparisonDetail& change = *check.change();
  if (!change.lower.has_value()) return "-";
  return absl::StrCat(ChangeText(*change.lower), " to ", ChangeText(*change.upper));
}

// What a table says of a check behind its name, and the titles of that.
Row NumberTitles(bool is_change) {
  if (is_change) return {"change", "interval", "limit", "pairs", "none `:` limit `!`"};
  return {"limit", "value", "bound", "confidence", "samples", "headroom"};
}

Row NumberCells(const Check& check) {
  if (check.change() != nullptr) {
    const std::string bar =
        check.change()->lower.has_value() ? absl::StrCat("`", ChangeBar(check), "`") : "-";
    return {ValueText(check, check.actual), IntervalCell(check), LimitCell(check),
            SamplesText(check), bar};
  }
  return {LimitCell(check),
          ValueText(check, check.actual),
          ValueText(check, check.bound),
          ConfidenceText(check),
          SamplesText(check),
          HeadroomText(check)};
}

Row Joined(Row first, const Row& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Row CheckTitles(bool is_change) {
  return Joined({"status", "benchmark", "objective", "metric"}, NumberTitles(is_change));
}

Row CheckCells(const PlacedCheck& placed) {
  const Check& check = *placed.check;
  return Joined({MarkdownCell(StatusText(check)), MarkdownCell(placed.scenario->name),
                 MarkdownCell(check.id), MarkdownCell(check.metric)},
                NumberCells(check));
}

// A benchmark of which the page shows its worst check further up.
Row PointerCells(const PlacedCheck& placed, bool is_change) {
  Row cells = {MarkdownCell(StatusText(*placed.check)), MarkdownCell(placed.scenario->name),
               "not a pass", ""};
  cells.resize(cells.size() + NumberTitles(is_change).size(), "");
  return cells;
}

// The benchmarks of a table.
struct Family {
  std::string name;
  std::vector<PlacedCheck> rows;    // the worst check of each, the worst first
  std::vector<PlacedCheck> folded;  // the others that are no part of NotAPassSection
};

std::vector<Family> FamiliesOf(const Verdict& verdict, size_t max_benchmarks) {
  std::vector<PlacedCheck> rows = WorstOfEach(verdict);
  if (rows.size() > max_benchmarks) rows.resize(max_benchmarks);
  std::vector<Family> families;
  absl::flat_hash_map<std::string, size_t> index;
  absl::flat_hash_map<const Scenario*, size_t> of_scenario;
  absl::flat_hash_set<const Check*> shown;
  for (const PlacedCheck& row : rows) {
    std::string name = FamilyOf(*row.scenario);
    if (families.size() >= kMaxFamilyTables && !index.contains(name)) {
      name = std::string(kOtherFamilies);
    }
    const auto [found, is_new] = index.try_emplace(name, families.size());
    if (is_new) families.push_back({.name = name});
    families[found->second].rows.push_back(row);
    of_scenario[row.scenario] = found->second;
    shown.insert(row.check);
  }
  for (const PlacedCheck& placed : WorstFirst(verdict)) {
    const auto found = of_scenario.find(placed.scenario);
    if (found == of_scenario.end() || shown.contains(placed.check)) continue;
    if (!IsShownInFull(*placed.check)) families[found->second].folded.push_back(placed);
  }
  return families;
}

void AppendFamily(const Family& family, bool is_change, size_t& folded_left, std::string& text) {
  const Check& worst = *family.rows.front().check;
  absl::StrAppend(&text, "\n## ", MarkdownCell(family.name), ": ", Name(worst.status), "\n\n",
                  TableHead(CheckTitles(is_change)));
  for (const PlacedCheck& row : family.rows) {
    absl::StrAppend(&text, TableRow(IsShownInFull(*row.check) ? PointerCells(row, is_change)
                                                              : CheckCells(row)));
  }
  if (family.folded.empty()) return;
  const size_t shown = std::min(family.folded.size(), folded_left);
  folded_left -= shown;
  std::string table = TableHead(CheckTitles(is_change));
  for (size_t i = 0; i < shown; ++i) {
    absl::StrAppend(&table, TableRow(CheckCells(family.folded[i])));
  }
  if (shown < family.folded.size()) {
    absl::StrAppend(&table, "\nAnd ", family.folded.size() - shown,
                    " more, none of them worse; `--all` lists them.\n");
  }
  absl::StrAppend(&text,
                  Folded(absl::StrCat(family.folded.size(), family.folded.size() == 1
                                                                ? " other check that passed"
                                                                : " other checks that passed"),
                         table));
}

std::vector<PlacedCheck> FirstOf(std::vector<PlacedCheck> checks, size_t count) {
  if (checks.size() > count) checks.resize(count);
  return checks;
}

using ChecksById = std::vector<std::pair<std::string, std::vector<PlacedCheck>>>;

ChecksById ByObjective(const std::vector<PlacedCheck>& checks) {
  ChecksById objectives;
  absl::flat_hash_map<std::string, size_t> index;
  for (const PlacedCheck& placed : checks) {
    const auto [found, is_new] = index.try_emplace(placed.check->id, objectives.size());
    if (is_new) objectives.push_back({placed.check->id, {}});
    objectives[found->second].second.push_back(placed);
  }
  return objectives;
}

// Of one objective.
std::string ReasonTable(const std::vector<PlacedCheck>& checks) {
  const bool is_change = checks.front().check->change() != nullptr;
  std::string table = TableHead(
      Joined(Joined({"status", "benchmark", "metric"}, NumberTitles(is_change)), {"reason"}));
  for (const PlacedCheck& placed : checks) {
    const Check& check = *placed.check;
    const Row named = {MarkdownCell(StatusText(check)), MarkdownCell(placed.scenario->name),
                       MarkdownCell(check.metric)};
    absl::StrAppend(&table, TableRow(Joined(Joined(named, NumberCells(check)),
                                            {MarkdownCell(ReasonText(check))})));
  }
  return table;
}

}  // namespace

std::string FamilyOf(const Scenario& scenario) {
  if (IsControl(scenario)) return "controls";
  return scenario.name.substr(0, scenario.name.find('/'));
}

std::string Folded(absl::string_view summary, absl::string_view content) {
  return absl::StrCat("\n<details><summary>", summary, "</summary>\n\n", content, "\n</details>\n");
}

std::string NotAPassSection(const Verdict& verdict, const PageLimits& limits) {
  const std::vector<PlacedCheck> all = NotAPass(verdict);
  if (all.empty()) return "";
  std::string text =
      absl::StrCat("\n## Not a pass: ", all.size(), all.size() == 1 ? " check" : " checks", "\n");
  absl::flat_hash_map<std::string, std::string> said;  // a why, and the objective that has it
  for (const auto& [id, checks] : ByObjective(FirstOf(all, limits.not_a_pass))) {
    absl::StrAppend(&text, "\n### ", MarkdownCell(id), "\n");
    const std::string& why = checks.front().check->why;
    if (!why.empty()) {
      const auto [found, is_new] = said.try_emplace(why, id);
      absl::StrAppend(&text, "\nWhy: ",
                      MarkdownCell(is_new ? why : absl::StrCat("as for ", found->second)), "\n");
    }
    absl::StrAppend(&text, "\n", ReasonTable(checks));
  }
  if (all.size() > limits.not_a_pass) {
    absl::StrAppend(&text, "\nAnd ", all.size() - limits.not_a_pass,
                    " more, none of them worse; `--all` lists them.\n");
  }
  return text;
}

std::string FamilySections(const Verdict& verdict, const PageLimits& limits) {
  std::string text;
  size_t folded_left = limits.folded;
  size_t shown = 0;
  for (const Family& family : FamiliesOf(verdict, limits.benchmarks)) {
    AppendFamily(family, verdict.comparison() != nullptr, folded_left, text);
    shown += family.rows.size();
  }
  const size_t all = WorstOfEach(verdict).size();
  if (shown < all) {
    absl::StrAppend(&text, "\nAnd ", all - shown,
                    " more benchmarks, none of them worse; `--all` lists them.\n");
  }
  return text;
}

std::string WhySection(const Verdict& verdict, const PageLimits& limits) {
  absl::flat_hash_set<std::string> said;
  for (const PlacedCheck& placed : FirstOf(NotAPass(verdict), limits.not_a_pass)) {
    said.insert(placed.check->why);
  }
  std::vector<std::pair<std::string, std::set<std::string>>> objectives_by_why;
  absl::flat_hash_map<std::string, size_t> index;
  for (const Scenario& scenario : verdict.scenarios) {
    for (const Check& check : scenario.checks) {
      if (check.why.empty() || said.contains(check.why)) continue;
      const auto [found, is_new] = index.try_emplace(check.why, objectives_by_why.size());
      if (is_new) objectives_by_why.push_back({check.why, {}});
      objectives_by_why[found->second].second.insert(check.id);
    }
  }
  if (objectives_by_why.empty()) return "";
  std::string list;
  for (const auto& [why, ids] : objectives_by_why) {
    absl::StrAppend(&list, "- ", MarkdownCell(absl::StrJoin(ids, ", ")), ": ", MarkdownCell(why),
                    "\n");
  }
  return Folded("why there is each objective", list);
}

}  // namespace slo::tools
