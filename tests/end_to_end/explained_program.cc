// A program as somebody else writes it, with a part that SLOWER makes slower; for explain_test.sh.

#include <benchmark/benchmark.h>

#include <numeric>
#include <string>
#include <vector>

namespace shop {

static unsigned Mixed(unsigned value) {
#ifdef SLOWER
  for (int i = 0; i < 30; ++i) benchmark::DoNotOptimize(value = value * 1'664'525U + 1U);
#endif
  return value * 31 + 7;
}

__attribute__((noinline)) std::string Receipt(unsigned number) {
  return std::to_string(number).append(40, '-');
}

__attribute__((noinline)) unsigned Sold(const std::vector<unsigned>& items) {
  unsigned sum = 0;
  for (const unsigned item : items) sum += Mixed(item);
  return sum + static_cast<unsigned>(Receipt(sum).size());
}

}  // namespace shop

static void BM_Sold(benchmark::State& state) {
  std::vector<unsigned> items(static_cast<size_t>(state.range(0)));
  std::iota(items.begin(), items.end(), 0U);
  for (auto _ : state) benchmark::DoNotOptimize(shop::Sold(items));
}
BENCHMARK(BM_Sold)->Arg(10);
BENCHMARK(BM_Sold)->Arg(20)->Iterations(64);

BENCHMARK_MAIN();
