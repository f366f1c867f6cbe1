#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/metric.h"
#include "tools/lib/text/nearest_name.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/sentence.h"

namespace slo::tools {
namespace {

bool IsMax(const Check& check) { return check.kind == LimitKind::kMax; }

// "2ms"; "0" where it is none.
std::string DurationText(double seconds) { return absl::FormatDuration(absl::Seconds(seconds)); }

std::string AtLevel(std::optional<double> level) {
  return level.has_value() ? absl::StrFormat(" at %g %%", *level * 100)
                           : " at a level that the results do not state";
}

// "; 3 of 400 did not"
std::string MissesText(const Check& check, const ObjectiveDetail& detail) {
  if (!detail.misses.has_value()) return "";
  return absl::StrCat("; ", *detail.misses, " of ", *check.samples,
                      IsMax(check) ? " did" : " did not");
}

// "median of 10 rows: "
std::string StatisticText(const Check& check) {
  if (check.statistic.empty()) return "";
  return absl::StrCat(check.statistic,
                      check.samples.has_value() ? absl::StrCat(" of ", *check.samples) : "", ": ");
}

// "upper bound 58 us violates limit 50us at 95 %".
std::string Compared(const Check& check, const ObjectiveDetail& detail, bool is_kept) {
  const absl::string_view relation = is_kept ? " keeps limit " : " violates limit ";
  if (!check.bound.has_value()) {
    return absl::StrCat(StatisticText(check), "value ", ValueText(check, check.actual), relation,
                        check.threshold.text, "; a point value, no confidence stated");
  }
  return absl::StrCat(StatisticText(check),
                      is_kept == IsMax(check) ? "upper bound " : "lower bound ",
                      ValueText(check, check.bound), relation, check.threshold.text,
                      AtLevel(check.confidence), MissesText(check, detail));
}

std::string MoreThanThereAre(int64_t count, int64_t there_are) {
  return absl::StrCat(count - there_are, " more than the ", there_are, " there are");
}

std::string NeededText(const Check& check, const ObjectiveDetail& detail) {
  if (!detail.needed.has_value()) return "";
  const auto [kind, count] = *detail.needed;
  const int64_t there_are = check.samples.value_or(0);
  switch (kind) {
    case Needed::Kind::kSamplesWithinLimit:
      return absl::StrCat("; needs ", count, " samples within the limit, ",
                          MoreThanThereAre(count, there_are));
    case Needed::Kind::kSamplesIfKept:
      return absl::StrCat("; ", count, " samples, ", MoreThanThereAre(count, there_are),
                          ", would do if all further ones keep it");
    case Needed::Kind::kTrials:
      return absl::StrCat("; needs ", count, " trials without a ",
                          detail.misses.value_or(0) > 0 ? "further " : "", "failure, ",
                          MoreThanThereAre(count, there_are));
    case Needed::Kind::kRows:
      return absl::StrCat("; needs ", count, " repetitions or processes, ",
                          MoreThanThereAre(count, there_are));
    case Needed::Kind::kNoNumber:
      break;
  }
  return absl::StrCat("; no number of trials can show that none ever ",
                      IsMax(check) ? "succeeds" : "fails");
}

std::string Undecided(const Check& check, const ObjectiveDetail& detail) {
  // A percentile without the bound is insufficient at the level that it would need.
  const std::string lacks =
      detail.lacks_bound
          ? absl::StrCat(
                "; the row does not publish ",
                BoundCounter(check.metric, IsMax(check) ? BoundSide::kUpper : BoundSide::kLower))
          : "";
  // Of a statistic of too few rows there is no bound, and no level.
  const std::string level = check.confidence.has_value() ? AtLevel(check.confidence) : "";
  return absl::StrCat(StatisticText(check), "limit ", check.threshold.text,
                      " can neither be shown to hold nor to be violated", AtLevel(check.confidence),
                      MissesText(check, detail), NeededText(check, detail), lacks);
}

// "; no run of more than 84 slow requests is excluded"
std::string NotExcluded(const Check& check, const ObjectiveDetail& detail) {
  if (!detail.not_excluded.has_value() || check.status == CheckStatus::kFail) return "";
  return absl::StrCat("; no run of more than ", *detail.not_excluded, " consecutive ",
                      detail.misses.has_value() ? "failures" : "slow requests", " is excluded");
}

// "; 8 processes, from 4.1 us to 9.3 us"
std::string Processes(const Check& check, const ObjectiveDetail& detail) {
  if (!detail.processes.has_value() || check.reason == Reason::kMissingProcesses) return "";
  const ProcessSpread& spread = *detail.processes;
  return absl::StrCat("; ", spread.count, " processes, from ", ValueText(check, spread.smallest),
                      " to ", ValueText(check, spread.largest));
}

std::string LongerDisturbance(const ObjectiveDetail& detail) {
  return absl::StrFormat(
      "the objectives declare disturbances of up to %s and %d requests, and the bounds allow for "
      "%s and %d: measure with --slo_longest_disturbance and --slo_disturbed_requests, or declare "
      "less",
      DurationText(detail.declared->seconds), detail.declared->requests,
      DurationText(detail.allowed.seconds), detail.allowed.requests);
}

std::string MissingProcesses(const ProcessSpread& spread) {
  return absl::StrCat("the bounds are shares of ", spread.expected, " processes, and ",
                      spread.count, spread.count == 1 ? " is" : " are",
                      " there: judge the results of all of them together");
}

std::string LevelTooLow(const Check& check, const ObjectiveDetail& detail) {
  return absl::StrFormat(
      "measured at %.9g %%, but so many checks need %.9g %% each: run again with a confidence "
      "level of %.9g or more",
      *check.confidence * 100, *detail.required_confidence * 100, *detail.required_confidence);
}

std::string NoMetric(const Check& check, const ObjectiveDetail& detail) {
  static const std::vector<std::string> kNone;
  const std::vector<std::string>& names = detail.metrics != nullptr ? *detail.metrics : kNone;
  const std::vector<absl::string_view> views(names.begin(), names.end());
  return absl::StrCat("the row has no metric \"", check.metric, "\"",
                      DidYouMean(check.metric, views),
                      " metrics there: ", absl::StrJoin(names, ", "));
}

std::string NoRow(const NoMatch& no_match) {
  const std::string problem = absl::StrCat("no row matches \"", no_match.glob, "\"");
  if (!no_match.aggregate.empty()) {
    return absl::StrCat(problem, "; it matches rows of a statistic only: name the benchmark, ",
                        no_match.aggregate_of, ", and \"statistic\": \"", no_match.aggregate, "\"");
  }
  if (no_match.names.empty()) return absl::StrCat(problem, "; there are no rows");
  const std::string names =
      absl::StrCat(absl::StrJoin(no_match.names, ", "),
                   no_match.more > 0 ? absl::StrCat(", and ", no_match.more, " more") : "");
  if (!no_match.family.empty()) {
    return absl::StrCat(problem, "; rows of ", no_match.family, ": ", names);
  }
  return absl::StrCat(
      problem,
      no_match.nearest.empty() ? ";" : absl::StrCat("; did you mean ", no_match.nearest, "?"),
      " families there: ", names);
}

std::string Disturbed(const Check& check, const ObjectiveDetail& detail) {
  const std::string violated = Compared(check, detail, /*is_kept=*/false);
  if (!detail.disturbed_by.has_value()) {
    return absl::StrCat(violated, "; the machine kept the row from being measured as it should be");
  }
  const Disturbance& guard = *detail.disturbed_by;
  return absl::StrCat(violated, "; but the machine was disturbed: ", guard.id, ": ", guard.metric,
                      " ", Pretty(guard.type, guard.value), ", limit ", guard.limit_text);
}

std::string PointValue(const Check& check) {
  return absl::StrCat("value ", ValueText(check, check.actual), ", limit ", check.threshold.text,
                      ": one value proves nothing about the next; measure repetitions and state "
                      "\"statistic\": \"median\", or compare the value as it is with "
                      "\"point\": true");
}

std::string OnlyAggregates(const Check& check) {
  const absl::string_view how =
      "measure without --benchmark_report_aggregates_only (or "
      "--benchmark_display_aggregates_only=false)";
  if (check.statistic.empty()) {
    return absl::StrCat("only statistics over its rows are there, and none is asked for; ", how,
                        ", or state \"statistic\": \"median\"");
  }
  return absl::StrCat("only statistics over its rows are there, and no ", check.statistic, "; ",
                      how);
}

// Of the row, as a whole: nothing in it was compared.
std::string Unfit(const Check& check, const ObjectiveDetail& detail) {
  switch (check.reason) {
    case Reason::kNoSamples:
      return "there are no samples";
    case Reason::kClockStopped:
      return "the row's clock did not advance: real_time is not above zero";
    case Reason::kNotARatio:
      return absl::StrCat("expected a ratio from 0 to 1, found ", *check.actual);
    case Reason::kNotANumber:
      return absl::StrCat(check.metric, " is not a number in the row");
    case Reason::kContradiction:
      return absl::StrCat("fields of the row contradict each other: ",
                          absl::StrJoin(detail.fields, ", "));
    case Reason::kLacksCounter:
      return absl::StrCat("without ", absl::StrJoin(detail.fields, " and "),
                          ", which belongs to it, ", check.metric, " proves nothing");
    case Reason::kRepetitionsMissing:
      return absl::StrCat("the rows announce ", detail.expected, " repetitions, and ", detail.found,
                          " are there");
    case Reason::kTooFewBenchmarks:
      return absl::StrCat("expected at least ", detail.expected, " benchmarks, found ",
                          detail.found);
    case Reason::kNoLevel:
      return "the results do not state at which confidence level their bounds hold (context key "
             "slo_confidence_level)";
    case Reason::kBuildUnknown:
      return "the results do not say whether the build was an optimised one (context key "
             "slo_build_type), or have no context at all";
    default:
      return absl::StrCat("the row is an error row: ", detail.message);
  }
}

std::string Sentence(const Check& check, const ObjectiveDetail& detail) {
  switch (check.reason) {
    case Reason::kLimitKept:
      return Compared(check, detail, /*is_kept=*/true);
    case Reason::kLimitViolated:
      return Compared(check, detail, /*is_kept=*/false);
    case Reason::kLevelTooLow:
      return LevelTooLow(check, detail);
    case Reason::kLongerDisturbance:
      return LongerDisturbance(detail);
    case Reason::kMissingProcesses:
      return MissingProcesses(*detail.processes);
    case Reason::kUndecided:
    case Reason::kTooFewRows:
      return Undecided(check, detail);
    case Reason::kPointValue:
      return PointValue(check);
    case Reason::kOnlyAggregates:
      return OnlyAggregates(check);
    case Reason::kNoMetric:
      return NoMetric(check, detail);
    case Reason::kNoRow:
      return NoRow(*detail.no_match);
    case Reason::kMachine:
      return Disturbed(check, detail);
    case Reason::kDebugBuild:
      return absl::StrCat("measured on a debug build (slo_build_type is \"", detail.message,
                          "\"); only an optimised build counts");
    default:
      return Unfit(check, detail);
  }
}

}  // namespace

std::string ObjectiveSentence(const Check& check, const ObjectiveDetail& detail) {
  std::string text =
      absl::StrCat(Sentence(check, detail), Processes(check, detail), NotExcluded(check, detail));
  if (check.reason != Reason::kDebugBuild) {
    for (const auto& [name, value] : detail.failures) {
      absl::StrAppend(&text, "; ", name, "=", absl::StrFormat("%.0f", value));
    }
    if (!detail.label.empty()) absl::StrAppend(&text, "; ", detail.label);
  }
  if (check.status == CheckStatus::kWarn) absl::StrAppend(&text, kOnlyWarns);
  if (check.rows > 1) {
    absl::StrAppend(&text, "; the worst of ", check.rows, " rows of that name");
  }
  return text;
}

}  // namespace slo::tools
