// Call trees for tests, as text: a function a line, indented below its caller.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_EXPLAIN_TESTING_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_EXPLAIN_TESTING_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "tools/slo_gate/explain/call_tree.h"

namespace slo::tools {

// "name calls instructions", two spaces a level; functions whose names begin with "std::", and
// allocators, are of a library. Calls "-": it is inlined. The root is added.
inline CallTree TreeOf(absl::string_view text) {
  CallTree tree;
  tree.has_debug_information = true;
  tree.nodes.push_back({.function = "(program)"});
  std::vector<size_t> open = {0};
  for (const absl::string_view line : absl::StrSplit(text, '\n', absl::SkipWhitespace())) {
    const size_t depth = line.find_first_not_of(' ') / 2;
    const std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
    CallTreeNode node = {.function = words[0]};
    node.is_own = !absl::StartsWith(words[0], "std::") && !IsAllocator(words[0]);
    if (node.is_own) node.file = "/src/" + words[0] + ".cc";
    node.is_inlined = words[1] == "-";
    if (!node.is_inlined && !absl::SimpleAtod(words[1], &node.calls)) node.calls = 0;
    if (!absl::SimpleAtod(words[2], &node.instructions)) node.instructions = 0;
    open.resize(depth + 1);
    tree.nodes[open.back()].children.push_back(tree.nodes.size());
    open.push_back(tree.nodes.size());
    tree.nodes.push_back(node);
  }
  return tree;
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_EXPLAIN_TESTING_H_
