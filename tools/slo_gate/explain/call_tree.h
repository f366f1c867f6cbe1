// Which function called which, and what each cost: a profile as a tree, with inlined functions as
// functions of their own.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_CALL_TREE_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_CALL_TREE_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/slo_gate/explain/callgrind_file.h"
#include "tools/slo_gate/explain/code_frames.h"

namespace slo::tools {

// A function as it was called by one chain of callers.
struct CallTreeNode {
  std::string function;
  std::string file;     // where its code is; empty: no debug information
  bool is_own = false;  // code of the program itself, and not of a library
  // Instructions of its own code, without those of what it calls.
  double instructions = 0;
  double calls = 0;
  bool is_inlined = false;       // into its caller, somewhere: nobody counts how often it is called
  int call_line = 0;             // of the call that costs most, in the caller's file
  double call_cost = 0;          // of that call
  std::vector<size_t> children;  // in the tree's list
};

struct CallTree {
  // The first one is the root, which stands for the program; a child is behind its parent.
  std::vector<CallTreeNode> nodes;
  // Whether the program's own functions are known from debug information; otherwise they are
  // recognized by their names and where the code lies, and inlined functions are not seen.
  bool has_debug_information = false;

  double instructions() const;  // of all nodes
};

// The frames of the code of each object of a profile, by the object's name.
using FramesOfObjects = std::map<std::string, CodeFrames>;

// Where a call tree begins.
struct TreeRoot {
  // With the outermost functions whose names have this in them; empty, or where there is none: with
  // those that nobody calls.
  std::string part_of_name;
  bool has_others = true;  // whether what they do not call is in the tree, too
};

// A function that several callers share is a part of each, in the proportion of the instructions
// that their calls cost. What that leaves (recursion deeper than callgrind tells callers apart) is
// in a function "(other)" of the root, so that nothing is lost.
CallTree MakeCallTree(const CallgrindProfile& profile, const FramesOfObjects& frames,
                      const TreeRoot& root = {});

// Whether a file is in a folder of the system's, whose code is that of libraries.
bool IsSystemPath(absl::string_view path);

// Whether the function gets memory from the heap: operator new, malloc, ...
bool IsAllocator(absl::string_view function);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_CALL_TREE_H_
