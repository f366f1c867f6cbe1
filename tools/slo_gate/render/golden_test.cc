// The wording of every format: testdata/<kind>.<format>.gold; and of every reason:
// testdata/sentences.gold. No other test asserts it.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/render/golden_testing.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/sentence.h"

namespace slo::tools {
namespace {

void ExpectGoldOfEachFormat(const std::string& kind, const Verdict& verdict) {
  const TextOptions all = {.all = true, .evidence = "evidence/latest.md"};
  ExpectGold(kind + ".text", RenderText(verdict));
  ExpectGold(kind + ".all.text", RenderText(verdict, all));
  ExpectGold(kind + ".markdown", RenderMarkdown(verdict));
  ExpectGold(kind + ".json", RenderJson(verdict));
  ExpectGold(kind + ".junit", RenderJunit(verdict));
  ExpectGold(kind + ".github", RenderGithub(verdict));
}

TEST(Golden, OfObjectivesInEachFormat) { ExpectGoldOfEachFormat("verdict", MakeVerdict()); }

TEST(Golden, OfAComparisonInEachFormat) { ExpectGoldOfEachFormat("changes", MakeChanges()); }

// ---- Sentences ----

using Named = std::pair<std::string, Check>;

Check Latency(CheckStatus status, Reason reason, ObjectiveDetail detail = {}) {
  return {.metric = "latency_p99_us",
          .type = {.kind = MetricKind::kTime, .per_second = 1e6},
          .threshold = {.value = 50, .text = "50us"},
          .actual = 45,
          .bound = 48,
          .confidence = 0.9995,
          .samples = 1'000,
          .status = status,
          .rows = 1,
          .reason = reason,
          .detail = std::move(detail)};
}

Check Point(CheckStatus status, Reason reason) {
  Check check = Latency(status, reason);
  check.bound.reset();
  check.confidence.reset();
  return check;
}

Check Ratio(LimitKind kind, CheckStatus status, Reason reason, ObjectiveDetail detail) {
  return {.metric = "success_ratio",
          .type = {.kind = MetricKind::kRatio},
          .kind = kind,
          .threshold = {.value = 0.99, .text = "0.99"},
          .actual = 0.9925,
          .bound = 0.981,
          .confidence = 0.95,
          .samples = 400,
          .status = status,
          .rows = 1,
          .reason = reason,
          .detail = std::move(detail)};
}

Check WithBound(Check check, std::optional<double> bound, std::optional<double> confidence) {
  check.bound = bound;
  check.confidence = confidence;
  return check;
}

Check WithStatistic(Check check, const std::string& statistic) {
  check.statistic = statistic;
  return check;
}

Check Sample(CheckStatus status, Reason reason, const std::string& statistic, int64_t size,
             ObjectiveDetail detail) {
  Check check = WithStatistic(Latency(status, reason, std::move(detail)), statistic);
  check.samples = size;
  if (reason == Reason::kTooFewRows) check.confidence.reset();
  return check;
}

Check WithRows(Check check, int rows) {
  check.rows = rows;
  return check;
}

std::vector<Named> ObjectiveChecks() {
  using enum CheckStatus;
  const auto names = std::make_shared<const std::vector<std::string>>(
      std::vector<std::string>{"cpu_time", "latency_p90_us", "real_time"});
  const auto rows_of_family = std::make_shared<const NoMatch>(
      NoMatch{.glob = "BM_A/x:9*", .family = "BM_A", .names = {"BM_A/x:1", "BM_A/x:2"}, .more = 7});
  const auto families = std::make_shared<const NoMatch>(
      NoMatch{.glob = "BM_Laod*", .nearest = "BM_Load", .names = {"BM_Load", "BM_Run"}});
  const auto far = std::make_shared<const NoMatch>(NoMatch{.glob = "X", .names = {"BM_Load"}});
  const auto statistics = std::make_shared<const NoMatch>(
      NoMatch{.glob = "BM_A/*_median", .aggregate_of = "BM_A/8", .aggregate = "median"});
  const auto no_rows = std::make_shared<const NoMatch>(NoMatch{.glob = "*"});
  const LimitKind max = LimitKind::kMax;
  const LimitKind min = LimitKind::kMin;
  const auto needed = [](Needed::Kind kind, int64_t count, std::optional<int64_t> misses = {}) {
    return ObjectiveDetail{.misses = misses, .needed = Needed{kind, count}};
  };
  return {
      {"limit_kept", Latency(kPass, Reason::kLimitKept)},
      {"limit_kept, level not stated",
       WithBound(Latency(kPass, Reason::kLimitKept), 48, std::nullopt)},
      {"limit_kept, point", Point(kPass, Reason::kLimitKept)},
      {"limit_kept, ratio", Ratio(min, kPass, Reason::kLimitKept, {.misses = 3})},
      {"limit_kept, rows", WithRows(Latency(kPass, Reason::kLimitKept), 3)},
      {"limit_violated", Latency(kFail, Reason::kLimitViolated)},
      {"limit_violated, point", Point(kFail, Reason::kLimitViolated)},
      {"limit_violated, failures",
       Latency(kFail, Reason::kLimitViolated,
               {.failures = {{"failed_body_count", 3}, {"failed_status_count", 1}},
                .label = "first failure: x"})},
      {"limit_violated, ratio", Ratio(max, kFail, Reason::kLimitViolated, {.misses = 397})},
      {"limit_violated, warn", WithRows(Latency(kWarn, Reason::kLimitViolated), 2)},
      {"undecided", Latency(kInsufficient, Reason::kUndecided)},
      {"undecided, samples within the limit",
       WithBound(Latency(kInsufficient, Reason::kUndecided,
                         needed(Needed::Kind::kSamplesWithinLimit, 1'459)),
                 std::nullopt, 0.99)},
      {"undecided, samples if kept",
       Latency(kInsufficient, Reason::kUndecided, needed(Needed::Kind::kSamplesIfKept, 1'693))},
      {"undecided, trials",
       Ratio(min, kInsufficient, Reason::kUndecided, needed(Needed::Kind::kTrials, 628, 2))},
      {"undecided, first trials",
       Ratio(min, kInsufficient, Reason::kUndecided, needed(Needed::Kind::kTrials, 459, 0))},
      {"undecided, no number of trials",
       Ratio(min, kInsufficient, Reason::kUndecided, needed(Needed::Kind::kNoNumber, 0, 0))},
      {"undecided, no number of trials that succeed",
       Ratio(max, kInsufficient, Reason::kUndecided, needed(Needed::Kind::kNoNumber, 0, 0))},
      {"undecided, no bound", Latency(kInsufficient, Reason::kUndecided, {.lacks_bound = true})},
      {"level_too_low", WithBound(Latency(kInsufficient, Reason::kLevelTooLow,
                                          {.required_confidence = 1 - 0.05 / 55}),
                                  48, 0.995)},
      {"longer_disturbance",
       Latency(kInsufficient, Reason::kLongerDisturbance,
               {.declared = LongestDisturbance{.seconds = 0.05, .requests = 84},
                .allowed = {.seconds = 0.002, .requests = 4}})},
      {"missing_processes", Latency(kInsufficient, Reason::kMissingProcesses,
                                    {.processes = ProcessSpread{.count = 5, .expected = 8}})},
      {"limit_kept, processes",
       Latency(kPass, Reason::kLimitKept,
               {.not_excluded = 84,
                .processes = ProcessSpread{.count = 8, .smallest = 30, .largest = 47}})},
      {"limit_kept, no run of failures excluded",
       Ratio(min, kPass, Reason::kLimitKept, {.misses = 0, .not_excluded = 13})},
      {"no_level", Latency(kInsufficient, Reason::kNoLevel)},
      {"point_value", Point(kInsufficient, Reason::kPointValue)},
      {"too_few_rows",
       Sample(kInsufficient, Reason::kTooFewRows, "median", 4, needed(Needed::Kind::kRows, 6))},
      {"undecided, statistic", Sample(kInsufficient, Reason::kUndecided, "p90", 40, {})},
      {"limit_kept, statistic", Sample(kPass, Reason::kLimitKept, "median", 10, {})},
      {"only_aggregates", Point(kInsufficient, Reason::kOnlyAggregates)},
      {"only_aggregates, statistic",
       WithStatistic(Point(kInsufficient, Reason::kOnlyAggregates), "p90")},
      {"lacks_counter",
       Latency(kInsufficient, Reason::kLacksCounter, {.fields = {"samples_count"}})},
      {"contradiction", Latency(kInvalid, Reason::kContradiction,
                                {.fields = {"latency_p99_lower_us", "latency_p99_upper_us"}})},
      {"repetitions_missing",
       Latency(kInvalid, Reason::kRepetitionsMissing, {.expected = 5, .found = 4})},
      {"too_few_benchmarks",
       Latency(kFail, Reason::kTooFewBenchmarks, {.expected = 5, .found = 1})},
      {"build_unknown", Latency(kInsufficient, Reason::kBuildUnknown)},
      {"not_a_number", Point(kFail, Reason::kNotANumber)},
      {"no_row, statistic", Latency(kFail, Reason::kNoRow, {.no_match = statistics})},
      {"no_samples", Latency(kInsufficient, Reason::kNoSamples)},
      {"clock_stopped", Latency(kInvalid, Reason::kClockStopped)},
      {"not_a_ratio", Ratio(min, kFail, Reason::kNotARatio, {})},
      {"error_row", Latency(kFail, Reason::kErrorRow, {.message = "std::bad_alloc"})},
      {"no_metric", Latency(kFail, Reason::kNoMetric, {.metrics = names})},
      {"no_row, family", Latency(kFail, Reason::kNoRow, {.no_match = rows_of_family})},
      {"no_row, near", Latency(kFail, Reason::kNoRow, {.no_match = families})},
      {"no_row, far", Latency(kFail, Reason::kNoRow, {.no_match = far})},
      {"no_row, no rows", Latency(kFail, Reason::kNoRow, {.no_match = no_rows})},
      {"machine_disturbed, guard", Point(kInvalid, Reason::kMachine)},
      {"machine_disturbed, excused",
       Latency(kInvalid, Reason::kMachine,
               {.disturbed_by = Disturbance{.id = "stalls",
                                            .metric = "environment_stall_share",
                                            .value = 0.3,
                                            .limit_text = "0.2"}})},
      {"debug_build", Latency(kFail, Reason::kDebugBuild,
                              {.message = "debug", .failures = {{"failed_body_count", 3}}})},
  };
}

Check Change(CheckStatus status, ComparisonDetail detail) {
  Check check = {.metric = "cpu_time change",
                 .threshold = {.value = 0.03, .text = "3%"},
                 .status = status,
                 .rows = 1,
                 .reason = detail.outcome,
                 .detail = std::move(detail)};
  return check;
}

Check Measured(CheckStatus status, ComparisonDetail detail) {
  detail.lower = -0.008;
  detail.upper = 0.021;
  detail.p_increase = 0.00012;
  Check check = Change(status, std::move(detail));
  check.actual = 0.0061;
  check.samples = 32;
  return check;
}

Check WithoutInterval(Check check) {
  auto& detail = std::get<ComparisonDetail>(check.detail);
  detail.lower.reset();
  detail.upper.reset();
  check.samples = 5;
  return check;
}

Check OneProcess(bool has_repetitions) {
  Check check = Change(CheckStatus::kInsufficient, {.method = Method::kProcesses,
                                                    .outcome = Reason::kOneProcess,
                                                    .has_repetitions = has_repetitions});
  check.actual = 0.98;
  check.samples = 1;
  return check;
}

Check Deterministic(CheckStatus status, Reason outcome, double base, double candidate) {
  Check check = Change(status, {.method = Method::kProcesses,
                                .outcome = outcome,
                                .is_deterministic = true,
                                .base_value = base,
                                .candidate_value = candidate});
  check.actual = base == candidate ? 0 : candidate / base - 1;
  check.samples = 6;
  return check;
}

ComparisonDetail WithDefect(Method method, Defect defect) {
  const Reason reason = defect.reason;
  return {.method = method, .outcome = reason, .defect = std::move(defect)};
}

std::vector<Named> ChangeChecks() {
  using enum CheckStatus;
  const auto missing = [](Method method, Absent absent, BuildSide side,
                          const std::string& metric = "") {
    return Change(
        kFail,
        WithDefect(method,
                   {.reason = Reason::kMissing, .absent = absent, .side = side, .metric = metric}));
  };
  const auto defect = [](Method method, Defect what) {
    return Change(kFail, WithDefect(method, std::move(what)));
  };
  const auto exact = [](CheckStatus status, Reason outcome, double base, double candidate) {
    return Change(status, {.method = Method::kExact,
                           .outcome = outcome,
                           .base_value = base,
                           .candidate_value = candidate});
  };
  const BuildSide base = BuildSide::kBase;
  const BuildSide candidate = BuildSide::kCandidate;
  const Control quiet = Control::kQuiet;
  const Control slowed = Control::kSlowed;
  return {
      {"ok", Measured(kPass, {.outcome = Reason::kOk})},
      {"ok, processes", Measured(kPass, {.method = Method::kProcesses, .outcome = Reason::kOk})},
      {"improved", Measured(kPass, {.outcome = Reason::kImproved})},
      {"regressed", Measured(kFail, {.outcome = Reason::kRegressed})},
      {"regressed, warn", Measured(kWarn, {.outcome = Reason::kRegressed})},
      {"regressed, debug",
       Measured(kFail, {.outcome = Reason::kRegressed, .debug_sides = {base, candidate}})},
      {"regressed, not trusted",
       Measured(kInvalid, {.outcome = Reason::kRegressed, .doubt = Doubt::kControlFailed})},
      {"ok, defective gate",
       Measured(kInvalid, {.outcome = Reason::kOk, .doubt = Doubt::kGateDefective})},
      {"undecided", Measured(kInsufficient, {.more_pairs_needed = 125})},
      {"undecided, few", WithoutInterval(Measured(kInsufficient, {.more_pairs_needed = 9}))},
      {"undecided, near", Measured(kInsufficient, {})},
      {"undecided, processes",
       Measured(kInsufficient, {.method = Method::kProcesses, .more_pairs_needed = 4})},
      {"undecided, no pair", Change(kInsufficient, {})},
      {"waived", Change(kPass, {.outcome = Reason::kWaived, .waiver_reason = "it is new"})},
      {"missing, base", missing(Method::kPairs, Absent::kBenchmark, base)},
      {"missing, candidate", missing(Method::kPairs, Absent::kBenchmark, candidate)},
      {"missing, recording", missing(Method::kPairs, Absent::kRecording, base)},
      {"missing, match", missing(Method::kPairs, Absent::kMatch, base)},
      {"missing, baseline", missing(Method::kProcesses, Absent::kBenchmark, base)},
      {"missing, results", missing(Method::kProcesses, Absent::kBenchmark, candidate)},
      {"missing, exact baseline", missing(Method::kExact, Absent::kBenchmark, base)},
      {"missing, exact results", missing(Method::kExact, Absent::kBenchmark, candidate)},
      {"missing, metric of the baseline",
       missing(Method::kExact, Absent::kMetric, base, "instructions")},
      {"missing, metric of the results",
       missing(Method::kExact, Absent::kMetric, candidate, "instructions")},
      {"missing, match with the metric",
       missing(Method::kExact, Absent::kMatchWithMetric, base, "instructions")},
      {"missing, control", missing(Method::kPairs, Absent::kControl, base)},
      {"error", defect(Method::kPairs, {.reason = Reason::kError, .message = "SIGSEGV"})},
      {"no_time", defect(Method::kPairs, {.reason = Reason::kNoTime,
                                          .side = candidate,
                                          .metric = "cpu_time",
                                          .pair = 3,
                                          .value = -1})},
      {"no_time, no number",
       defect(Method::kPairs,
              {.reason = Reason::kNoTime, .side = base, .metric = "cpu_time", .pair = 1})},
      {"no_time, not recorded",
       defect(Method::kPairs, {.reason = Reason::kNoTime, .metric = "stage_cpu_us"})},
      {"no_time, processes",
       defect(Method::kProcesses, {.reason = Reason::kNoTime, .metric = "cpu_time"})},
      {"unit_changed",
       defect(Method::kPairs,
              {.reason = Reason::kUnitChanged, .base_unit = "ns", .candidate_unit = "us"})},
      {"no_tolerance", defect(Method::kPairs, {.reason = Reason::kNoTolerance})},
      {"no_tolerance, exact", defect(Method::kExact, {.reason = Reason::kNoTolerance})},
      {"only_aggregates, results",
       defect(Method::kProcesses, {.reason = Reason::kOnlyAggregates, .side = candidate})},
      {"not_exact",
       defect(Method::kExact,
              {.reason = Reason::kNotExact, .side = candidate, .metric = "allocations"})},
      {"one_process", OneProcess(/*has_repetitions=*/false)},
      {"one_process, repetitions", OneProcess(/*has_repetitions=*/true)},
      {"deterministic, equal", Deterministic(kPass, Reason::kOk, 3, 3)},
      {"deterministic, within", Deterministic(kPass, Reason::kOk, 100, 102)},
      {"deterministic, regressed", Deterministic(kFail, Reason::kRegressed, 3, 4)},
      {"deterministic, from zero", Deterministic(kFail, Reason::kRegressed, 0, 1)},
      {"nothing_compared",
       Change(kFail, {.method = Method::kContext, .outcome = Reason::kNothingCompared})},
      {"exact, ok", exact(kPass, Reason::kOk, 5'000, 5'000)},
      {"exact, regressed", exact(kFail, Reason::kRegressed, 5'000, 5'001)},
      {"exact, improved", exact(kFail, Reason::kImproved, 5'001.25, 5'000)},
      {"exact, changed", exact(kWarn, Reason::kChanged, 123'456'789'012'345, 123'456'789'012'346)},
      {"unlike", Change(kInvalid, {.method = Method::kContext,
                                   .outcome = Reason::kUnlike,
                                   .difference = ContextDifference{.key = "num_cpus",
                                                                   .base = "2",
                                                                   .candidate = "64",
                                                                   .candidate_file = "r.json"}})},
      {"unknown_toolchain", Change(kInsufficient, {.method = Method::kContext,
                                                   .outcome = Reason::kUnknownToolchain,
                                                   .toolchain = "gnu-12"})},
      {"quiet", Measured(kPass, {.control = quiet, .outcome = Reason::kQuiet})},
      {"not_quiet", Measured(kInvalid, {.control = quiet, .outcome = Reason::kNotQuiet})},
      {"not_quiet, no pair", Change(kInvalid, {.control = quiet, .outcome = Reason::kNotQuiet})},
      {"caught", Measured(kPass, {.control = slowed,
                                  .outcome = Reason::kCaught,
                                  .planted_by = "SLO_SLOWDOWN=read_run:6%"})},
      {"caught, arithmetic",
       Measured(kPass, {.control = slowed, .outcome = Reason::kCaught, .planted_change = 0.06})},
      {"missed", Measured(kInvalid, {.control = slowed,
                                     .outcome = Reason::kMissed,
                                     .planted_by = "SLO_SLOWDOWN=read_run:6%"})},
      {"slowed, undecided",
       WithoutInterval(Measured(kInsufficient, {.control = slowed, .planted_change = 0.06}))},
  };
}

TEST(Golden, OfTheSentenceOfEachReason) {
  std::string text;
  for (const auto& checks : {ObjectiveChecks(), ChangeChecks()}) {
    for (const auto& [name, check] : checks) {
      absl::StrAppend(&text, name, "\n  ", ReasonText(check), "\n");
    }
  }
  ExpectGold("sentences", text);
}

}  // namespace
}  // namespace slo::tools
