#include "tools/slo_gate/render/short_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tools/slo_gate/render/text_layout.h"

namespace slo::tools {
namespace {

constexpr std::array<absl::string_view, 4> kTimingParts = {"iterations:1", "manual_time",
                                                           "real_time", "process_time"};
// Of a name with more parts only these are tried.
constexpr size_t kMaxParts = 16;
// Places of a cut inside of a part, as shares of the width.
constexpr std::array<double, 5> kHeadShares = {0.5, 0.75, 0.25, 0.9, 0.1};

std::string WithoutTiming(const std::string& name) {
  std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  parts.erase(std::remove_if(parts.begin() + 1, parts.end(),
                             [](absl::string_view part) {
                               return std::find(kTimingParts.begin(), kTimingParts.end(), part) !=
                                      kTimingParts.end();
                             }),
              parts.end());
  return absl::StrJoin(parts, "/");
}

// A name without its middle.
struct CutName {
  std::string head;
  std::string tail;

  size_t columns() const { return Columns(head) + kCut.size() + Columns(tail); }
};

// Every way to leave out neighbouring parts that makes the name fit, the longest result first.
std::vector<CutName> PartCuts(absl::string_view name, size_t width) {
  const std::vector<absl::string_view> parts = absl::StrSplit(name, '/');
  std::vector<CutName> cuts;
  const size_t count = std::min(parts.size(), kMaxParts);
  for (size_t from = 1; from < count; ++from) {
    for (size_t to = from + 1; to <= count; ++to) {
      const auto middle = parts.begin() + static_cast<std::ptrdiff_t>(from);
      const auto rest = parts.begin() + static_cast<std::ptrdiff_t>(to);
      CutName cut = {.head = absl::StrCat(absl::StrJoin(parts.begin(), middle, "/"), "/")};
      if (rest != parts.end()) cut.tail = absl::StrCat("/", absl::StrJoin(rest, parts.end(), "/"));
      if (cut.columns() <= width) cuts.push_back(std::move(cut));
    }
  }
  std::stable_sort(cuts.begin(), cuts.end(),
                   [](const CutName& a, const CutName& b) { return a.columns() > b.columns(); });
  return cuts;
}

std::vector<CutName> CharacterCuts(absl::string_view name, size_t width) {
  std::vector<CutName> cuts;
  const size_t kept = width - kCut.size();
  for (const double share : kHeadShares) {
    const auto head = static_cast<size_t>(share * static_cast<double>(kept));
    cuts.push_back({.head = std::string(FirstColumns(name, head)),
                    .tail = std::string(LastColumns(name, kept - head))});
  }
  return cuts;
}

}  // namespace

ShortNames::ShortNames(const std::vector<std::string>& names) {
  absl::flat_hash_map<std::string, int> counts;
  plain_.reserve(names.size());
  for (const std::string& name : names) {
    index_.emplace(name, plain_.size());
    plain_.push_back(WithoutTiming(name));
    ++counts[plain_.back()];
  }
  for (size_t i = 0; i < names.size(); ++i) {
    if (counts[plain_[i]] > 1) plain_[i] = names[i];
  }
}

std::string ShortNames::Shorten(const std::string& name, size_t width) const {
  const size_t index = index_.at(name);
  const std::string& plain = plain_[index];
  if (Columns(plain) <= width) return plain;
  std::vector<CutName> cuts = PartCuts(plain, width);
  for (CutName& cut : CharacterCuts(plain, width)) cuts.push_back(std::move(cut));
  for (const CutName& cut : cuts) {
    if (IsUnique(cut.head, cut.tail)) return absl::StrCat(cut.head, kCut, cut.tail);
  }
  const std::string number = absl::StrCat("#", index + 1);
  return absl::StrCat(MiddleCut(plain, width - number.size()), number);
}

bool ShortNames::IsUnique(absl::string_view head, absl::string_view tail) const {
  int fitting = 0;
  for (const std::string& name : plain_) {
    fitting += absl::StartsWith(name, head) && absl::EndsWith(name, tail) ? 1 : 0;
    if (fitting > 1) return false;
  }
  return true;
}

}  // namespace slo::tools
