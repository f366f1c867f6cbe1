// What evidence holds of the objectives is what is read from it.

#include "tools/slo_gate/objectives/applied_thresholds.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tools/slo_gate/objectives/thresholds.h"

namespace slo::tools {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr char kFile[] = R"({"version": 1, "confidence": 0.99,
  "longest_disturbance": {"duration": "2ms", "requests": 84, "why": "w"}, "objectives": [
  {"id": "time", "benchmark": "BM_*", "metric": "latency_p99_us", "max": "250ms",
   "why": "w", "source": "s"},
  {"id": "ratio", "benchmark": "BM_A", "metric": "success_ratio", "min": 0.990,
   "why": "w", "source": "s", "severity": "warn"},
  {"id": "both", "benchmark": "BM_A", "metric": "x", "min": 0.5, "max": 1e3,
   "why": "w", "source": "s"},
  {"id": "machine", "benchmark": "*", "metric": "environment_stall_share", "max": 0.2,
   "why": "w", "source": "s", "excuses": ["latency_*", "*_us"]}]})";

Thresholds Applied(const std::vector<OverrideRequest>& overrides = {}) {
  Thresholds thresholds = ParseThresholds("t.json", kFile).value();
  EXPECT_TRUE(ApplyOverrides(overrides, thresholds).ok());
  return thresholds;
}

json JsonOf(const Thresholds& thresholds) {
  return json::parse(AppliedThresholdsJson(thresholds).dump());
}

std::string ProblemsOf(const json& applied) {
  return std::string(AppliedThresholdsOf(applied).status().message());
}

TEST(AppliedThresholds, AreReadBackAsTheSameObjectives) {
  EXPECT_EQ(AppliedThresholdsOf(JsonOf(Applied())).value(), Applied());
}

TEST(AppliedThresholds, KeepOverridesAsTheyWereWritten) {
  for (const char* limit : {"0.9990", "+.5", "5e-1", "0.999"}) {
    const Thresholds thresholds =
        Applied({{std::string("ratio=") + limit, "--override"}, {"time=90000us", "SLO_OVERRIDES"}});
    EXPECT_EQ(AppliedThresholdsOf(JsonOf(thresholds)).value(), thresholds) << limit;
    EXPECT_EQ(thresholds.objectives[1].min->text, limit);
  }
}

TEST(AppliedThresholds, AreCheckedAsAFileIs) {
  json applied = JsonOf(Applied());
  applied["confidence"] = "high";
  applied["objectives"][0]["max"] = "soon";
  applied["objectives"][1]["min"] = "much";
  applied["objectives"][2]["why"] = 7;
  applied["objectives"][3]["excuses"] = "latency_*";
  EXPECT_THAT(ProblemsOf(applied), AllOf(HasSubstr("thresholds: confidence: "),
                                         HasSubstr("thresholds: objectives[0].max: "),
                                         HasSubstr("thresholds: objectives[1].min: "),
                                         HasSubstr("thresholds: objectives[2].why: "),
                                         HasSubstr("thresholds: objectives[3].excuses: ")));
}

TEST(AppliedThresholds, AreRefusedInAnotherShape) {
  for (const char* text : {"[]", "3", "{}", R"({"objectives": 7})", R"({"objectives": []})",
                           R"({"objectives": [7]})"}) {
    EXPECT_THAT(ProblemsOf(json::parse(text)), HasSubstr("thresholds: ")) << text;
  }
}

}  // namespace
}  // namespace slo::tools
