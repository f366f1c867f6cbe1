#include "tests/calibration/simulated_api.h"

#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace slo::calibration {
namespace {

double ShareOver(const LatencyModel& model, double limit_ms) {
  std::mt19937_64 random(1);
  constexpr int kRequests = 100'000;
  int over = 0;
  const bench::LatencyRecorder latencies = Simulate(model, kRequests, random);
  for (const uint32_t latency_ns : latencies.series().values()) {
    over += latency_ns > limit_ms * 1e6 ? 1 : 0;
  }
  return static_cast<double>(over) / kRequests;
}

TEST(LimitExceededBy, IsExceededByThatShareOfTheRequests) {
  const std::vector<LatencyModel> models = {
      {}, {.autocorrelation = 0.9}, {.is_bimodal = true}, {.stall_period = 200}, {.drift = 0.05}};
  for (size_t i = 0; i < models.size(); ++i) {
    EXPECT_NEAR(ShareOver(models[i], LimitExceededBy(models[i], 0.01)), 0.01, 0.002) << i;
    EXPECT_NEAR(ShareOver(models[i], LimitExceededBy(models[i], 0.05)), 0.05, 0.006) << i;
  }
}

TEST(Simulate, DependsOnNothingButItsArguments) {
  std::mt19937_64 one(7);
  std::mt19937_64 other(7);
  EXPECT_EQ(Simulate({}, 100, one).series().values(), Simulate({}, 100, other).series().values());
}

}  // namespace
}  // namespace slo::calibration
