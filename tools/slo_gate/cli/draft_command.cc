#include "tools/slo_gate/cli/draft_command.h"

#include <ostream>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "tools/lib/flags/flag_table.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/cli/report_inputs.h"
#include "tools/slo_gate/draft/draft.h"
#include "tools/slo_gate/pool/pool.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kDraft = "draft";
constexpr int kNothingToLimit = 3;

const FlagTable<DraftOptions>& DraftFlags() {
  static const auto* const kFlags = [] {
    auto* flags = new FlagTable<DraftOptions>;
    flags->TextList({"metric", "NAME",
                     "what is limited; may be given several times (default real_time and "
                     "cpu_time). slo_gate show lists the metrics"},
                    &DraftOptions::metrics);
    flags->TextList({"larger-is-better", "NAME",
                     "also this metric, with a minimum; may be given several times. "
                     "items_per_second and bytes_per_second have one anyway"},
                    &DraftOptions::larger_is_better);
    flags->Number({"headroom", "FACTOR", "how far limits are from the worst measured value"},
                  &DraftOptions::headroom, {1, 1'000});
    flags->Choice({"by", "WHAT",
                   "an objective for each name, or one for all sizes of a family, as far from the "
                   "worst of them"},
                  &DraftOptions::by, {{"name", DraftBy::kName}, {"family", DraftBy::kFamily}});
    return flags;
  }();
  return *kFlags;
}

}  // namespace

int RunDraft(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  DraftOptions options = {.date =
                              absl::FormatTime("%Y-%m-%d", environment.now, absl::UTCTimeZone())};
  ProblemList problems;
  const CommandLine line = DraftFlags().Parse(arguments, options, problems);
  if (line.help || line.version) return AnswerGate(line, DraftHelp(), environment);
  const std::vector<Report> reports = ReadReports(line.positional, environment.in, problems);
  if (!reports.empty()) problems.Add(CheckFilesAgree(reports));
  for (const Report& report : reports) {
    if (!IsShard(report)) continue;
    problems.Add(absl::StrCat(report.file, ": is of a shard; slo_gate pool makes one of all"));
  }
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return FailGate(status, kDraft, environment);
  const absl::StatusOr<Draft> draft = DraftThresholds(reports, options);
  if (!draft.ok()) {
    const int unusable = FailGate(draft.status(), kDraft, environment);
    return absl::IsFailedPrecondition(draft.status()) ? kNothingToLimit : unusable;
  }
  environment.out << draft->text;
  for (const std::string& note : draft->notes) {
    environment.err << "slo_gate " << kDraft << ": note: " << note << '\n';
  }
  return FinishGate(0, kDraft, environment);
}

std::string DraftHelp() {
  return absl::StrCat(R"(usage: slo_gate draft [FLAG]... RESULTS.json... > THRESHOLDS.json

Writes a first thresholds file: for each benchmark and metric a limit some factor away from what the
results have, in two significant digits. The results pass by it. Give it the results of a release
build on the machine that will be judged; then replace limits and reasons by your own. Several files
are processes of one program. "-" is the standard input.

)",
                      DraftFlags().Help(), R"(
Exit code: 0 written (what is left out goes to stderr), 2 unusable input (every problem is listed),
3 nothing can be limited: every row failed, is missing, or comes from a debug build.
)");
}

}  // namespace slo::tools
