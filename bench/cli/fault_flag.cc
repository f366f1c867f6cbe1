#include "bench/cli/fault_flag.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "tools/lib/text/nearest_name.h"

namespace slo::bench {
namespace {

// A field of a fault: reads its text, or says no.
struct Field {
  absl::string_view expected;
  bool (*set)(absl::string_view text, Fault& fault);
};

constexpr Field kTime = {"a time from 1ns to 60s", [](absl::string_view text, Fault& fault) {
                           return absl::ParseDuration(text, &fault.time) &&
                                  fault.time >= absl::Nanoseconds(1) &&
                                  fault.time <= absl::Seconds(60);
                         }};
constexpr Field kProbability = {"a probability from 0 to 1 or 0% to 100%",
                                [](absl::string_view text, Fault& fault) {
                                  const double unit = absl::ConsumeSuffix(&text, "%") ? 100 : 1;
                                  if (!absl::SimpleAtod(text, &fault.probability)) return false;
                                  fault.probability /= unit;
                                  return fault.probability >= 0 && fault.probability <= 1;
                                }};
constexpr Field kRuns = {
    "a number of runs from 1 to 1000000000", [](absl::string_view text, Fault& fault) {
      return absl::SimpleAtoi(text, &fault.runs) && fault.runs >= 1 && fault.runs <= 1'000'000'000;
    }};
constexpr Field kStatus = {"a status from 400 to 599", [](absl::string_view text, Fault& fault) {
                             return absl::SimpleAtoi(text, &fault.status) && fault.status >= 400 &&
                                    fault.status <= 599;
                           }};
constexpr Field kBytes = {"bytes from 8 to 1048576", [](absl::string_view text, Fault& fault) {
                            return absl::SimpleAtoi(text, &fault.bytes) && fault.bytes >= 8 &&
                                   fault.bytes <= 1'048'576;
                          }};

struct Kind {
  absl::string_view name;
  FaultKind kind;
  absl::string_view form;  // what stands behind the name
  absl::string_view meaning;
  std::array<Field, 2> fields;
  size_t needed;
  size_t possible;
};

constexpr std::array<Kind, 6> kKinds = {{
    {"delay", FaultKind::kDelay, "TIME", "a request takes TIME longer", {kTime}, 1, 1},
    {"tail",
     FaultKind::kTail,
     "PROBABILITY:TIME",
     "it does with PROBABILITY",
     {kProbability, kTime},
     2,
     2},
    {"stall",
     FaultKind::kStall,
     "RUNS:TIME",
     "the whole API stands still for TIME every RUNS runs",
     {kRuns, kTime},
     2,
     2},
    {"error",
     FaultKind::kError,
     "PROBABILITY[:STATUS]",
     "a request is not executed and answered with STATUS (503)",
     {kProbability, kStatus},
     1,
     2},
    {"leak", FaultKind::kLeak, "BYTES", "a request leaves BYTES allocated", {kBytes}, 1, 1},
    {"growth",
     FaultKind::kGrowth,
     "TIME",
     "a request takes TIME longer for every thousand runs created",
     {kTime},
     1,
     1},
}};

std::vector<absl::string_view> KindNames() {
  std::vector<absl::string_view> names;
  for (const Kind& kind : kKinds) names.push_back(kind.name);
  return names;
}

std::string At(absl::string_view text) { return absl::StrCat(text, ": "); }

// Takes "@STAGE" off the end of `rest`.
void ReadStage(absl::string_view text, absl::string_view& rest, Fault& fault,
               std::vector<std::string>& problems) {
  const size_t at = rest.find('@');
  if (at == absl::string_view::npos) return;
  const absl::string_view name = rest.substr(at + 1);
  rest = rest.substr(0, at);
  fault.stage = StageNamed(name);
  if (fault.stage.has_value()) return;
  problems.push_back(absl::StrCat(At(text), "unknown stage \"", name, "\"",
                                  tools::DidYouMean(name, StageNames()),
                                  " stages: ", absl::StrJoin(StageNames(), ", ")));
}

Fault ParseFault(absl::string_view text, std::vector<std::string>& problems) {
  Fault fault;
  absl::string_view rest = text;
  ReadStage(text, rest, fault, problems);
  const std::vector<absl::string_view> parts = absl::StrSplit(rest, ':');
  const auto* kind =
      absl::c_find_if(kKinds, [&](const Kind& known) { return known.name == parts[0]; });
  if (kind == kKinds.end()) {
    problems.push_back(absl::StrCat(At(text), "unknown fault \"", parts[0], "\"",
                                    tools::DidYouMean(parts[0], KindNames()),
                                    " faults: ", absl::StrJoin(KindNames(), ", ")));
    return fault;
  }
  fault.kind = kind->kind;
  const size_t fields = parts.size() - 1;
  if (fields < kind->needed || fields > kind->possible) {
    problems.push_back(absl::StrCat(At(text), "expected ", kind->name, ":", kind->form));
    return fault;
  }
  for (size_t i = 0; i < fields; ++i) {
    if (kind->fields[i].set(parts[i + 1], fault)) continue;
    problems.push_back(absl::StrCat(At(text), "expected ", kind->fields[i].expected, ", found \"",
                                    parts[i + 1], "\""));
  }
  return fault;
}

}  // namespace

absl::StatusOr<std::vector<Fault>> ParseFaults(absl::string_view text) {
  std::vector<Fault> faults;
  std::vector<std::string> problems;
  for (const absl::string_view one : absl::StrSplit(text, ',')) {
    faults.push_back(ParseFault(one, problems));
  }
  if (!problems.empty()) return absl::InvalidArgumentError(absl::StrJoin(problems, "\n"));
  return faults;
}

std::string FaultHelp() {
  std::string help = absl::StrCat(
      "plants faults around the API, by --slo_seed; with @STAGE behind it a fault strikes the "
      "requests of that stage only (",
      absl::StrJoin(StageNames(), ", "), "):");
  for (const Kind& kind : kKinds) {
    absl::StrAppend(&help, "\n", kind.name, ":", kind.form, ": ", kind.meaning);
  }
  return help;
}

}  // namespace slo::bench
