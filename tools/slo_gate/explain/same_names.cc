#include "tools/slo_gate/explain/same_names.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "tools/lib/text/function_name.h"

namespace slo::tools {
namespace {

// A function's file and the last part of its name.
using FileAndName = std::pair<std::string, std::string>;

FileAndName PlaceOfFunction(const CallTreeNode& node) {
  std::string name = ShortFunctionName(node.function);
  const size_t colons = name.rfind("::");
  return {node.file, colons == std::string::npos ? name : name.substr(colons + 2)};
}

bool IsBare(const CallTreeNode& node) {
  return !absl::StrContains(ShortFunctionName(node.function), "::");
}

}  // namespace

void ShortenFiles(CallTree& tree) {
  std::string shared;
  bool is_first = true;
  for (const CallTreeNode& node : tree.nodes) {
    if (!node.is_own || node.file.empty()) continue;
    const std::string folder = node.file.substr(0, node.file.rfind('/') + 1);
    if (is_first) shared = folder;
    is_first = false;
    const auto end = std::mismatch(shared.begin(), shared.end(), folder.begin(), folder.end());
    shared.erase(end.first, shared.end());
    shared.erase(shared.rfind('/') + 1);
  }
  for (CallTreeNode& node : tree.nodes) {
    if (node.is_own && absl::StartsWith(node.file, shared)) node.file.erase(0, shared.size());
  }
}

void UseSameNames(CallTree& base, CallTree& candidate) {
  // Empty: only the bare name is known.
  std::map<FileAndName, std::string> full_names;
  for (const CallTree* tree : {&base, &candidate}) {
    for (const CallTreeNode& node : tree->nodes) {
      if (node.is_own && !node.file.empty() && IsBare(node)) full_names[PlaceOfFunction(node)];
    }
  }
  for (const CallTree* tree : {&base, &candidate}) {
    for (const CallTreeNode& node : tree->nodes) {
      const auto found = full_names.find(PlaceOfFunction(node));
      if (found == full_names.end() || IsBare(node)) continue;
      // The same one, whichever comes first.
      if (found->second.empty() || node.function < found->second) found->second = node.function;
    }
  }
  for (CallTree* tree : {&base, &candidate}) {
    for (CallTreeNode& node : tree->nodes) {
      const auto found = full_names.find(PlaceOfFunction(node));
      if (found != full_names.end() && !found->second.empty()) node.function = found->second;
    }
  }
}

}  // namespace slo::tools
