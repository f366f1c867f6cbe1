// Collects what is wrong with an input, so that one run reports all of it.

#ifndef SLO_TOOLS_SLO_GATE_PROBLEM_LIST_H_
#define SLO_TOOLS_SLO_GATE_PROBLEM_LIST_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_join.h"

namespace slo::tools {

class ProblemList {
 public:
  void Add(std::string problem) { problems_.push_back(std::move(problem)); }
  void Add(const absl::Status& status) {
    if (!status.ok()) problems_.emplace_back(status.message());
  }

  bool empty() const { return problems_.empty(); }

  // OK, or InvalidArgument with a problem a line.
  absl::Status ToStatus() const {
    if (problems_.empty()) return absl::OkStatus();
    return absl::InvalidArgumentError(absl::StrJoin(problems_, "\n"));
  }

 private:
  std::vector<std::string> problems_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_PROBLEM_LIST_H_
