#include "tools/slo_gate/draft/draft_groups.h"

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tools/lib/text/glob.h"

namespace slo::tools {
namespace {

constexpr size_t kMaxStemBytes = 60;
constexpr size_t kMaxIdBytes = 100;

// What ids may hold of the text; the rest becomes "_", one for several. Without points.
std::string IdText(absl::string_view text, size_t max_bytes) {
  std::string id;
  for (const char character : text) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(character)) || character == '-') {
      id.push_back(character);
    } else if (id.empty() || id.back() != '_') {
      id.push_back('_');
    }
    if (id.size() == max_bytes) break;
  }
  return id;
}

}  // namespace

DraftGroup GroupOf(const BenchmarkRows& benchmark) {
  return {.stem = std::string(benchmark.name),
          .glob = GlobOf(benchmark.name),
          .benchmarks = {&benchmark}};
}

std::vector<DraftGroup> GroupsOf(const BenchmarkList& benchmarks, DraftBy by) {
  std::vector<DraftGroup> groups;
  absl::flat_hash_map<absl::string_view, size_t> index;
  for (const BenchmarkRows& benchmark : benchmarks.all()) {
    const size_t slash = benchmark.name.find('/');
    if (by == DraftBy::kName || slash == absl::string_view::npos) {
      groups.push_back(GroupOf(benchmark));
      continue;
    }
    const absl::string_view family = benchmark.name.substr(0, slash);
    const auto [found, is_new] = index.try_emplace(family, groups.size());
    if (is_new) {
      groups.push_back({.stem = std::string(family), .glob = absl::StrCat(GlobOf(family), "/*")});
    }
    groups[found->second].benchmarks.push_back(&benchmark);
  }
  return groups;
}

std::string ObjectiveIds::Take(const DraftGroup& group, absl::string_view metric) {
  const std::string base =
      IdText(absl::StrCat(IdText(group.stem, kMaxStemBytes), "_", metric), kMaxIdBytes);
  size_t& count = taken_[base];
  ++count;
  if (count == 1) return base;
  // No base has a point.
  return absl::StrCat(base, ".", count);
}

}  // namespace slo::tools
