// What a draft leaves out, with a sentence for each reason.

#ifndef SLO_TOOLS_SLO_GATE_DRAFT_LEFT_OUT_H_
#define SLO_TOOLS_SLO_GATE_DRAFT_LEFT_OUT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"

namespace slo::tools {

class LeftOut {
 public:
  // `kind`: equal for benchmarks that share a sentence; `why`: the sentence, of the first of them.
  void Add(absl::string_view metric, absl::string_view kind, absl::string_view why,
           absl::string_view benchmark);

  // "cpu_time of BM_A, BM_B and 3 more benchmarks is left out: ...".
  std::vector<std::string> Notes() const;

 private:
  struct Entry {
    std::string why;
    std::vector<std::string> benchmarks;
  };

  absl::btree_map<std::pair<std::string, std::string>, Entry> entries_;  // by metric and kind
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_DRAFT_LEFT_OUT_H_
