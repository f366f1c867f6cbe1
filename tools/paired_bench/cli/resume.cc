#include "tools/paired_bench/cli/resume.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/lib/files/input_file.h"
#include "tools/lib/text/problem_list.h"
#include "tools/paired_bench/cli/paired_flags.h"

namespace slo::paired {
namespace {

// Flags that change how long it measures and where that is written, and not what.
constexpr std::array<absl::string_view, 4> kGivenAnew = {"--resume", "--budget", "--out",
                                                         "--timeout"};

bool MayBeGivenAnew(absl::string_view argument) {
  const absl::string_view name = argument.substr(0, argument.find('='));
  return std::find(kGivenAnew.begin(), kGivenAnew.end(), name) != kGivenAnew.end();
}

std::string Member(const tools::PairsFile& file, const std::string& key) {
  const auto found = file.collection.find(key);
  return found != file.collection.end() ? found->second : "";
}

const tools::MeasuredPairs* QuietControlOf(const tools::PairsFile& file) {
  const auto found =
      std::find_if(file.measured.begin(), file.measured.end(), [](const tools::MeasuredPairs& one) {
        return one.comparison == tools::Comparison::kQuietControl;
      });
  return found != file.measured.end() ? &*found : nullptr;
}

}  // namespace

absl::StatusOr<Resumed> ReadResumed(absl::Span<const absl::string_view> arguments,
                                    const std::string& file) {
  // It is written to again.
  if (file == "-") return absl::InvalidArgumentError("--resume=-: expected a file");
  const absl::StatusOr<std::string> text = tools::ReadInput(file, std::cin);
  if (!text.ok()) return text.status();
  absl::StatusOr<tools::PairsFile> pairs = tools::ParsePairsFile(file, *text);
  if (!pairs.ok()) return pairs.status();
  tools::ProblemList problems;
  if (pairs->arguments.empty()) {
    problems.Add(absl::StrCat(file,
                              ": arguments: expected those that it was measured with, found "
                              "none; measure anew"));
  }
  for (const absl::string_view argument : arguments) {
    if (MayBeGivenAnew(argument)) continue;
    problems.Add(absl::StrCat(argument, ": --resume goes on as ", file,
                              " was begun; expected no flags beside it but --budget, --out and "
                              "--timeout"));
  }
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  // A flag that is given twice counts as it is given last.
  const std::string out = absl::StrCat("--out=", file);
  std::vector<absl::string_view> all(pairs->arguments.begin(), pairs->arguments.end());
  const auto end_of_flags = std::find(all.begin(), all.end(), "--");
  std::vector<absl::string_view> anew = {out};
  anew.insert(anew.end(), arguments.begin(), arguments.end());
  all.insert(end_of_flags, anew.begin(), anew.end());
  absl::StatusOr<PairedOptions> options = ParsePairedOptions(all);
  if (!options.ok()) return options.status();
  const tools::MeasuredPairs* const control = QuietControlOf(*pairs);
  if (control != nullptr) options->control = control->benchmark;
  return Resumed{.options = *std::move(options), .file = *std::move(pairs)};
}

absl::Status CheckSameCollection(const tools::PairsFile& before, const tools::PairsFile& now) {
  tools::ProblemList problems;
  const auto compare = [&](absl::string_view what, const std::string& then,
                           const std::string& found) {
    if (then == found && !then.empty()) return;
    problems.Add(absl::StrCat(before.file, ": ", what, ": expected \"", then,
                              "\", as it was measured with, found \"", found,
                              "\"; pairs of another one would be no more of the same: measure "
                              "anew, without --resume"));
  };
  compare(absl::StrCat("the base ", before.base.binary), before.base.identity, now.base.identity);
  compare(absl::StrCat("the candidate ", before.candidate.binary), before.candidate.identity,
          now.candidate.identity);
  for (const char* key : {"machine", "limits", "cpu"}) {
    compare(key, Member(before, key), Member(now, key));
  }
  return problems.ToStatus();
}

}  // namespace slo::paired
