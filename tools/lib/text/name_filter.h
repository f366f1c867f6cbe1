// Names by a regular expression, as --filter flags take one.

#ifndef SLO_TOOLS_LIB_TEXT_NAME_FILTER_H_
#define SLO_TOOLS_LIB_TEXT_NAME_FILTER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace slo::tools {

// POSIX extended regular expressions, searched anywhere in a name. An empty one matches all names.
// Copies share the compiled expression; thread-safe.
class NameFilter {
 public:
  // Matches all names.
  NameFilter() = default;

  // InvalidArgument says what is wrong with the expression.
  static absl::StatusOr<NameFilter> Create(absl::string_view expression);

  bool Matches(const std::string& name) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;  // null: all
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_TEXT_NAME_FILTER_H_
