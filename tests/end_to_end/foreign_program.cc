// A program as somebody else writes it: its benchmarks are what benchmarks.txt beside it says, a
// line each: the name in hexadecimal digits, then what it is like, as "threads=2". Built by
// tools/dev/try-foreign-programs with the system's Google Benchmark.

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace {

using Traits = std::map<std::string, int>;

std::string FromHex(const std::string& digits) {
  std::string text;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    text.push_back(static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  }
  return text;
}

void Work(int steps) {
  unsigned x = 1;
  for (int i = 0; i < steps; ++i) benchmark::DoNotOptimize(x = x * 1'664'525U + 1'013'904'223U);
}

void Run(benchmark::State& state, Traits traits) {
  if (traits["prints"] != 0) std::printf("{\"benchmarks\": [\n");
  if (traits["error"] != 0) return state.SkipWithError("it does not run");
  for (auto _ : state) {
    Work(traits["steps"]);
    if (traits["manual"] != 0) state.SetIterationTime(1e-6);
  }
  if (traits["items"] != 0) state.SetItemsProcessed(state.iterations());
  state.counters["id"] = {static_cast<double>(traits["id"]), benchmark::Counter::kAvgThreads};
}

void Register(const std::string& line) {
  std::istringstream words(line);
  std::string name;
  words >> name;
  Traits traits;
  for (std::string word; words >> word;) {
    const size_t equals = word.find('=');
    traits[word.substr(0, equals)] = std::stoi(word.substr(equals + 1));
  }
  auto* made = benchmark::RegisterBenchmark(
      FromHex(name).c_str(), [traits](benchmark::State& state) { Run(state, traits); });
  if (traits["repetitions"] != 0) made->Repetitions(traits["repetitions"]);
  if (traits["aggregates"] != 0) made->ReportAggregatesOnly(true);
  if (traits["display"] != 0) made->DisplayAggregatesOnly(true);
  if (traits["manual"] != 0) made->UseManualTime();
  if (traits["real"] != 0) made->UseRealTime();
  if (traits["threads"] != 0) made->Threads(traits["threads"]);
}

}  // namespace

int main(int count, char** arguments) {
  std::string place(4'096, '\0');
  place.resize(static_cast<size_t>(readlink("/proc/self/exe", place.data(), place.size())));
  std::ifstream lines(place.substr(0, place.rfind('/')) + "/benchmarks.txt");
  if (!lines) return 1;
  int benchmarks = 0;
  for (std::string line; std::getline(lines, line); ++benchmarks) Register(line);
  std::printf("welcome\nprocess %d has %d benchmarks\n", getpid(), benchmarks);
  benchmark::Initialize(&count, arguments);
  benchmark::RunSpecifiedBenchmarks();
  std::printf("goodbye\n");
  return 0;
}
