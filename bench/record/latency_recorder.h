// What is kept of a stream of latencies: how many there were of each length, and their order.

#ifndef SLO_BENCH_RECORD_LATENCY_RECORDER_H_
#define SLO_BENCH_RECORD_LATENCY_RECORDER_H_

#include <cstdint>
#include <utility>

#include "bench/record/latency_histogram.h"
#include "bench/record/latency_series.h"

namespace slo::bench {

// Not thread-safe: one a thread, merged when the threads are done.
class LatencyRecorder {
 public:
  LatencyRecorder() = default;
  LatencyRecorder(LatencyHistogram histogram, LatencySeries series)
      : histogram_(std::move(histogram)), series_(std::move(series)) {}

  void RecordNanoseconds(int64_t latency_ns) {
    histogram_.RecordNanoseconds(latency_ns);
    series_.RecordNanoseconds(latency_ns);
  }

  // As if what the other one recorded had come after what this one did.
  void Merge(const LatencyRecorder& other) {
    histogram_.Merge(other.histogram_);
    series_.Append(other.series_);
  }

  int64_t count() const { return histogram_.count(); }
  const LatencyHistogram& histogram() const { return histogram_; }
  const LatencySeries& series() const { return series_; }

 private:
  LatencyHistogram histogram_;
  LatencySeries series_;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_RECORD_LATENCY_RECORDER_H_
