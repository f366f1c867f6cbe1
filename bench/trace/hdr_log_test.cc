#include "bench/trace/hdr_log.h"

#include <zlib.h>

#include <algorithm>
#include <map>
#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::trace {
namespace {

using ::testing::HasSubstr;

uint64_t Number(absl::string_view bytes, size_t at, size_t size) {
  uint64_t number = 0;
  for (size_t i = 0; i < size; ++i)
    number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

// The counts by bucket, by a decoder of its own. tools/dev/check-trace has other people's decoders.
std::map<size_t, int64_t> CountsOf(const std::string& payload) {
  std::string bytes;
  EXPECT_TRUE(absl::Base64Unescape(payload, &bytes));
  EXPECT_EQ(Number(bytes, 0, 4), 0x1c849314U);
  EXPECT_EQ(Number(bytes, 4, 4), bytes.size() - 8);
  std::string plain(1 << 20, '\0');
  uLongf size = plain.size();
  EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(plain.data()), &size,
                       reinterpret_cast<const Bytef*>(bytes.data() + 8), bytes.size() - 8),
            Z_OK);
  plain.resize(size);
  EXPECT_EQ(Number(plain, 0, 4), 0x1c849313U);
  constexpr size_t kHeader = 40;
  EXPECT_EQ(Number(plain, 4, 4), plain.size() - kHeader);
  EXPECT_EQ(Number(plain, 12, 4), 3u) << "significant digits";
  std::map<size_t, int64_t> counts;
  size_t bucket = 0;
  for (size_t i = kHeader; i < plain.size();) {
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(plain[i++]);
      value |= uint64_t{shift == 56 ? byte : byte & 0x7fU} << shift;
      if (byte < 0x80 || shift == 56) break;
    }
    const auto count = static_cast<int64_t>(value >> 1U) ^ -static_cast<int64_t>(value & 1U);
    if (count < 0) {
      bucket += static_cast<size_t>(-count);
    } else {
      if (count > 0) counts[bucket] = count;
      ++bucket;
    }
  }
  return counts;
}

TEST(HdrPayload, HoldsEveryBucketOfTheHistogram) {
  bench::LatencyHistogram histogram;
  for (int64_t value : {0, 1, 3, 2'047, 2'048, 2'049, 1'000'000, 1'000'000'000}) {
    for (int64_t i = 0; i <= value % 300; ++i) histogram.RecordNanoseconds(value);
  }
  histogram.RecordNanoseconds(int64_t{1} << 43U);
  std::map<size_t, int64_t> expected;
  histogram.ForEachBucket(
      [&](size_t bucket, int64_t /*highest_ns*/, int64_t count) { expected[bucket] = count; });
  EXPECT_GE(expected.size(), 8u);
  EXPECT_EQ(CountsOf(HdrPayload(histogram)), expected);
}

TEST(HdrPayload, HoldsCountsOfAnySize) {
  bench::LatencyHistogram histogram;
  histogram.RecordNanoseconds(5);
  for (int doubling = 0; doubling < 62; ++doubling) histogram.Merge(histogram);
  EXPECT_EQ(CountsOf(HdrPayload(histogram)), (std::map<size_t, int64_t>{{5, int64_t{1} << 62U}}));
}

TEST(HdrLog, HasALineForEachHistogramWithSamples) {
  TracedScenario scenario = {
      .row = "BM_A/x:1, y=2", .start = absl::FromUnixSeconds(1'000), .length = absl::Seconds(2)};
  scenario.histograms.resize(2);
  scenario.histograms[0].prefix = "run_";
  scenario.histograms[0].histogram.RecordNanoseconds(3'000'000);
  const std::string log = HdrLog({scenario}, absl::FromUnixSeconds(5'000));
  EXPECT_THAT(log, HasSubstr("#[Histogram log format version 1.3]\n"));
  EXPECT_THAT(log, HasSubstr("#[StartTime: 1000.000 (seconds since epoch)]\n"));
  EXPECT_THAT(log, HasSubstr("\nTag=BM_A/x:1__y_2#run_,0.000,2.000,3.000,HISTFAAA"));
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 4);
}

}  // namespace
}  // namespace slo::trace
