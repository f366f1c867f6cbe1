// How many blocks of memory are live: the exact oracle for a leak. Known in programs that contain
// counting_new.cc, whose operator new and delete count; in others nothing is known.

#ifndef SLO_BENCH_MACHINE_LIVE_BLOCKS_H_
#define SLO_BENCH_MACHINE_LIVE_BLOCKS_H_

#include <cstdint>
#include <optional>

namespace slo::bench {

// Blocks that the calling thread got from operator new, less those that it gave back, whoever got
// them: meant for the difference between two calls on one thread that shares no memory meanwhile.
std::optional<int64_t> LiveBlocks();

// Defined by counting_new.cc.
[[gnu::weak]] int64_t CountedLiveBlocks();

}  // namespace slo::bench

#endif  // SLO_BENCH_MACHINE_LIVE_BLOCKS_H_
