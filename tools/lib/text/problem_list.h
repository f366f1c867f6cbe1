// Collects what is wrong with an input, so that one run reports all of it.

#ifndef SLO_TOOLS_LIB_TEXT_PROBLEM_LIST_H_
#define SLO_TOOLS_LIB_TEXT_PROBLEM_LIST_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace slo::tools {

class ProblemList {
 public:
  void Add(std::string problem) { problems_.push_back(std::move(problem)); }
  void Add(const absl::Status& status) {
    if (!status.ok()) problems_.emplace_back(status.message());
  }

  // Takes what was parsed in, or notes why there is nothing.
  template <typename Parsed>
  void Take(absl::StatusOr<Parsed> parsed, std::vector<Parsed>& into) {
    Add(parsed.status());
    if (parsed.ok()) into.push_back(*std::move(parsed));
  }

  // OK, or InvalidArgument with a problem a line, each headed by `where` unless that is empty. A
  // file that is wrong throughout is not quoted throughout: the first kMaxShown, then their
  // number.
  absl::Status ToStatus(absl::string_view where = "") const {
    if (problems_.empty()) return absl::OkStatus();
    std::string lines;
    for (size_t i = 0; i < problems_.size() && i < kMaxShown; ++i) {
      absl::StrAppend(&lines, i == 0 ? "" : "\n", where, where.empty() ? "" : ": ", problems_[i]);
    }
    if (problems_.size() > kMaxShown) {
      absl::StrAppend(&lines, "\nand ", problems_.size() - kMaxShown, " more problems");
    }
    return absl::InvalidArgumentError(lines);
  }

 private:
  static constexpr size_t kMaxShown = 100;

  std::vector<std::string> problems_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_TEXT_PROBLEM_LIST_H_
