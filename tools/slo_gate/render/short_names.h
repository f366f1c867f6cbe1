// Names of benchmarks in the width of a column, which still say which benchmark is meant.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_SHORT_NAMES_H_
#define SLO_TOOLS_SLO_GATE_RENDER_SHORT_NAMES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"

namespace slo::tools {

class ShortNames {
 public:
  // `names`: all that are to be told apart, each once.
  explicit ShortNames(const std::vector<std::string>& names);

  // What Google Benchmark appends to say how it timed ("/iterations:1/manual_time") is left out
  // where the rest is unique; of what is then still too wide, parts between slashes are:
  //
  //   BM_RunnerStatus/shape:chain/steps:3/stored_runs:100000/manual_time
  //   BM_RunnerStatus/../stored_runs:100000
  //
  // No other of the names fits the result. Where no cut does that, the name's number among all
  // does: "aaaaa..aaaaa#12". `name` is one of the names; `width` at least 20.
  std::string Shorten(const std::string& name, size_t width) const;

 private:
  // No other name begins and ends so.
  bool IsUnique(absl::string_view head, absl::string_view tail) const;

  absl::flat_hash_map<std::string, size_t> index_;
  std::vector<std::string> plain_;  // without what says how it was timed
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_SHORT_NAMES_H_
