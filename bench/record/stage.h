// The four requests of a run's life, in the order in which they come.

#ifndef SLO_BENCH_RECORD_STAGE_H_
#define SLO_BENCH_RECORD_STAGE_H_

#include <array>
#include <cstddef>
#include <optional>

#include "absl/strings/string_view.h"

namespace slo::bench {

enum class Stage { kCreateRun, kDispatchReady, kRunnerStatus, kReadRun };

inline constexpr std::array<Stage, 4> kStages = {Stage::kCreateRun, Stage::kDispatchReady,
                                                 Stage::kRunnerStatus, Stage::kReadRun};

// As in counter names, for example "create_run_latency_p99_us".
constexpr absl::string_view StageName(Stage stage) {
  constexpr std::array<absl::string_view, kStages.size()> kNames = {"create_run", "dispatch_ready",
                                                                    "runner_status", "read_run"};
  return kNames[static_cast<size_t>(stage)];
}

// The stage of that name; nothing for another word.
constexpr std::optional<Stage> StageNamed(absl::string_view name) {
  for (const Stage stage : kStages) {
    if (StageName(stage) == name) return stage;
  }
  return std::nullopt;
}

constexpr std::array<absl::string_view, kStages.size()> StageNames() {
  std::array<absl::string_view, kStages.size()> names;
  for (size_t i = 0; i < names.size(); ++i) names[i] = StageName(kStages[i]);
  return names;
}

}  // namespace slo::bench

#endif  // SLO_BENCH_RECORD_STAGE_H_
