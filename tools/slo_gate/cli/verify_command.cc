#include "tools/slo_gate/cli/verify_command.h"

#include <ostream>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "tools/lib/files/input_file.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/evidence/verify.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kVerify = "verify";

}  // namespace

int RunVerify(absl::Span<const absl::string_view> arguments, const GateEnvironment& environment) {
  ProblemList problems;
  const CommandLine line = FlagList().Parse(
      arguments, [](size_t, absl::string_view) { return absl::OkStatus(); }, problems);
  if (line.help || line.version) return AnswerGate(line, VerifyHelp(), environment);
  if (line.positional.size() != 1) {
    problems.Add(std::string("expected one file, for example docs/evidence/latest.json"));
  }
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return FailGate(status, kVerify, environment);
  const std::string& file = line.positional[0];
  const absl::StatusOr<std::string> text = ReadInput(file, environment.in);
  if (!text.ok()) return FailGate(text.status(), kVerify, environment);
  const absl::StatusOr<Verification> verification = VerifyEvidence(file, *text);
  if (!verification.ok()) return FailGate(verification.status(), kVerify, environment);
  for (const std::string& difference : verification->differences) {
    environment.out << file << ": " << difference << '\n';
  }
  const bool is_confirmed = verification->differences.empty();
  environment.out << file << ": " << verification->checks << " checks recomputed, verdict "
                  << verification->overall_status << (is_confirmed ? " confirmed" : "") << "; "
                  << verification->differences.size() << " differences\n";
  return FinishGate(is_confirmed ? 0 : 1, kVerify, environment);
}

std::string VerifyHelp() {
  return absl::StrCat(R"(usage: slo_gate verify EVIDENCE.json

Judges the results in the evidence again and names every difference. "-" is the standard input.

)",
                      FlagList().Help(), R"(
Exit code: 0 confirmed, 1 the evidence says something else than follows from it, 2 unusable input.
)");
}

}  // namespace slo::tools
