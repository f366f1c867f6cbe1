#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "tools/lib/text/percent.h"
#include "tools/slo_gate/render/sentence.h"

namespace slo::tools {
namespace {

absl::string_view Observations(Method method) {
  return method == Method::kProcesses ? "processes a side" : "pairs";
}

// What a side is called where it was measured apart from the other, and where it was not.
absl::string_view NameOf(BuildSide side, Method method) {
  const bool is_base = side == BuildSide::kBase;
  if (method == Method::kPairs) return is_base ? "base" : "candidate";
  return is_base ? "baseline" : "results";
}

std::string DoesNotHave(BuildSide side, Method method, absl::string_view what) {
  const bool is_plural = method != Method::kPairs && side == BuildSide::kCandidate;
  return absl::StrCat("the ", NameOf(side, method), is_plural ? " do" : " does", " not have ",
                      what);
}

std::string MissingText(const Defect& defect, Method method) {
  const bool is_new = defect.side == BuildSide::kBase;
  switch (defect.absent) {
    case Absent::kBenchmark:
      if (method == Method::kExact) {
        return absl::StrCat(is_new ? "new: " : "", DoesNotHave(defect.side, method, "it"),
                            is_new ? "; record it (tools/record-baseline --exact)" : "");
      }
      return absl::StrCat(is_new && method == Method::kProcesses ? "new: " : "",
                          DoesNotHave(defect.side, method, "it"),
                          "; a waiver with the ceiling \"absent\" says where that is meant");
    case Absent::kMetric:
      return DoesNotHave(defect.side, method, defect.metric);
    case Absent::kRecording:
      return "selected, and nothing of it is in the file";
    case Absent::kMatch:
      return "neither binary has a benchmark that the glob matches";
    case Absent::kMatchWithMetric:
      return absl::StrCat("no benchmark that the glob matches has ", defect.metric);
    case Absent::kControl:
    case Absent::kNothing:
      break;
  }
  return "the file does not have this control; paired_bench measures it with every collection";
}

std::string NoTimeText(const Defect& defect, Method method) {
  if (method == Method::kProcesses) {
    return absl::StrCat("expected values of ", defect.metric, " above zero");
  }
  if (!defect.pair.has_value()) {
    return absl::StrCat("the metric ", defect.metric, " was not recorded");
  }
  return absl::StrCat(NameOf(defect.side, method), ", pair ", *defect.pair,
                      ": expected a value above zero, found ",
                      defect.value.has_value() ? absl::StrCat(*defect.value) : "none");
}

std::string DefectText(const Defect& defect, Method method) {
  switch (defect.reason) {
    case Reason::kMissing:
      return MissingText(defect, method);
    case Reason::kNoTime:
      return NoTimeText(defect, method);
    case Reason::kOnlyAggregates:
      return absl::StrCat("the ", NameOf(defect.side, method),
                          defect.side == BuildSide::kBase ? " has" : " have",
                          " only statistics over its rows; measure without "
                          "--benchmark_report_aggregates_only");
    case Reason::kNotExact:
      return absl::StrCat(defect.metric, " differs between the processes of the ",
                          NameOf(defect.side, method), ": it is not exact");
    case Reason::kUnitChanged:
      return absl::StrCat("the base prints ", defect.base_unit, ", the candidate ",
                          defect.candidate_unit);
    case Reason::kRepetitionsMissing:
      return absl::StrCat("the rows of the ", NameOf(defect.side, method), " announce ",
                          defect.expected, " repetitions, and ", defect.found, " are there");
    case Reason::kLacksCounter:
      return absl::StrCat("a row of the ", NameOf(defect.side, method), " lacks ", defect.metric);
    case Reason::kNoTolerance:
      return method == Method::kExact
                 ? "no limit matches one of its metrics"
                 : "no tolerance's glob matches; one with the benchmark \"*\" at the end takes "
                   "the rest";
    default:
      return defect.message;
  }
}

// "+0.12 % [-0.80 %, +1.10 %] over 32 pairs".
std::string Measured(const Check& check, const ComparisonDetail& detail) {
  if (!check.actual.has_value()) return "no pair was measured";
  const std::string interval =
      detail.lower.has_value()
          ? absl::StrCat(" [", ChangeText(*detail.lower), ", ", ChangeText(*detail.upper), "]")
          : "";
  return absl::StrCat(ChangeText(*check.actual), interval, " over ", *check.samples, " ",
                      Observations(detail.method));
}

std::string UndecidedText(const Check& check, const ComparisonDetail& detail) {
  const std::string more = detail.more_pairs_needed.has_value()
                               ? absl::StrCat(detail.lower.has_value() ? "about " : "at least ",
                                              *detail.more_pairs_needed, " more ",
                                              Observations(detail.method), " would decide")
                               : "it is too near to the tolerance for any number of them to decide";
  return absl::StrCat(Measured(check, detail), ": shown neither to be below ", check.threshold.text,
                      " nor to be an increase beyond it; ", more);
}

std::string OutcomeText(const Check& check, const ComparisonDetail& detail) {
  if (!check.actual.has_value()) return "no pair was measured: the collection ended before";
  switch (detail.outcome) {
    case Reason::kOk:
      return absl::StrCat(Measured(check, detail), ": shown to cost less than ",
                          check.threshold.text, " more (non-inferiority with that margin)");
    case Reason::kImproved:
      return absl::StrCat(Measured(check, detail), ": shown to cost less");
    case Reason::kRegressed:
      return absl::StrCat(Measured(check, detail), ": shown to cost more (adjusted p ",
                          absl::StrFormat("%.1e", *detail.p_increase), "), and estimated above ",
                          check.threshold.text);
    default:
      return UndecidedText(check, detail);
  }
}

// Digits enough to tell two figures apart.
std::string Figure(double value) { return absl::StrFormat("%.15g", value); }

std::string ExactText(const ComparisonDetail& detail) {
  std::string text = absl::StrCat("the baseline has ", Figure(*detail.base_value), ", found ",
                                  Figure(*detail.candidate_value));
  if (detail.outcome == Reason::kOk) return text;
  return absl::StrCat(text,
                      detail.outcome == Reason::kChanged    ? ": it answers something else"
                      : detail.outcome == Reason::kImproved ? ": it costs less; record that, or it "
                                                              "could grow back unseen"
                                                            : ": it costs more",
                      " (tools/record-baseline --exact)");
}

// Of a number that all processes of each side agree on.
std::string DeterministicText(const Check& check, const ComparisonDetail& detail) {
  const std::string both = absl::StrCat("the baseline has ", Figure(*detail.base_value), ", found ",
                                        Figure(*detail.candidate_value), " in all of ",
                                        *check.samples, " processes a side");
  if (*detail.base_value == *detail.candidate_value) return absl::StrCat(both, ": equal");
  const std::string change =
      *detail.base_value == 0 ? ": from 0" : absl::StrCat(": ", ChangeText(*check.actual));
  return absl::StrCat(both, change,
                      detail.outcome == Reason::kOk ? ", within " : ", the tolerance is ",
                      check.threshold.text);
}

std::string OneProcessText(const Check& check, const ComparisonDetail& detail) {
  return absl::StrCat(
      ChangeText(*check.actual),
      " observed and not shown: one process a side proves nothing about another day",
      detail.has_repetitions ? ", and repetitions in one process do not count" : "",
      "; record at least 6 of each build: for i in 1 2 3 4 5 6; do PROGRAM "
      "--benchmark_format=json > run$i.json; done; slo_gate merge run*.json > baseline.json");
}

std::string ContextText(const ComparisonDetail& detail) {
  if (detail.outcome == Reason::kNothingCompared) {
    return detail.method == Method::kPairs
               ? "no benchmark was compared"
               : "neither the baseline nor the results have a benchmark";
  }
  if (detail.difference.has_value()) {
    const ContextDifference& difference = *detail.difference;
    return absl::StrCat(difference.key, ": the baseline has \"", difference.base, "\", ",
                        difference.candidate_file, " has \"", difference.candidate, "\"");
  }
  return absl::StrCat("there is no such file: no baseline of the toolchain ", detail.toolchain,
                      "; tools/record-baseline --exact records one");
}

std::string QuietText(const Check& check, const ComparisonDetail& detail) {
  return absl::StrCat(
      Measured(check, detail),
      detail.outcome == Reason::kQuiet ? ": nothing was found"
      : detail.outcome == Reason::kUndecided
          ? absl::StrCat(": too few of them to show that it is below ", check.threshold.text)
          : ": expected to find nothing");
}

std::string SlowedText(const Check& check, const ComparisonDetail& detail) {
  const std::string planted =
      detail.planted_change.has_value()
          ? absl::StrCat(ChangeText(*detail.planted_change),
                         ", planted in the quiet control's pairs")
          : absl::StrCat("the slowdown planted by ",
                         detail.planted_by.empty() ? "arithmetic" : detail.planted_by);
  return absl::StrCat(Measured(check, detail), ": expected to find ", planted,
                      detail.outcome == Reason::kCaught ? ", and found it"
                      : detail.outcome == Reason::kUndecided
                          ? "; for that there are too few of them"
                          : ", and did not");
}

std::string Sentence(const Check& check, const ComparisonDetail& detail) {
  if (detail.outcome == Reason::kWaived) {
    return absl::StrCat("absent on one side, which the waiver means to be so: ",
                        detail.waiver_reason);
  }
  if (detail.defect.has_value()) return DefectText(*detail.defect, detail.method);
  if (detail.method == Method::kContext) return ContextText(detail);
  if (detail.method == Method::kExact) return ExactText(detail);
  if (detail.is_deterministic) return DeterministicText(check, detail);
  if (detail.outcome == Reason::kOneProcess) return OneProcessText(check, detail);
  switch (detail.control) {
    case Control::kQuiet:
      return QuietText(check, detail);
    case Control::kSlowed:
      return SlowedText(check, detail);
    case Control::kNone:
      break;
  }
  return OutcomeText(check, detail);
}

absl::string_view DoubtText(Doubt doubt) {
  switch (doubt) {
    case Doubt::kControlFailed:
      return "a control failed";
    case Doubt::kSerialDependence:
      return "what disturbed the machine lasted for many pairs, so that they are no independent "
             "samples";
    case Doubt::kGateDefective:
      break;
  }
  return "the gate is defective, a planted fault did not show";
}

std::string DebugText(const std::vector<BuildSide>& sides) {
  return absl::StrCat("; ",
                      absl::StrJoin(sides, " and ",
                                    [](std::string* out, BuildSide side) {
                                      absl::StrAppend(out, NameOf(side, Method::kPairs));
                                    }),
                      ": a debug build (slo_build_type); only an optimised build counts");
}

}  // namespace

std::string ChangeSentence(const Check& check, const ComparisonDetail& detail) {
  std::string text = Sentence(check, detail);
  if (check.status == CheckStatus::kWarn) absl::StrAppend(&text, kOnlyWarns);
  if (!detail.debug_sides.empty()) absl::StrAppend(&text, DebugText(detail.debug_sides));
  if (check.reason == Reason::kBuildUnknown) {
    absl::StrAppend(&text, "; a side does not say whether it was an optimised build");
  }
  if (detail.doubt.has_value()) {
    absl::StrAppend(&text, "; not trusted: ", DoubtText(*detail.doubt));
  }
  return text;
}

}  // namespace slo::tools
