#include "tools/slo_gate/draft/left_out.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/slo_gate/render/text_layout.h"

namespace slo::tools {
namespace {

constexpr size_t kMaxNames = 3;
constexpr size_t kMaxNameColumns = 200;

}  // namespace

void LeftOut::Add(absl::string_view metric, absl::string_view kind, absl::string_view why,
                  absl::string_view benchmark) {
  Entry& entry = entries_[{std::string(metric), std::string(kind)}];
  if (entry.benchmarks.empty()) entry.why = std::string(why);
  entry.benchmarks.emplace_back(benchmark);
}

std::vector<std::string> LeftOut::Notes() const {
  std::vector<std::string> notes;
  for (const auto& [key, entry] : entries_) {
    const size_t shown = std::min(entry.benchmarks.size(), kMaxNames);
    std::vector<std::string> names;
    for (size_t i = 0; i < shown; ++i) {
      names.push_back(MiddleCut(OneLine(entry.benchmarks[i]), kMaxNameColumns));
    }
    const size_t more = entry.benchmarks.size() - shown;
    notes.push_back(absl::StrCat(key.first, " of ", absl::StrJoin(names, ", "),
                                 more > 0 ? absl::StrCat(" and ", more, " more benchmarks") : "",
                                 " is left out: ", entry.why));
  }
  return notes;
}

}  // namespace slo::tools
