#include "tools/lib/text/name_filter.h"

#include <regex.h>  // NOLINT(modernize-deprecated-headers): POSIX, not the header of that name

#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace slo::tools {

struct NameFilter::Compiled {
  explicit Compiled(const std::string& expression)
      : error(regcomp(&regex, expression.c_str(), REG_EXTENDED | REG_NOSUB)) {}
  ~Compiled() {
    if (error == 0) regfree(&regex);
  }
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;

  regex_t regex = {};
  int error;
};

absl::StatusOr<NameFilter> NameFilter::Create(absl::string_view expression) {
  NameFilter filter;
  if (expression.empty()) return filter;
  auto compiled = std::make_shared<const Compiled>(std::string(expression));
  if (compiled->error != 0) {
    std::array<char, 200> reason = {};
    regerror(compiled->error, &compiled->regex, reason.data(), reason.size());
    return absl::InvalidArgumentError(
        absl::StrCat("expected a POSIX extended regular expression, found \"", expression,
                     "\": ", reason.data()));
  }
  filter.compiled_ = std::move(compiled);
  return filter;
}

bool NameFilter::Matches(const std::string& name) const {
  return compiled_ == nullptr || regexec(&compiled_->regex, name.c_str(), 0, nullptr, 0) == 0;
}

}  // namespace slo::tools
