#include "tools/slo_gate/explain/own_tree.h"

#include <utility>

namespace slo::tools {
namespace {

// Where a node of the call tree belongs.
struct OwnPlace {
  size_t node = 0;  // of the own tree
  int line = 0;     // in that node's function, of the call that leads here
  // Of the library's function that is called here, through which the way leads; 0: through none, or
  // through those only that are inlined.
  double library_calls = 0;
  bool is_in_allocator = false;
};

class OwnTreeMaker {
 public:
  explicit OwnTreeMaker(const CallTree& tree) : tree_(tree) {}

  OwnTree Make() && {
    own_.nodes.push_back({.function = tree_.nodes[0].function});
    std::vector<OwnPlace> places(tree_.nodes.size());
    for (size_t i = 0; i < tree_.nodes.size(); ++i) {
      const CallTreeNode& node = tree_.nodes[i];
      const OwnNode& own = own_.nodes[places[i].node];
      own_.nodes[places[i].node].instructions += node.instructions;
      own_.functions[own.function].instructions += node.instructions;
      const bool is_own = i == 0 || node.is_own;
      for (const size_t child : node.children) {
        places[child] = PlaceOf(tree_.nodes[child], places[i], is_own);
      }
    }
    return std::move(own_);
  }

 private:
  OwnPlace PlaceOf(const CallTreeNode& child, const OwnPlace& parent, bool is_parent_own) {
    if (!child.is_own) {
      OwnPlace place = parent;
      if (is_parent_own) place.line = child.call_line;
      if (!child.is_inlined && child.calls > 0) place.library_calls = child.calls;
      if (IsAllocator(child.function)) {
        if (!parent.is_in_allocator) NoteAllocations(child.calls, place);
        place.is_in_allocator = true;
      }
      return place;
    }
    OwnFunction& function = own_.functions[child.function];
    if (function.file.empty()) function.file = child.file;
    if (own_.nodes[parent.node].function == child.function) return {.node = parent.node};
    const auto [found, is_new] =
        own_.nodes[parent.node].children.try_emplace(child.function, own_.nodes.size());
    const size_t place = found->second;
    if (is_new) own_.nodes.push_back({.function = child.function});
    // What is inlined into a library's function is taken as called with it.
    const bool is_called_with_library = child.is_inlined && parent.library_calls > 0;
    own_.nodes[place].calls += is_called_with_library ? parent.library_calls : child.calls;
    own_.nodes[place].is_inlined |= child.is_inlined && !is_called_with_library;
    return {.node = place};
  }

  void NoteAllocations(double allocations, const OwnPlace& place) {
    const std::string& name = own_.nodes[place.node].function;
    OwnFunction& function = own_.functions[name];
    function.allocations += allocations;
    double& most = most_allocations_[name];
    if (allocations > most && place.line > 0) {
      most = allocations;
      function.allocation_line = place.line;
    }
  }

  const CallTree& tree_;
  OwnTree own_;
  std::map<std::string, double> most_allocations_;
};

}  // namespace

OwnTree MakeOwnTree(const CallTree& tree) { return OwnTreeMaker(tree).Make(); }

}  // namespace slo::tools
