#include "tools/slo_gate/comparison/pairs_verdict.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/comparison/pairs_testing.h"
#include "tools/slo_gate/evidence/verify.h"
#include "tools/slo_gate/render/render.h"

namespace slo::tools {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Check& CheckOf(const Verdict& verdict, const std::string& scenario) {
  const auto found = std::find_if(verdict.scenarios.begin(), verdict.scenarios.end(),
                                  [&](const Scenario& one) { return one.name == scenario; });
  return found->checks.front();
}

TEST(VerdictOnPairs, PassesWhatIsShownToBeWithinTheTolerance) {
  const Verdict verdict = VerdictOn({MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B"}})});
  EXPECT_EQ(ExitCodeOf(verdict), 0);
  EXPECT_EQ(verdict.coverage.expected, 2);
  EXPECT_EQ(verdict.coverage.judged, 2);
  const Check& check = CheckOf(verdict, "BM_A");
  EXPECT_EQ(check.change()->outcome, Reason::kOk);
  EXPECT_EQ(check.metric, "cpu_time change");
  EXPECT_LT(*check.bound, 0.03);
  EXPECT_EQ(check.samples, 64);
  EXPECT_NEAR(*verdict.summary.family_confidence, 0.99, 1e-12);
}

TEST(VerdictOnPairs, FailsARegression) {
  const Verdict verdict =
      VerdictOn({MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B", .change = 0.08}})});
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(CheckOf(verdict, "BM_B").change()->outcome, Reason::kRegressed);
  EXPECT_LE(CheckOf(verdict, "BM_B").change()->p_increase.value(), 0.01);
}

TEST(VerdictOnPairs, IsInsufficientWhileUndecidedAndSaysWhatWouldDecide) {
  const Verdict verdict =
      VerdictOn({MakePairs({{.benchmark = "BM_A", .change = 0.015, .pairs = 16}})});
  EXPECT_EQ(ExitCodeOf(verdict), 3);
  const Check& check = CheckOf(verdict, "BM_A");
  EXPECT_EQ(check.change()->outcome, Reason::kUndecided);
  ASSERT_TRUE(check.change()->more_pairs_needed.has_value());
  EXPECT_GT(*check.change()->more_pairs_needed, 0);
}

TEST(VerdictOnPairs, IsInsufficientWithoutPairsNeverOk) {
  const Verdict verdict = VerdictOn({MakePairs({{.benchmark = "BM_A", .pairs = 0}})});
  EXPECT_EQ(ExitCodeOf(verdict), 3);
  EXPECT_EQ(CheckOf(verdict, "BM_A").change()->outcome, Reason::kUndecided);
}

TEST(VerdictOnPairs, FailsWhatIsMissingByName) {
  PairsFile file = MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B"}});
  file.measured[1].in_candidate = false;
  const Verdict verdict = VerdictOn({file});
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(CheckOf(verdict, "BM_B").change()->outcome, Reason::kMissing);
  EXPECT_EQ(verdict.coverage.expected, 2);
  EXPECT_EQ(verdict.coverage.judged, 1);
  EXPECT_EQ(verdict.coverage.missing, 1);
}

TEST(VerdictOnPairs, LetsAWaiverExcuseWhatIsAbsentOnPurpose) {
  PairsFile file = MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B"}});
  file.measured[1].in_base = false;
  const std::string limits = R"({"version": 1, "tolerances": [{"id": "all", "benchmark": "*",
    "max_increase": "3%", "why": "w", "source": "s"}], "waivers": [{"benchmark": "BM_B",
    "reason": "new", "owner": "o", "ceiling": "absent", "expires": "2026-12-31"}]})";
  const Verdict verdict = VerdictOn({file}, limits);
  EXPECT_EQ(ExitCodeOf(verdict), 0);
  EXPECT_EQ(CheckOf(verdict, "BM_B").change()->outcome, Reason::kWaived);
  EXPECT_EQ(verdict.coverage.waived, 1);
}

TEST(VerdictOnPairs, NamesExpiredAndUselessWaivers) {
  const std::string limits = R"({"version": 1, "tolerances": [{"id": "all", "benchmark": "*",
    "max_increase": "3%", "why": "w", "source": "s"}], "waivers": [
    {"benchmark": "BM_A", "reason": "r", "owner": "o", "ceiling": "9%", "expires": "2026-01-31"},
    {"benchmark": "BM_Z", "reason": "r", "owner": "o", "ceiling": "9%",
     "expires": "2027-01-31"}]})";
  const Verdict verdict = VerdictOn({MakePairs({{.benchmark = "BM_A"}})}, limits);
  EXPECT_THAT(verdict.notes, Contains(HasSubstr("BM_A (o: r) expired after 2026-01-31")));
  EXPECT_THAT(verdict.notes, Contains(HasSubstr("BM_Z (o: r) matches no benchmark")));
}

TEST(VerdictOnPairs, FailsAToleranceForBenchmarksThatDoNotExist) {
  const std::string limits = R"({"version": 1, "tolerances": [
    {"id": "typo", "benchmark": "BM_Aa*", "max_increase": "3%", "why": "w", "source": "s"},
    {"id": "all", "benchmark": "*", "max_increase": "3%", "why": "w", "source": "s"}]})";
  const Verdict verdict = VerdictOn({MakePairs({{.benchmark = "BM_A"}})}, limits);
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(CheckOf(verdict, "BM_Aa*").change()->outcome, Reason::kMissing);
}

// What a control that fails makes of a regression: nothing to go by.
TEST(VerdictOnPairs, IsInvalidWhenAControlFails) {
  PairsFile loud = MakePairs({{.benchmark = "BM_A", .change = 0.08}});
  loud.measured[1] = MakeMeasured(
      {.benchmark = "BM_Control", .change = 0.08, .comparison = Comparison::kQuietControl}, 5);
  PairsFile deaf = MakePairs({{.benchmark = "BM_A"}});
  deaf.measured[2] = MakeMeasured(
      {.benchmark = "BM_Control", .change = 0.0, .comparison = Comparison::kSlowedControl}, 6);
  PairsFile without = MakePairs({{.benchmark = "BM_A"}});
  without.measured.resize(1);
  for (const PairsFile& file : {loud, deaf, without}) {
    const Verdict verdict = VerdictOn({file});
    EXPECT_EQ(ExitCodeOf(verdict), 4);
    EXPECT_EQ(CheckOf(verdict, "BM_A").status, CheckStatus::kInvalid);
    EXPECT_EQ(CheckOf(verdict, "BM_A").reason, Reason::kNotTrusted);
    EXPECT_EQ(CheckOf(verdict, "BM_A").change()->doubt, Doubt::kControlFailed);
  }
}

TEST(VerdictOnPairs, IsInsufficientWhileItsSlowedControlIs) {
  PairsFile file = MakePairs({{.benchmark = "BM_A"}});
  file.measured[2] = MakeMeasured({.benchmark = "BM_Control",
                                   .change = 0.05,
                                   .pairs = 5,
                                   .comparison = Comparison::kSlowedControl},
                                  6);
  const Verdict verdict = VerdictOn({file});
  EXPECT_EQ(ExitCodeOf(verdict), 3);
  EXPECT_EQ(CheckOf(verdict, "BM_A").change()->outcome, Reason::kOk);
}

TEST(VerdictOnPairs, SlowsTheQuietControlByArithmeticWhereTheBinaryCannotBeSlowed) {
  PairsFile file = MakePairs({{.benchmark = "BM_A"}});
  file.measured.pop_back();
  file.slowdown.reset();
  const Verdict verdict = VerdictOn({file});
  EXPECT_EQ(ExitCodeOf(verdict), 0);
  EXPECT_THAT(RenderText(verdict), HasSubstr("slowed_control"));
}

TEST(VerdictOnPairs, FailsADebugBuild) {
  PairsFile file = MakePairs({{.benchmark = "BM_A"}});
  file.candidate.context["slo_build_type"] = "debug";
  const Verdict verdict = VerdictOn({file});
  EXPECT_EQ(ExitCodeOf(verdict), 1);
  EXPECT_EQ(CheckOf(verdict, "BM_A").reason, Reason::kDebugBuild);
  EXPECT_EQ(CheckOf(verdict, "BM_A").change()->debug_sides,
            std::vector<BuildSide>{BuildSide::kCandidate});
}

TEST(VerdictOnPairs, OnlyWarnsWhereTheSeveritySaysSo) {
  const std::string limits = R"({"version": 1, "tolerances": [{"id": "all", "benchmark": "*",
    "max_increase": "3%", "severity": "warn", "why": "w", "source": "s"}]})";
  const Verdict verdict = VerdictOn({MakePairs({{.benchmark = "BM_A", .change = 0.1}})}, limits);
  EXPECT_EQ(ExitCodeOf(verdict), 0);
  EXPECT_EQ(CheckOf(verdict, "BM_A").change()->outcome, Reason::kRegressed);
  EXPECT_EQ(CheckOf(verdict, "BM_A").status, CheckStatus::kWarn);
  EXPECT_EQ(verdict.summary.overall_status, CheckStatus::kWarn);
  EXPECT_THAT(RenderText(verdict), HasSubstr("\nregressed, warn: all on BM_A\n"));
}

TEST(VerdictOnPairs, LetsNoCreepThroughSinceTheRelease) {
  // +1.5 % a step is tolerated; ten of them since the release are not.
  PairsFile step = MakePairs({{.benchmark = "BM_A", .change = 0.015, .pairs = 256}});
  PairsFile release =
      MakePairs({{.benchmark = "BM_A", .change = std::pow(1.015, 10) - 1, .pairs = 256}}, 9);
  release.file = "release.json";
  release.against = Against::kRelease;
  EXPECT_EQ(ExitCodeOf(VerdictOn({step})), 0);
  EXPECT_EQ(ExitCodeOf(VerdictOn({step, release})), 1);
}

TEST(VerdictOnPairs, SwappedFilesTurnARegressionIntoAnImprovement) {
  PairsFile file = MakePairs({{.benchmark = "BM_A", .change = 0.08}});
  for (auto& [name, metric] : file.measured[0].metrics) std::swap(metric.base, metric.candidate);
  EXPECT_EQ(CheckOf(VerdictOn({file}), "BM_A").change()->outcome, Reason::kImproved);
}

TEST(VerdictOnPairs, IsConfirmedByItsEvidence) {
  PairsFile file = MakePairs({{.benchmark = "BM_A"}, {.benchmark = "BM_B", .change = 0.08}});
  const std::string evidence = RenderJson(VerdictOn({file}));
  const auto verification = VerifyEvidence("e.json", evidence);
  ASSERT_TRUE(verification.ok()) << verification.status();
  EXPECT_THAT(verification->differences, IsEmpty());
  EXPECT_EQ(verification->overall_status, "fail");
  std::string forged = evidence;
  forged.replace(forged.find("\"regressed\""), 11, "\"improved\"");
  EXPECT_FALSE(VerifyEvidence("e.json", forged)->differences.empty());
}

}  // namespace
}  // namespace slo::tools
