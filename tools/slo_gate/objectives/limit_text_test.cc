#include "tools/slo_gate/objectives/limit_text.h"

#include <string>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

absl::StatusOr<TypedLimit> Parse(const std::string& metric, const std::string& unit,
                                 const std::string& text, bool is_max) {
  const auto declaration = Declare(metric, unit);
  if (!declaration.ok()) return declaration.status();
  return ParseLimit(*declaration, text, is_max);
}

TEST(ParseLimit, TakesTheEdgesOfWhatCanBeViolated) {
  const bool max = true;
  const bool min = false;
  EXPECT_EQ(Parse("x_count", "", "0", max)->limit.value, 0);
  EXPECT_EQ(Parse("x_count", "", "0", min)->limit.value, 0) << "it may be negative";
  EXPECT_EQ(Parse("x_count", "", "1e-9", min)->limit.value, 1e-9);
  EXPECT_EQ(Parse("x_count", "", "-1", max)->limit.value, -1);
  EXPECT_EQ(Parse("x", "1", "0", max)->limit.value, 0);
  EXPECT_EQ(Parse("x", "1", "1", min)->limit.value, 1);
  EXPECT_EQ(Parse("x", "1", "0.999", max)->limit.value, 0.999);
  for (const auto& [text, is_max] :
       {std::pair("1.001", min), {"-0.001", min}, {"1", max}, {"0", min}}) {
    EXPECT_FALSE(Parse("x", "1", text, is_max).ok()) << text;
    EXPECT_FALSE(Parse("success_ratio", "", text, is_max).ok()) << text;
  }
  for (const char* text : {"nan", "inf", "", "1x", "-inf"}) {
    EXPECT_FALSE(Parse("x_count", "", text, max).ok()) << text;
  }
  EXPECT_EQ(Parse("x_us", "", "1ns", max)->limit.value, 1e-3);
  EXPECT_FALSE(Parse("x_us", "", "0s", max).ok());
}

TEST(ParseLimit, TakesANumberInTheUnitOfTheName) {
  EXPECT_EQ(Parse("stage_cpu_us", "", "50", true)->limit.value, 50);
  EXPECT_EQ(Parse("stage_cpu_us", "", "50", true)->type, std::nullopt);
  EXPECT_FALSE(Parse("latency_p99_us", "", "50", true).ok());
}

TEST(Declare, KnowsWhatAnybodysNamesMean) {
  EXPECT_EQ(Declare("real_time", "")->type, TypeOf("real_time", Origin::kForeign));
  EXPECT_EQ(Declare("items_per_second", "")->type, MetricType{MetricKind::kRate});
  EXPECT_EQ(Declare("success_ratio", "")->type, MetricType{MetricKind::kRatio});
  EXPECT_EQ(Declare("hit_ratio", "")->type, std::nullopt);
  EXPECT_EQ(Declare("a_us", "")->type, std::nullopt);
  EXPECT_EQ(Declare("a_us", "ms")->type, (MetricType{MetricKind::kTime, 1e3})) << "unit wins";
  EXPECT_FALSE(Declare("a", "furlongs").ok());
}

}  // namespace
}  // namespace slo::tools
