#include "tools/slo_gate/cli/explain_verdict.h"

#include <algorithm>
#include <ostream>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/text/glob.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

bool MatchesAnyGlob(const std::vector<std::string>& globs, const std::string& name) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return GlobMatches(glob, name); });
}

// The first file with pairs of the benchmark; null: there is none.
const PairsFile* FileOf(const ComparisonFindings& findings, const std::string& benchmark) {
  for (const PairsFile& file : findings.pairs) {
    for (const MeasuredPairs& measured : file.measured) {
      if (measured.comparison == Comparison::kChange && measured.benchmark == benchmark) {
        return &file;
      }
    }
  }
  return nullptr;
}

}  // namespace

std::vector<ChangeToExplain> ChangesToExplain(const Verdict& verdict,
                                              const std::vector<std::string>& globs) {
  std::vector<ChangeToExplain> changes;
  if (verdict.comparison() == nullptr) return changes;
  std::set<std::string> seen;
  for (const PlacedCheck& placed : WorstFirst(verdict)) {
    const ComparisonDetail* detail = placed.check->change();
    const std::string& name = placed.scenario->name;
    if (detail == nullptr || detail->control != Control::kNone) continue;
    if (detail->outcome != Reason::kRegressed && !MatchesAnyGlob(globs, name)) continue;
    const PairsFile* file = FileOf(*verdict.comparison(), name);
    if (file == nullptr || !seen.insert(name).second) continue;
    changes.push_back({.benchmark = name,
                       .base = file->base.binary,
                       .candidate = file->candidate.binary,
                       .change = placed.check->actual});
  }
  return changes;
}

std::vector<std::string> ExplainVerdict(const std::vector<std::string>& globs,
                                        const ProfileTools& tools, std::ostream& progress,
                                        Verdict& verdict) {
  const std::vector<ChangeToExplain> changes = ChangesToExplain(verdict, globs);
  std::vector<std::string> flame_graphs;
  const absl::Status has_tools = changes.empty() ? absl::OkStatus() : CheckTools(tools);
  for (size_t i = 0; i < changes.size(); ++i) {
    std::string problem(has_tools.message());
    if (has_tools.ok() && i >= kMaxExplained) {
      problem = absl::StrCat("only the first ", kMaxExplained,
                             " are explained; --explain_benchmark=", changes[i].benchmark,
                             " with pairs of it alone explains it");
    }
    if (!problem.empty()) {
      verdict.explanations.push_back({.benchmark = changes[i].benchmark, .problem = problem});
      flame_graphs.emplace_back();
      continue;
    }
    progress << "slo_gate compare: counting instructions of " << changes[i].benchmark << " ("
             << i + 1 << " of " << std::min(changes.size(), kMaxExplained) << ")" << std::endl;
    ExplainedChange explained = ExplainChange(changes[i], tools);
    verdict.explanations.push_back(std::move(explained.explanation));
    flame_graphs.push_back(std::move(explained.flame_graph));
  }
  return flame_graphs;
}

}  // namespace slo::tools
