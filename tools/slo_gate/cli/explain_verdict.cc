#include "tools/slo_gate/cli/explain_verdict.h"

#include <sys/stat.h>

#include <algorithm>
#include <ostream>
#include <set>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
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

// As the collector took it: a file, and no name to be looked for by PATH.
std::string ProgramFile(const std::string& binary) {
  return absl::StrContains(binary, '/') ? binary : absl::StrCat("./", binary);
}

// Whether the program is not the one that was measured any more. The file has whole seconds.
bool IsNewerThan(const std::string& program, const std::string& measured_at_utc) {
  absl::Time measured;
  struct stat status = {};
  return absl::ParseTime(absl::RFC3339_full, measured_at_utc, &measured, nullptr) &&
         stat(program.c_str(), &status) == 0 &&
         absl::TimeFromTimespec(status.st_mtim) >= measured + absl::Seconds(1);
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
                       .base = ProgramFile(file->base.binary),
                       .candidate = ProgramFile(file->candidate.binary),
                       .change = placed.check->actual,
                       .arguments = file->passed_on(),
                       .measured_at_utc = file->generated_at_utc});
  }
  return changes;
}

std::vector<std::string> ExplainVerdict(const std::vector<std::string>& globs,
                                        const ProfileTools& tools, std::ostream& progress,
                                        Verdict& verdict) {
  const std::vector<ChangeToExplain> changes = ChangesToExplain(verdict, globs);
  std::vector<std::string> flame_graphs;
  const absl::Time latest = absl::Now() + kLatestExplanation;
  const absl::Status has_tools = changes.empty() ? absl::OkStatus() : CheckTools(tools);
  for (size_t i = 0; i < changes.size(); ++i) {
    std::string problem(has_tools.message());
    if (has_tools.ok() && (i >= kMaxExplained || absl::Now() > latest)) {
      problem = absl::StrCat("only the worst ", kMaxExplained, " are explained, and none is begun ",
                             "after ", absl::FormatDuration(kLatestExplanation),
                             "; pairs of this benchmark alone are explained too (paired_bench ",
                             "--filter)");
    }
    if (!problem.empty()) {
      verdict.explanations.push_back({.benchmark = changes[i].benchmark, .problem = problem});
      flame_graphs.emplace_back();
      continue;
    }
    progress << "slo_gate compare: counting instructions of " << changes[i].benchmark << " ("
             << i + 1 << " of " << std::min(changes.size(), kMaxExplained) << ")" << std::endl;
    ExplainedChange explained = ExplainChange(changes[i], tools);
    for (const std::string& program : {changes[i].base, changes[i].candidate}) {
      if (!IsNewerThan(program, changes[i].measured_at_utc)) continue;
      explained.explanation.notes.push_back(
          absl::StrCat(program,
                       " was written after the pairs were measured: it may be another "
                       "build than the one that was judged"));
    }
    verdict.explanations.push_back(std::move(explained.explanation));
    flame_graphs.push_back(std::move(explained.flame_graph));
  }
  return flame_graphs;
}

}  // namespace slo::tools
