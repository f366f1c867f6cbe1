// A call tree of the program's own functions alone: what libraries do is done for who called them.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_OWN_TREE_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_OWN_TREE_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tools/slo_gate/explain/call_tree.h"

namespace slo::tools {

// An own function as it was called by one chain of own callers.
struct OwnNode {
  std::string function;
  double instructions = 0;  // its own, and those of the libraries that it calls
  double calls = 0;
  bool is_inlined = false;                 // somewhere, so that `calls` are not all of its calls
  std::map<std::string, size_t> children;  // by name, in the tree's list
};

// What is known of a function, whoever calls it.
struct OwnFunction {
  std::string file;         // where it is; empty: not known
  double instructions = 0;  // as OwnNode::instructions, of all its nodes
  double allocations = 0;   // that it makes, itself or through libraries
  int allocation_line = 0;  // of the call behind most of them; 0: not known
};

struct OwnTree {
  std::vector<OwnNode> nodes;  // the first one is the root
  std::map<std::string, OwnFunction> functions;
};

// A function that an own function of the same name calls is a part of it.
OwnTree MakeOwnTree(const CallTree& tree);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_OWN_TREE_H_
