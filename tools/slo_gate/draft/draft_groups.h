// Which benchmarks share an objective.

#ifndef SLO_TOOLS_SLO_GATE_DRAFT_DRAFT_GROUPS_H_
#define SLO_TOOLS_SLO_GATE_DRAFT_DRAFT_GROUPS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "tools/slo_gate/objectives/benchmark_rows.h"

namespace slo::tools {

// Limits of benchmarks of unlike sizes differ: one for all of a family is loose for most of them.
enum class DraftBy { kName, kFamily };

struct DraftGroup {
  std::string stem;  // of the objective's id: the name of benchmark or family
  std::string glob;  // matches these benchmarks, and no other of the results
  std::vector<const BenchmarkRows*> benchmarks;
};

// A group of one benchmark.
DraftGroup GroupOf(const BenchmarkRows& benchmark);

// A group a name; or a group for all names that have arguments ("/") and the same text before them.
std::vector<DraftGroup> GroupsOf(const BenchmarkList& benchmarks, DraftBy by);

// Ids for objectives: letters, digits, "_", "-" and "."; each once.
class ObjectiveIds {
 public:
  std::string Take(const DraftGroup& group, absl::string_view metric);

 private:
  absl::flat_hash_map<std::string, size_t> taken_;  // how often
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_DRAFT_DRAFT_GROUPS_H_
