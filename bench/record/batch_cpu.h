// CPU time of batches: what an iteration costs, and what it costs when nobody disturbs it.

#ifndef SLO_BENCH_RECORD_BATCH_CPU_H_
#define SLO_BENCH_RECORD_BATCH_CPU_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/lib/results/latency_counters.h"

namespace slo::bench {

// Not thread-safe: one a thread, merged afterwards.
class BatchCpu {
 public:
  // `cpu_ns`: of the thread, for `iterations` iterations, at least one.
  void Add(int64_t cpu_ns, int64_t iterations);
  void Merge(const BatchCpu& other);

  bool empty() const { return iterations_ == 0; }

  // <name>_us, the mean an iteration, and <name>_p10_us, the 10th percentile of the batches by
  // nearest rank. Caches that another process has swept and a core shared with one make batches
  // dearer, never cheaper: the low percentile is what two builds are compared by, and scatters a
  // third as much on a busy machine. No counters without a batch.
  void AddCounters(const std::string& name, tools::Counters& counters) const;

 private:
  int64_t total_ns_ = 0;
  int64_t iterations_ = 0;
  std::vector<double> batch_us_;  // an iteration, by batch
};

// By thread, the first batch of a row in this process: what is touched for the first time costs CPU
// time too, once, so it counts in every row that the process prints. Each thread notes its own.
class FirstBatches {
 public:
  void Resize(size_t threads) { batches_.resize(threads); }

  // Nothing after the first time.
  void Note(size_t thread, const BatchCpu& batch) {
    if (batches_[thread].empty()) batches_[thread] = batch;
  }

  void MergeInto(BatchCpu& cpu) const {
    for (const BatchCpu& batch : batches_) cpu.Merge(batch);
  }

 private:
  std::vector<BatchCpu> batches_;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_RECORD_BATCH_CPU_H_
