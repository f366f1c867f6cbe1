#include "tools/lib/results/trace_slots.h"

#include <cstdint>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::string LatencyProblem(const std::string& text, int64_t count = 1) {
  return std::string(LatencySlotsOf(json::parse(text), "x", count).status().message());
}

std::string TrialProblem(const std::string& text) {
  return std::string(TrialSlotsOf(json::parse(text), "x").status().message());
}

TEST(TraceSlots, AreReadBackAsTheyWereWritten) {
  stats::LatencySlots latencies;
  stats::TrialSlots trials;
  constexpr int64_t kNowNs = 1'800'000'000'123'456'789;
  for (int64_t i = 0; i < 500; ++i) {
    latencies.Record(kNowNs + i * 777'777, 300 + i * i * 97);
    trials.CountTrials(kNowNs + i * 777'777);
    if (i % 7 == 0) trials.CountFailures(kNowNs + i * 777'777);
  }
  const json latency_json = json::parse(LatencySlotsJson(latencies).dump());
  const json trial_json = json::parse(TrialSlotsJson(trials).dump());
  const auto latencies_read = LatencySlotsOf(latency_json, "x", 500);
  ASSERT_TRUE(latencies_read.ok()) << latencies_read.status();
  EXPECT_EQ(*latencies_read, latencies);
  const auto trials_read = TrialSlotsOf(trial_json, "x");
  ASSERT_TRUE(trials_read.ok()) << trials_read.status();
  EXPECT_EQ(*trials_read, trials);
}

TEST(TraceSlots, BeginAtTheirNumberTimesTheirWidth) {
  stats::TrialSlots trials;
  trials.CountTrials(10 * 1'024);
  trials.CountTrials(12 * 1'024 + 5, 3);
  trials.CountFailures(12 * 1'024 + 5);
  EXPECT_EQ(TrialSlotsJson(trials).dump(),
            R"({"width_ns":1024,"first":10,"counts":[[1,0],[0,0],[3,1]]})");
}

TEST(TraceSlots, OfNothingAreNone) {
  const json none = json::parse(LatencySlotsJson(stats::LatencySlots()).dump());
  EXPECT_EQ(none["counts"], json::array());
  EXPECT_TRUE(LatencySlotsOf(none, "x", 0).ok());
}

TEST(TraceSlots, RefuseOtherWidths) {
  for (const char* bad :
       {"512", "1025", "0", "-1024", "1024.5", "\"1024\"", "2305843009213693952"}) {
    EXPECT_THAT(
        LatencyProblem(std::string(R"({"first":0,"counts":[[[5,1]]],"width_ns":)") + bad + "}"),
        HasSubstr("x.width_ns: expected a power of two from 1024 to 2^60"))
        << bad;
  }
  EXPECT_EQ(LatencyProblem(R"({"first":0,"counts":[[[5,1]]],"width_ns":1024})"), "");
  EXPECT_EQ(LatencyProblem(R"({"first":0,"counts":[[[5,1]]],"width_ns":1152921504606846976})"), "");
}

TEST(TraceSlots, RefuseNumbersOfSlotsThatAreNone) {
  for (const char* bad : {"9223372036854775807", "-9223372036854775807", "1.5", "null"}) {
    EXPECT_THAT(
        LatencyProblem(std::string(R"({"width_ns":1024,"counts":[[[5,1]]],"first":)") + bad + "}"),
        HasSubstr("x.first: expected the number of a slot"))
        << bad;
  }
}

TEST(TraceSlots, RefuseMoreThanSixtyFour) {
  std::string counts = "[[5,1]]";
  for (int i = 1; i < 64; ++i) counts += ",[]";
  const std::string head = R"({"width_ns":1024,"first":0,"counts":[)";
  EXPECT_EQ(LatencyProblem(head + counts + "]}"), "");
  EXPECT_THAT(LatencyProblem(head + counts + ",[]]}"),
              HasSubstr("x.counts: expected a list of at most 64 slots"));
}

TEST(TraceSlots, RefuseCountsThatAreNone) {
  const std::string head = R"({"width_ns":1024,"first":0,"counts":[)";
  for (const char* bad :
       {"5", "[5]", "[[5]]", "[[5,1,1]]", "[[-5,1]]", "[[5,-1]]", "[[5,4294967296]]"}) {
    EXPECT_THAT(LatencyProblem(head + bad + "]}"), HasSubstr("x.counts[0]: expected a list of"))
        << bad;
  }
  EXPECT_THAT(LatencyProblem(head + "[[5,1]]]}", 2), HasSubstr("expected 2 latencies"));
  for (const char* bad : {"5", "[5]", "[1,2]", "[-1,0]", "[1,0,0]"}) {
    EXPECT_THAT(TrialProblem(head + bad + "]}"),
                HasSubstr("x.counts[0]: expected [trials, failures]"))
        << bad;
  }
  EXPECT_EQ(TrialProblem(head + "[2,2]]}"), "");
  EXPECT_THAT(TrialProblem("[]"), HasSubstr("x: expected an object"));
}

}  // namespace
}  // namespace slo::tools
