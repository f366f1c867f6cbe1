#include "tools/slo_gate/render/markdown_tables.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/slo_gate/render/markdown_rows.h"
#include "tools/slo_gate/render/sentence.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kOtherFamilies = "other families";

// The benchmarks of a table.
struct Family {
  std::string text;   // heading and a row a benchmark, its worst check
  size_t folded = 0;  // other checks, that are no part of NotAPassSection
  size_t shown = 0;   // of these
  std::string folded_text;
};

// A section a family, with the checks in one order over all of them.
class FamilyTables {
 public:
  FamilyTables(const Verdict& verdict, const PageLimits& limits, size_t max_bytes)
      : verdict_(verdict),
        limits_(limits),
        is_change_(verdict.comparison() != nullptr),
        budget_(max_bytes > kMoreBytes ? max_bytes - kMoreBytes : 0) {}

  std::string Take() && {
    const std::vector<PlacedCheck> rows = WorstOfEach(verdict_);
    size_t shown = 0;
    while (shown < rows.size() && shown < limits_.benchmarks && AddRow(rows[shown])) ++shown;
    AddFolded();
    std::string text;
    for (const Family& family : families_) AppendFamily(family, text);
    if (shown < rows.size()) {
      absl::StrAppend(&text, "\nAnd ", rows.size() - shown,
                      " more benchmarks, none of them worse; `--all` lists them.\n");
    }
    return text;
  }

 private:
  // A table of its own also takes its head, and what folds its other checks.
  static constexpr size_t kFoldBytes = 600;

  bool AddRow(const PlacedCheck& row) {
    std::string name = FamilyOf(*row.scenario);
    if (families_.size() >= kMaxFamilyTables && !index_.contains(name)) {
      name = std::string(kOtherFamilies);
    }
    const std::string text =
        TableRow(IsShownInFull(*row.check) ? PointerCells(row, is_change_, limits_)
                                           : CheckCells(row, limits_));
    const auto found = index_.find(name);
    if (found != index_.end()) {
      if (!budget_.Take(text.size())) return false;
      families_[found->second].text += text;
      of_scenario_[row.scenario] = found->second;
    } else {
      const std::string head =
          absl::StrCat("\n## ", PageCell(name, limits_), ": ", Name(row.check->status), "\n\n",
                       TableHead(CheckTitles(is_change_)));
      if (!budget_.Take(head.size() + text.size() + kFoldBytes)) return false;
      of_scenario_[row.scenario] = index_[name] = families_.size();
      families_.push_back({.text = absl::StrCat(head, text)});
    }
    rows_.insert(row.check);
    return true;
  }

  void AddFolded() {
    size_t left = limits_.folded;
    for (const PlacedCheck& placed : WorstFirst(verdict_)) {
      const auto found = of_scenario_.find(placed.scenario);
      if (found == of_scenario_.end() || rows_.contains(placed.check)) continue;
      if (IsShownInFull(*placed.check)) continue;
      Family& family = families_[found->second];
      ++family.folded;
      if (left == 0) continue;
      const std::string text = TableRow(CheckCells(placed, limits_));
      if (!budget_.Take(text.size())) {
        left = 0;  // the next ones are no worse
        continue;
      }
      --left;
      ++family.shown;
      family.folded_text += text;
    }
  }

  void AppendFamily(const Family& family, std::string& text) const {
    text += family.text;
    if (family.folded == 0) return;
    std::string table = absl::StrCat(TableHead(CheckTitles(is_change_)), family.folded_text);
    if (family.shown < family.folded) {
      absl::StrAppend(&table, "\nAnd ", family.folded - family.shown,
                      " more, none of them worse; `--all` lists them.\n");
    }
    absl::StrAppend(
        &text, Folded(absl::StrCat(family.folded, family.folded == 1 ? " other check that passed"
                                                                     : " other checks that passed"),
                      table));
  }

  const Verdict& verdict_;
  const PageLimits& limits_;
  bool is_change_;
  ByteBudget budget_;
  std::vector<Family> families_;
  absl::flat_hash_map<std::string, size_t> index_;
  absl::flat_hash_map<const Scenario*, size_t> of_scenario_;
  absl::flat_hash_set<const Check*> rows_;
};

// Of one objective, in the order of its first check among all.
struct ReasonTable {
  std::string id;
  std::string text;
};

std::string ReasonHead(const Check& check, const PageLimits& limits,
                       absl::flat_hash_map<std::string, std::string>& said) {
  std::string text = absl::StrCat("\n### ", PageCell(check.id, limits), "\n");
  if (!check.why.empty()) {
    const auto [found, is_new] = said.try_emplace(check.why, check.id);
    absl::StrAppend(
        &text, "\nWhy: ",
        PageSentence(is_new ? check.why : absl::StrCat("as for ", found->second), limits), "\n");
  }
  const MarkdownRow first = {"status", "benchmark", "metric"};
  const MarkdownRow numbers = NumberTitles(check.change() != nullptr);
  return absl::StrCat(text, "\n", TableHead(Joined(Joined(first, numbers), {"reason"})));
}

std::string ReasonRow(const PlacedCheck& placed, const PageLimits& limits) {
  const Check& check = *placed.check;
  const MarkdownRow named = {PageCell(StatusText(check), limits),
                             PageCell(placed.scenario->name, limits),
                             PageCell(check.metric, limits)};
  return TableRow(
      Joined(Joined(named, NumberCells(check, limits)), {PageSentence(ReasonText(check), limits)}));
}

// "a, b and 3 more"; the whole page has all.
std::string IdList(const std::set<std::string>& ids, const PageLimits& limits) {
  constexpr size_t kMaxIds = 10;
  if (limits.bytes == kUnlimited || ids.size() <= kMaxIds) {
    return PageSentence(absl::StrJoin(ids, ", "), limits);
  }
  const std::vector<std::string> first(ids.begin(), std::next(ids.begin(), kMaxIds));
  return absl::StrCat(PageSentence(absl::StrJoin(first, ", "), limits), " and ",
                      ids.size() - kMaxIds, " more");
}

}  // namespace

std::string FamilyOf(const Scenario& scenario) {
  if (IsControl(scenario)) return "controls";
  return scenario.name.substr(0, scenario.name.find('/'));
}

std::string Folded(absl::string_view summary, absl::string_view content) {
  return absl::StrCat("\n<details><summary>", summary, "</summary>\n\n", content, "\n</details>\n");
}

PageSection NotAPassSection(const Verdict& verdict, const PageLimits& limits, size_t max_bytes) {
  const std::vector<PlacedCheck> all = NotAPass(verdict);
  if (all.empty()) return {};
  PageSection section;
  section.text =
      absl::StrCat("\n## Not a pass: ", all.size(), all.size() == 1 ? " check" : " checks", "\n");
  const size_t frame = section.text.size() + kMoreBytes;
  ByteBudget budget(max_bytes > frame ? max_bytes - frame : 0);
  std::vector<ReasonTable> tables;
  absl::flat_hash_map<std::string, size_t> index;
  absl::flat_hash_map<std::string, std::string> said;  // a why, and the objective that has it
  for (; section.checks < all.size() && section.checks < limits.not_a_pass; ++section.checks) {
    const PlacedCheck& placed = all[section.checks];
    const auto found = index.find(placed.check->id);
    const std::string head =
        found == index.end() ? ReasonHead(*placed.check, limits, said) : std::string();
    const std::string row = ReasonRow(placed, limits);
    if (!budget.Take(head.size() + row.size())) break;
    if (found == index.end()) {
      index[placed.check->id] = tables.size();
      tables.push_back({placed.check->id, absl::StrCat(head, row)});
    } else {
      tables[found->second].text += row;
    }
  }
  for (const ReasonTable& table : tables) section.text += table.text;
  if (all.size() > section.checks) {
    absl::StrAppend(&section.text, "\nAnd ", all.size() - section.checks,
                    " more, none of them worse; `--all` lists them.\n");
  }
  return section;
}

std::string FamilySections(const Verdict& verdict, const PageLimits& limits, size_t max_bytes) {
  return FamilyTables(verdict, limits, max_bytes).Take();
}

std::string WhySection(const Verdict& verdict, const PageLimits& limits, size_t max_bytes) {
  absl::flat_hash_set<std::string> said;
  const std::vector<PlacedCheck> above = NotAPass(verdict);
  for (size_t i = 0; i < above.size() && i < limits.not_a_pass; ++i) {
    said.insert(above[i].check->why);
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
  if (objectives_by_why.empty() || max_bytes < kMoreBytes) return "";
  ByteBudget budget(max_bytes - kMoreBytes);
  std::string list;
  size_t shown = 0;
  for (const auto& [why, ids] : objectives_by_why) {
    const std::string line =
        absl::StrCat("- ", IdList(ids, limits), ": ", PageSentence(why, limits), "\n");
    if (!budget.Take(line.size())) break;
    list += line;
    ++shown;
  }
  if (shown < objectives_by_why.size()) {
    absl::StrAppend(&list, "- and ", objectives_by_why.size() - shown,
                    " more reasons; `--all` lists them\n");
  }
  return Folded("why there is each objective", list);
}

}  // namespace slo::tools
