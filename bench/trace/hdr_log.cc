#include "bench/trace/hdr_log.h"

#include <zlib.h>

#include <bit>
#include <cstdint>

#include "absl/base/macros.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace slo::trace {
namespace {

constexpr uint32_t kEncodingCookie = 0x1c849303U | 0x10U;
constexpr uint32_t kCompressedCookie = 0x1c849304U | 0x10U;
constexpr uint32_t kSignificantDigits = 3;

// Big-endian.
template <typename T>
void PutNumber(T value, std::string& bytes) {
  for (int shift = 8 * (static_cast<int>(sizeof(T)) - 1); shift >= 0; shift -= 8) {
    bytes.push_back(
        static_cast<char>(static_cast<uint64_t>(value) >> static_cast<unsigned>(shift)));
  }
}

// ZigZag LEB128 with at most nine bytes, the ninth of which is whole.
void PutCount(int64_t count, std::string& bytes) {
  auto value = (static_cast<uint64_t>(count) << 1U) ^ static_cast<uint64_t>(count >> 63);
  for (int byte = 0; byte < 8 && value >= 0x80; ++byte) {
    bytes.push_back(static_cast<char>((value & 0x7fU) | 0x80U));
    value >>= 7U;
  }
  bytes.push_back(static_cast<char>(value));
}

// A run of empty buckets is one negative number.
std::string Counts(const bench::LatencyHistogram& histogram) {
  std::string bytes;
  size_t next = 0;
  histogram.ForEachBucket([&](size_t bucket, int64_t /*highest_ns*/, int64_t count) {
    const auto empty = static_cast<int64_t>(bucket - next);
    if (empty > 0) PutCount(empty == 1 ? 0 : -empty, bytes);
    PutCount(count, bytes);
    next = bucket + 1;
  });
  return bytes;
}

std::string Deflate(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string deflated(size, '\0');
  const int status =
      compress2(reinterpret_cast<Bytef*>(deflated.data()), &size,
                reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_BEST_COMPRESSION);
  ABSL_HARDENING_ASSERT(status == Z_OK);  // the buffer is large enough by compressBound
  deflated.resize(size);
  return deflated;
}

// A tag ends at a comma or a space.
std::string Tag(const TracedScenario& scenario, const TracedHistogram& traced) {
  std::string tag = absl::StrCat(scenario.row, "#", traced.prefix);
  for (char& c : tag) {
    if (c == ',' || c == '=' || !absl::ascii_isgraph(static_cast<unsigned char>(c))) c = '_';
  }
  return tag;
}

}  // namespace

std::string HdrPayload(const bench::LatencyHistogram& histogram) {
  const std::string counts = Counts(histogram);
  std::string plain;
  PutNumber(kEncodingCookie, plain);
  PutNumber(static_cast<uint32_t>(counts.size()), plain);
  PutNumber(uint32_t{0}, plain);  // normalizing index offset
  PutNumber(kSignificantDigits, plain);
  PutNumber(uint64_t{1}, plain);  // lowest discernible value
  PutNumber(static_cast<uint64_t>(bench::LatencyHistogram::kLargestBucketedNs), plain);
  PutNumber(std::bit_cast<uint64_t>(1.0), plain);  // ratio of doubles to integers
  plain.append(counts);
  const std::string deflated = Deflate(plain);
  std::string bytes;
  PutNumber(kCompressedCookie, bytes);
  PutNumber(static_cast<uint32_t>(deflated.size()), bytes);
  bytes.append(deflated);
  return absl::Base64Escape(bytes);
}

std::string HdrLog(const std::vector<TracedScenario>& scenarios, absl::Time generated_at) {
  const double start = scenarios.empty()
                           ? absl::ToDoubleSeconds(generated_at - absl::UnixEpoch())
                           : absl::ToDoubleSeconds(scenarios.front().start - absl::UnixEpoch());
  std::string log = absl::StrFormat(
      "#[Histogram log format version 1.3]\n#[StartTime: %.3f (seconds since epoch)]\n"
      "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n",
      start);
  for (const TracedScenario& scenario : scenarios) {
    const double begins = absl::ToDoubleSeconds(scenario.start - absl::UnixEpoch()) - start;
    for (const TracedHistogram& traced : scenario.histograms) {
      if (traced.histogram.count() == 0) continue;
      absl::StrAppendFormat(&log, "Tag=%s,%.3f,%.3f,%.3f,%s\n", Tag(scenario, traced), begins,
                            absl::ToDoubleSeconds(scenario.length),
                            absl::ToDoubleMilliseconds(traced.histogram.max()),
                            HdrPayload(traced.histogram));
    }
  }
  return log;
}

}  // namespace slo::trace
