// operator new and delete that count live blocks: an addition to a variable of the thread each,
// well below 1 % of a request.

#include <cstdlib>

#include "bench/machine/live_blocks.h"
#include "bench/machine/replaced_new.h"

namespace slo {
namespace {

thread_local constinit int64_t live_blocks = 0;

}  // namespace

namespace bench {

int64_t CountedLiveBlocks() { return live_blocks; }

}  // namespace bench

namespace heap {

// NOLINTBEGIN(cppcoreguidelines-no-malloc): this is the allocator
void* Allocate(std::size_t size, std::size_t alignment) {
  ++live_blocks;
  if (alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__) return std::malloc(size == 0 ? 1 : size);
  // aligned_alloc wants a multiple of the alignment.
  return std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

void Free(void* memory) {
  if (memory != nullptr) --live_blocks;
  std::free(memory);
}
// NOLINTEND(cppcoreguidelines-no-malloc)

}  // namespace heap
}  // namespace slo
