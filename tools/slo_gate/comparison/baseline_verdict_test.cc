#include "tools/slo_gate/comparison/baseline_verdict.h"

#include <cmath>
#include <map>
#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/evidence/verify.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kLimits[] = R"({"version": 1,
  "tolerances": [{"id": "all", "benchmark": "*", "max_increase": "3%",
                  "max_increase_stored": "30%", "why": "w", "source": "s"}],
  "exact": [{"id": "allocations", "benchmark": "*", "metric": "allocations_per_request",
             "max_change": "0%", "why": "w", "source": "s"},
            {"id": "instructions", "benchmark": "*", "metric": "instructions_per_request",
             "max_change": "0.1%", "why": "w", "source": "s"},
            {"id": "digest", "benchmark": "*", "metric": "response_digest", "max_change": "0%",
             "why": "w", "source": "s"}]})";

Verdict Compare(const std::vector<Report>& reports, const Report& baseline) {
  return VerdictOnBaseline(reports, baseline, ParseRegressionLimits("r.json", kLimits).value(),
                           kLimits, {.generated_at_utc = "2026-11-23T12:00:00Z"});
}

Report ExactReport() {
  return {.file = "exact.json",
          .context = {{"slo_kind", "exact_costs"}, {"slo_toolchain", "gnu-12"}},
          .rows = {{.name = "BM_A",
                    .metrics = {{"allocations_per_request", 12},
                                {"instructions_per_request", 20'000},
                                {"response_digest", 4'711}}},
                   {.name = "BM_B",
                    .metrics = {{"allocations_per_request", 3},
                                {"instructions_per_request", 5'000},
                                {"response_digest", 815}}}}};
}

// The outcomes by check, of the first scenario of that name.
std::map<std::string, std::string> Outcomes(const Verdict& verdict, const std::string& name) {
  std::map<std::string, std::string> outcomes;
  for (const Scenario& scenario : verdict.scenarios) {
    if (scenario.name != name) continue;
    for (const Check& check : scenario.checks)
      outcomes[check.id] = std::string(Name(check.change()->outcome));
  }
  return outcomes;
}

TEST(ExactCosts, PassWhenTheyAreEqual) {
  const Verdict verdict = Compare({ExactReport()}, ExactReport());
  EXPECT_EQ(ExitCodeOf(verdict), 0);
  EXPECT_EQ(verdict.summary.checks_total, 6);
  EXPECT_EQ(verdict.coverage.judged, 2);
}

TEST(ExactCosts, FailOnOneAllocationMoreAndNameTheBenchmark) {
  Report more = ExactReport();
  more.rows[1].metrics.Set("allocations_per_request", 4);
  const Verdict verdict = Compare({more}, ExactReport());
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(Outcomes(verdict, "BM_B").at("allocations"), "regressed");
  EXPECT_EQ(Outcomes(verdict, "BM_A").at("allocations"), "ok");
  EXPECT_THAT(RenderText(verdict), HasSubstr("the baseline has 3, found 4: it costs more"));
}

TEST(ExactCosts, FailOnLessUntilThatIsRecorded) {
  Report less = ExactReport();
  less.rows[0].metrics.Set("allocations_per_request", 11);
  const Verdict verdict = Compare({less}, ExactReport());
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(Outcomes(verdict, "BM_A").at("allocations"), "improved");
}

TEST(ExactCosts, AllowInstructionsTheirThousandth) {
  Report report = ExactReport();
  report.rows[0].metrics.Set("instructions_per_request", 20'020);
  EXPECT_EQ(ExitCodeOf(Compare({report}, ExactReport())), 0);
  report.rows[0].metrics.Set("instructions_per_request", 20'021);
  EXPECT_EQ(ExitCodeOf(Compare({report}, ExactReport())), 1);
}

TEST(ExactCosts, FailWhenTheAnswersChange) {
  Report other = ExactReport();
  other.rows[0].metrics.Set("response_digest", 4'712);
  const Verdict verdict = Compare({other}, ExactReport());
  EXPECT_EQ(Outcomes(verdict, "BM_A").at("digest"), "changed");
  EXPECT_EQ(ExitCodeOf(verdict), 1);
}

TEST(ExactCosts, AccountForEveryBenchmarkAndMetric) {
  Report report = ExactReport();
  report.rows[1].name = "BM_New";
  report.rows[0].metrics.Erase("allocations_per_request");
  const Verdict verdict = Compare({report}, ExactReport());
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(Outcomes(verdict, "BM_New").at("allocations"), "missing");
  EXPECT_EQ(Outcomes(verdict, "BM_B").at("allocations"), "missing");
  EXPECT_EQ(Outcomes(verdict, "BM_A").at("allocations"), "missing");
  EXPECT_EQ(verdict.coverage.missing, 3);
}

TEST(ExactCosts, FailALimitThatNoBenchmarkHas) {
  Report bare = ExactReport();
  for (ReportRow& row : bare.rows) row.metrics.Erase("instructions_per_request");
  const Verdict verdict = Compare({bare}, bare);
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(Outcomes(verdict, "*").at("instructions"), "missing");
}

TEST(ExactCosts, AreNotComparedAcrossToolchains) {
  Report other = ExactReport();
  other.context["slo_toolchain"] = "clang-14";
  const Verdict verdict = Compare({other}, ExactReport());
  EXPECT_EQ(ExitCodeOf(verdict), 4);
  const ContextDifference& difference = verdict.scenarios[0].checks[0].change()->difference.value();
  EXPECT_EQ(difference.key, "slo_toolchain");
  EXPECT_EQ(difference.base, "gnu-12");
  EXPECT_EQ(difference.candidate, "clang-14");
  EXPECT_EQ(difference.candidate_file, "exact.json");
}

TEST(ExactCosts, AreInsufficientWithoutABaseline) {
  const Verdict verdict =
      VerdictWithoutBaseline({ExactReport()}, "baselines/exact-gnu-12.json",
                             ParseRegressionLimits("r.json", kLimits).value(), kLimits, {});
  EXPECT_EQ(ExitCodeOf(verdict), 3);
  EXPECT_EQ(verdict.scenarios[0].checks[0].reason, Reason::kUnknownToolchain);
  EXPECT_EQ(verdict.scenarios[0].checks[0].change()->toolchain, "gnu-12");
}

// Processes of one build on one machine, a file each.
std::vector<Report> Processes(int count, double factor, unsigned seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> noise(0, 0.05);
  std::vector<Report> reports;
  for (int i = 0; i < count; ++i) {
    reports.push_back({.file = "run" + std::to_string(i) + ".json",
                       .context = {{"slo_cpu_model", "c"}, {"num_cpus", "2"}},
                       .rows = {}});
    for (const char* name : {"BM_A", "BM_B"}) {
      reports.back().rows.push_back(
          {.name = name, .metrics = {{"cpu_time", 1'000 * factor * std::exp(noise(random))}}});
    }
  }
  return reports;
}

// The same processes in one file, as a baseline is recorded.
Report Stored(int count) {
  Report baseline = {
      .file = "baseline.json", .context = {{"slo_cpu_model", "c"}, {"num_cpus", "2"}}, .rows = {}};
  double process = 0;
  for (const Report& report : Processes(count, 1.0, 1)) {
    for (ReportRow row : report.rows) {
      row.metrics.Set("process", process);
      baseline.rows.push_back(std::move(row));
    }
    ++process;
  }
  return baseline;
}

TEST(StoredCosts, AreJudgedByProcesses) {
  EXPECT_EQ(ExitCodeOf(Compare(Processes(8, 1.0, 2), Stored(8))), 0);
  EXPECT_EQ(ExitCodeOf(Compare(Processes(8, 1.6, 2), Stored(8))), 1);
  EXPECT_EQ(ExitCodeOf(Compare(Processes(8, 1.25, 2), Stored(8))), 3);
}

TEST(StoredCosts, AreUndecidedByOneProcess) {
  const Verdict verdict = Compare(Processes(1, 3.0, 2), Stored(8));
  EXPECT_EQ(ExitCodeOf(verdict), 3);
  EXPECT_EQ(Outcomes(verdict, "BM_A").at("all"), "one_process");
}

TEST(StoredCosts, NameMissingAndNewBenchmarks) {
  std::vector<Report> reports = Processes(8, 1.0, 2);
  for (Report& report : reports) report.rows[1].name = "BM_New";
  const Verdict verdict = Compare(reports, Stored(8));
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(Outcomes(verdict, "BM_New").at("all"), "missing");
  EXPECT_EQ(Outcomes(verdict, "BM_B").at("all"), "missing");
  EXPECT_EQ(Outcomes(verdict, "BM_A").at("all"), "ok");
}

TEST(StoredCosts, AreInvalidOnAnotherMachineByFieldName) {
  std::vector<Report> reports = Processes(8, 1.0, 2);
  for (Report& report : reports) report.context["num_cpus"] = "64";
  const Verdict verdict = Compare(reports, Stored(8));
  EXPECT_EQ(ExitCodeOf(verdict), 4);
  const ContextDifference& difference = verdict.scenarios[0].checks[0].change()->difference.value();
  EXPECT_EQ(difference.key, "num_cpus");
  EXPECT_EQ(difference.base, "2");
  EXPECT_EQ(difference.candidate, "64");
  EXPECT_EQ(difference.candidate_file, "run0.json");
}

TEST(StoredCosts, AreInvalidOfAnotherDurability) {
  std::vector<Report> reports = Processes(8, 1.0, 2);
  for (Report& report : reports) report.context["slo_store_synchronous"] = "off";
  Report baseline = Stored(8);
  baseline.context["slo_store_synchronous"] = "full";
  const Verdict verdict = Compare(reports, baseline);
  EXPECT_EQ(ExitCodeOf(verdict), 4);
  const ContextDifference& difference = verdict.scenarios[0].checks[0].change()->difference.value();
  EXPECT_EQ(difference.key, "slo_store_synchronous");
  EXPECT_EQ(difference.base, "full");
  EXPECT_EQ(difference.candidate, "off");
}

TEST(BaselineVerdict, IsConfirmedByItsEvidence) {
  Report more = ExactReport();
  more.rows[1].metrics.Set("allocations_per_request", 4);
  for (const Verdict& verdict :
       {Compare({more}, ExactReport()), Compare(Processes(4, 1.0, 2), Stored(4)),
        VerdictWithoutBaseline({ExactReport()}, "b/exact-gnu-12.json",
                               ParseRegressionLimits("r.json", kLimits).value(), kLimits,
                               {.generated_at_utc = "2026-11-23T12:00:00Z"})}) {
    const auto verification = VerifyEvidence("e.json", RenderJson(verdict));
    ASSERT_TRUE(verification.ok()) << verification.status();
    EXPECT_THAT(verification->differences, IsEmpty());
  }
}

TEST(BaselineFingerprint, IsWhatMakesTimesComparable) {
  for (const char* key : {"slo_build_type", "slo_compiler", "slo_compiler_flags", "slo_cpu_model",
                          "slo_kernel", "num_cpus", "slo_benchmark_version", "slo_seed",
                          "slo_store", "slo_transport", "library_version", "library_build_type"}) {
    std::vector<Report> reports = Processes(3, 1.0, 2);
    reports[1].context[key] = "other";
    const Verdict verdict = Compare(reports, Stored(8));
    EXPECT_EQ(ExitCodeOf(verdict), 4) << key;
    EXPECT_EQ(verdict.summary.checks_invalid, 1) << key;
    EXPECT_EQ(verdict.scenarios[0].checks[0].change()->outcome, Reason::kUnlike) << key;
    EXPECT_EQ(verdict.scenarios[0].checks[0].rows, 1) << key;
    EXPECT_EQ(verdict.coverage.judged, 0);
  }
  std::vector<Report> reports = Processes(8, 1.0, 2);
  for (Report& report : reports) report.context["slo_git_revision"] = "new";
  EXPECT_EQ(ExitCodeOf(Compare(reports, Stored(8))), 0);
}

TEST(BaselineFingerprint, OfExactCostsLetsTheMachineBeAnotherOne) {
  for (const auto& [key, code] : {std::pair("slo_kind", 4),
                                  {"slo_toolchain", 4},
                                  {"slo_build_type", 4},
                                  {"slo_compiler_flags", 4},
                                  {"slo_seed", 4},
                                  {"slo_cpu_model", 0},
                                  {"num_cpus", 0},
                                  {"host_name", 0}}) {
    Report other = ExactReport();
    other.context[key] = "other";
    EXPECT_EQ(ExitCodeOf(Compare({other}, ExactReport())), code) << key;
  }
}

TEST(BaselineFingerprint, IsNotTheHostsName) {
  std::vector<Report> reports = Processes(8, 1.0, 2);
  Report baseline = Stored(8);
  for (Report& report : reports) report.context["host_name"] = "other";
  EXPECT_EQ(ExitCodeOf(Compare(reports, baseline)), 0);
  baseline.context.erase("slo_cpu_model");
  for (Report& report : reports) report.context.erase("slo_cpu_model");
  EXPECT_EQ(ExitCodeOf(Compare(reports, baseline)), 0) << "hosted runners change their names";
}

TEST(BaselineFingerprint, IsTheClockWhereNoProcessorIsStated) {
  const auto code = [](const char* base, const char* found, bool is_stated) {
    std::vector<Report> reports = Processes(8, 1.0, 2);
    Report baseline = Stored(8);
    baseline.context["mhz_per_cpu"] = base;
    for (Report& report : reports) report.context["mhz_per_cpu"] = found;
    if (!is_stated) {
      baseline.context.erase("slo_cpu_model");
      for (Report& report : reports) report.context.erase("slo_cpu_model");
    }
    return ExitCodeOf(Compare(reports, baseline));
  };
  EXPECT_EQ(code("3200", "2400", false), 4);
  EXPECT_EQ(code("3200", "2881", false), 0) << "within a tenth";
  EXPECT_EQ(code("3200", "unknown", false), 4);
  EXPECT_EQ(code("3200", "2400", true), 0) << "the model is the same";
}

TEST(BaselineVerdict, OfNothingFails) {
  Report empty = Stored(1);
  empty.rows.clear();
  const Verdict verdict = Compare({empty}, empty);
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(verdict.scenarios[0].checks[0].reason, Reason::kNothingCompared);
}

TEST(BaselineWorld, AccountsForEveryBenchmarkOnce) {
  const std::string limits = R"({"version": 1, "tolerances": [{"id": "all", "benchmark": "*",
    "max_increase": "30%", "why": "w", "source": "s"}], "waivers": [{"benchmark": "BM_Waived",
    "reason": "r", "owner": "o", "ceiling": "absent", "expires": "2026-12-31"}]})";
  std::vector<Report> reports = Processes(8, 1.0, 2);
  Report baseline = Stored(8);
  const auto add = [](Report& report, const char* name, double time) {
    report.rows.push_back({.name = name, .metrics = {{"cpu_time", time}, {"process", 0}}});
  };
  add(baseline, "BM_Waived", 1);
  add(baseline, "BM_Gone", 1);
  add(baseline, "BM_NoTime", 0);
  add(reports[0], "BM_NoTime", 1);
  add(baseline, "BM_Error", 1);
  add(reports[0], "BM_Error", 1);
  reports[0].rows.back().error = "broken";
  const Verdict verdict =
      VerdictOnBaseline(reports, baseline, ParseRegressionLimits("r.json", limits).value(), limits,
                        {.generated_at_utc = "2026-11-23T12:00:00Z"});
  const Coverage& coverage = verdict.coverage;
  EXPECT_EQ(coverage.expected, 6);
  EXPECT_EQ(coverage.judged, 2);
  EXPECT_EQ(coverage.waived, 1);
  EXPECT_EQ(coverage.missing, 3);
}

TEST(VerdictWithoutBaseline, IsInsufficientByTheFilesName) {
  const Verdict verdict =
      VerdictWithoutBaseline({ExactReport()}, "b/exact-gnu-12.json",
                             ParseRegressionLimits("r.json", kLimits).value(), kLimits, {});
  ASSERT_EQ(verdict.scenarios.size(), 1u);
  EXPECT_EQ(verdict.scenarios[0].name, "b/exact-gnu-12.json");
  EXPECT_EQ(verdict.scenarios[0].status, CheckStatus::kInsufficient);
  EXPECT_EQ(verdict.scenarios[0].checks[0].rows, 1);
  EXPECT_EQ(verdict.scenarios[0].checks[0].metric, "context");
  EXPECT_EQ(verdict.scenarios[0].checks[0].threshold.text, "the same");
  EXPECT_EQ(verdict.scenarios[0].checks[0].change()->outcome, Reason::kUnknownToolchain);
  EXPECT_EQ(verdict.summary.checks_insufficient, 1);
  EXPECT_EQ(verdict.results.size(), 1u);
}

}  // namespace
}  // namespace slo::tools
