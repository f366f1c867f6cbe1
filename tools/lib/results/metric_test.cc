#include "tools/lib/results/metric.h"

#include <cmath>
#include <limits>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

constexpr MetricType kNs = {.kind = MetricKind::kTime, .per_second = 1e9};
constexpr MetricType kUs = {.kind = MetricKind::kTime, .per_second = 1e6};
constexpr MetricType kMs = {.kind = MetricKind::kTime, .per_second = 1e3};
constexpr MetricType kS = {.kind = MetricKind::kTime, .per_second = 1};
constexpr MetricType kPlain = {};
constexpr MetricType kRatio = {.kind = MetricKind::kRatio};
constexpr MetricType kBytes = {.kind = MetricKind::kBytes};
constexpr MetricType kRate = {.kind = MetricKind::kRate};

TEST(TypeOf, KnowsTheFieldsOfGoogleBenchmarkWhoeverWroteThem) {
  for (const Origin origin : {Origin::kForeign, Origin::kOurs}) {
    EXPECT_EQ(TypeOf("real_time", origin), kNs);
    EXPECT_EQ(TypeOf("cpu_time", origin), kNs);
    EXPECT_EQ(TypeOf("items_per_second", origin), kRate);
    EXPECT_EQ(TypeOf("bytes_per_second", origin), kRate);
  }
}

TEST(TypeOf, TakesACounterOfAnotherProgramAsAPlainNumber) {
  for (const char* counter : {"MB_s", "GB/s", "latency_p99_us", "compression_ratio", "heap_bytes",
                              "success_ratio", "runs_per_second", "a_ms"}) {
    EXPECT_EQ(TypeOf(counter, Origin::kForeign), kPlain) << counter;
  }
}

TEST(TypeOf, ReadsTheUnitOffTheNameOfOurCounters) {
  const auto ours = [](const char* counter) { return TypeOf(counter, Origin::kOurs); };
  EXPECT_EQ(ours("a_ns"), kNs);
  EXPECT_EQ(ours("latency_p99_us"), kUs);
  EXPECT_EQ(ours("a_ms"), kMs);
  EXPECT_EQ(ours("a_s"), kS);
  EXPECT_EQ(ours("success_ratio"), kRatio);
  EXPECT_EQ(ours("retained_run_bytes"), kBytes);
  EXPECT_EQ(ours("runs_per_second"), kRate);
  EXPECT_EQ(ours("failed_count"), kPlain);
  EXPECT_EQ(ours("latency_drift_factor"), kPlain);
  for (const char* rate : {"a_per_ns", "a_per_us", "a_per_ms", "a_per_s"}) {
    EXPECT_EQ(ours(rate), kPlain) << rate;
  }
}

TEST(TypeOfUnit, KnowsTheUnitsOfObjectives) {
  EXPECT_EQ(TypeOfUnit("ns"), kNs);
  EXPECT_EQ(TypeOfUnit("us"), kUs);
  EXPECT_EQ(TypeOfUnit("\xC2\xB5s"), kUs);
  EXPECT_EQ(TypeOfUnit("\xCE\xBCs"), kUs);
  EXPECT_EQ(TypeOfUnit("ms"), kMs);
  EXPECT_EQ(TypeOfUnit("s"), kS);
  EXPECT_EQ(TypeOfUnit("bytes"), kBytes);
  EXPECT_EQ(TypeOfUnit("1"), kRatio);
  EXPECT_EQ(TypeOfUnit("1/s"), kRate);
  for (const char* unit : {"", "minutes", "US", "2", "%"}) {
    EXPECT_EQ(TypeOfUnit(unit), std::nullopt) << unit;
  }
}

TEST(Pretty, ShowsTimesInThreeDigitsOfAUnitThatReadsWell) {
  EXPECT_EQ(Pretty(kUs, 1'250), "1.25 ms");
  EXPECT_EQ(Pretty(kNs, 59.74), "59.7 ns");
  EXPECT_EQ(Pretty(kNs, 0.28), "0.28 ns");
  EXPECT_EQ(Pretty(kNs, 1.0543), "1.05 ns");
  EXPECT_EQ(Pretty(kNs, 999.4), "999 ns");
  EXPECT_EQ(Pretty(kNs, 999.9), "1 us") << "not 1000 ns";
  EXPECT_EQ(Pretty(kNs, 1e6), "1 ms");
  EXPECT_EQ(Pretty(kNs, 1e9), "1 s");
  EXPECT_EQ(Pretty(kS, 5'120), "5120 s");
  EXPECT_EQ(Pretty(kNs, -1'234), "-1.23 us");
  EXPECT_EQ(Pretty(kNs, 0), "0 ns");
  EXPECT_EQ(Pretty(kNs, 0.0012), "0.0012 ns");
}

TEST(Pretty, ShowsNumbersWithDecimalPrefixes) {
  EXPECT_EQ(Pretty(kPlain, 178e9), "178G");
  EXPECT_EQ(Pretty(kPlain, 4.2e9), "4.2G");
  EXPECT_EQ(Pretty(kPlain, 72'149), "72.1k");
  EXPECT_EQ(Pretty(kPlain, 9'999), "9999");
  EXPECT_EQ(Pretty(kPlain, 10'000), "10k");
  EXPECT_EQ(Pretty(kPlain, -128), "-128");
  EXPECT_EQ(Pretty(kPlain, -2e6), "-2M");
  EXPECT_EQ(Pretty(kPlain, 3.14159), "3.14");
  EXPECT_EQ(Pretty(kPlain, 0.000123456), "0.000123");
  EXPECT_EQ(Pretty(kPlain, 1.23456e-7), "1.23e-07");
  EXPECT_EQ(Pretty(kPlain, 3.5e18), "3.5E");
  EXPECT_EQ(Pretty(kPlain, -1.7976931348623157e308), "-1.80e+308");
  EXPECT_EQ(Pretty({MetricKind::kRate}, 2e21), "2.00e+21/s");
  EXPECT_EQ(Pretty({MetricKind::kTime, 1}, 1.7976931348623157e308), "1.80e+308 s");
  EXPECT_EQ(Pretty({MetricKind::kBytes}, 1e300), "8.67e+281 EiB");
  EXPECT_EQ(Pretty(kRate, 72'149), "72.1k/s");
}

TEST(Pretty, ShowsBytesWithBinaryPrefixes) {
  EXPECT_EQ(Pretty(kBytes, 640), "640 B");
  EXPECT_EQ(Pretty(kBytes, 9'999), "9999 B");
  EXPECT_EQ(Pretty(kBytes, 65'536), "64 KiB");
  EXPECT_EQ(Pretty(kBytes, 4.25 * 1024 * 1024), "4.25 MiB");
}

TEST(Pretty, ShowsWhatIsNoNumber) {
  EXPECT_EQ(Pretty(kNs, std::numeric_limits<double>::quiet_NaN()), "not a number");
  EXPECT_EQ(Pretty(kPlain, std::numeric_limits<double>::infinity()), "not a number");
}

TEST(PrettyBeside, TellsTheValueFromTheLimit) {
  EXPECT_EQ(PrettyBeside(kUs, 50.04, 50), "50.04 us");
  EXPECT_EQ(PrettyBeside(kUs, 49.996, 50), "49.996 us");
  EXPECT_EQ(PrettyBeside(kUs, 50, 50), "50 us");
  EXPECT_EQ(PrettyBeside(kUs, 58.1234, 50), "58.1 us");
  EXPECT_EQ(PrettyBeside(kRatio, 0.9987, 0.999), "0.9987");
  EXPECT_EQ(PrettyBeside(kRatio, 0.997811, 0.999), "0.998");
  EXPECT_EQ(PrettyBeside(kPlain, 1e6 + 1, 1e6), "1.000001M");
}

}  // namespace
}  // namespace slo::tools
