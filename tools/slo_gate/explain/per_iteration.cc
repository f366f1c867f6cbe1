#include "tools/slo_gate/explain/per_iteration.h"

#include <map>
#include <utility>
#include <vector>

namespace slo::tools {
namespace {

// Adds a tree, node by node, with a weight.
class WeightedSum {
 public:
  WeightedSum() {
    sum_.nodes.emplace_back();
    children_.emplace_back();
  }

  void Add(const CallTree& tree, double weight) {
    sum_.has_debug_information |= tree.has_debug_information;
    std::vector<size_t> places(tree.nodes.size());
    // A child is behind its parent, so that its parent's place is known.
    for (size_t i = 0; i < tree.nodes.size(); ++i) {
      const CallTreeNode& node = tree.nodes[i];
      AddNode(node, weight, places[i]);
      for (const size_t child : node.children) {
        places[child] = PlaceOf(places[i], tree.nodes[child].function);
      }
    }
  }

  CallTree Take() && { return std::move(sum_); }

 private:
  size_t PlaceOf(size_t parent, const std::string& function) {
    const auto [found, is_new] = children_[parent].try_emplace(function, sum_.nodes.size());
    const size_t place = found->second;
    if (is_new) {
      sum_.nodes[parent].children.push_back(place);
      sum_.nodes.emplace_back();
      children_.emplace_back();
    }
    return place;
  }

  void AddNode(const CallTreeNode& node, double weight, size_t place) {
    CallTreeNode& into = sum_.nodes[place];
    into.function = node.function;
    into.file = node.file;
    into.is_own = node.is_own;
    into.is_inlined |= node.is_inlined;
    into.instructions += weight * node.instructions;
    into.calls += weight * node.calls;
    if (node.call_cost > into.call_cost) {
      into.call_cost = node.call_cost;
      into.call_line = node.call_line;
    }
  }

  CallTree sum_;
  std::vector<std::map<std::string, size_t>> children_;
};

}  // namespace

CallTree PerIteration(const CallTree& shorter, const CallTree& longer, double iterations) {
  WeightedSum sum;
  sum.Add(longer, 1 / iterations);
  sum.Add(shorter, -1 / iterations);
  return std::move(sum).Take();
}

}  // namespace slo::tools
