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
  for (const double latency_ms : SimulateLatencies(model, kRequests, random)) {
    over += latency_ms > limit_ms ? 1 : 0;
  }
  return static_cast<double>(over) / kRequests;
}

TEST(LimitExceededBy, IsExceededByThatShareOfTheRequests) {
  const std::vector<LatencyModel> models = {{},
                                            {.autocorrelation = 0.9},
                                            {.is_bimodal = true},
                                            {.stall_period = 200},
                                            {.drift = 0.05},
                                            {.change_after = 50'000, .later_autocorrelation = 0.9}};
  for (size_t i = 0; i < models.size(); ++i) {
    EXPECT_NEAR(ShareOver(models[i], LimitExceededBy(models[i], 0.01)), 0.01, 0.002) << i;
    EXPECT_NEAR(ShareOver(models[i], LimitExceededBy(models[i], 0.05)), 0.05, 0.006) << i;
  }
}

TEST(Simulate, DependsOnNothingButItsArguments) {
  std::mt19937_64 one(7);
  std::mt19937_64 other(7);
  EXPECT_EQ(SimulateLatencies({}, 100, one), SimulateLatencies({}, 100, other));
  EXPECT_EQ(Simulate({}, 100, one).slots(), Simulate({}, 100, other).slots());
}

// One request after the other: the time from the first end to the last is the sum of the others.
TEST(RecordClosedLoop, LetsTimePassByTheLatencies) {
  std::mt19937_64 random(3);
  const std::vector<double> latencies_ms(1'000, 2.0);
  const bench::LatencyRecorder recorder = RecordClosedLoop(latencies_ms, random);
  EXPECT_EQ(recorder.count(), 1'000);
  const stats::TimeSlots& slots = recorder.slots().slots();
  EXPECT_NEAR(static_cast<double>(slots.width_ns()) * static_cast<double>(slots.slots()), 2e9,
              2.0 * static_cast<double>(slots.width_ns()));
}

}  // namespace
}  // namespace slo::calibration
