#include "tools/slo_gate/explain/cost_difference.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace slo::tools {
namespace {

// Calls that change the costs by less are not told.
constexpr double kSmallestChange = 0.5;
constexpr size_t kMaxChangedCalls = 5;

// The instructions of each node with all that it calls.
std::vector<double> WholeCosts(const OwnTree& tree) {
  std::vector<double> costs(tree.nodes.size());
  // A child is behind its parent.
  for (size_t i = tree.nodes.size(); i-- > 0;) {
    costs[i] += tree.nodes[i].instructions;
    for (const auto& [name, child] : tree.nodes[i].children) costs[i] += costs[child];
  }
  return costs;
}

bool IsCounted(const OwnNode& node) { return !node.is_inlined && node.calls > 0; }

// Both nodes are of one function. With w the instructions of a node with all that it calls, the
// difference w(candidate) - ratio * w(base) is taken apart: a part for each function below.
class DifferenceMaker {
 public:
  DifferenceMaker(const OwnTree& base, const OwnTree& candidate)
      : base_(base),
        candidate_(candidate),
        base_costs_(WholeCosts(base)),
        candidate_costs_(WholeCosts(candidate)) {}

  std::map<std::string, FunctionCost> Make() && {
    Compare(0, 0, 1);
    return std::move(rows_);
  }

 private:
  static const size_t* ChildOf(const OwnNode& node, const std::string& name) {
    const auto found = node.children.find(name);
    return found != node.children.end() ? &found->second : nullptr;
  }

  void Charge(const std::string& caller, const std::string& function, double base_calls,
              double candidate_calls, double difference) {
    FunctionCost& row = rows_[caller];
    row.difference += difference;
    const auto found =
        std::find_if(row.calls.begin(), row.calls.end(),
                     [&](const ChangedCalls& calls) { return calls.function == function; });
    ChangedCalls& calls = found != row.calls.end()
                              ? *found
                              : row.calls.emplace_back(ChangedCalls{.function = function});
    calls.base += base_calls;
    calls.candidate += candidate_calls;
    calls.difference += difference;
  }

  // `ratio`: how many times as often as the base the candidate calls the function.
  void Compare(size_t base_index, size_t candidate_index, double ratio) {
    const OwnNode& base = base_.nodes[base_index];
    const OwnNode& candidate = candidate_.nodes[candidate_index];
    rows_[base.function].difference += candidate.instructions - ratio * base.instructions;
    std::set<std::string> names;
    for (const auto& [name, child] : base.children) names.insert(name);
    for (const auto& [name, child] : candidate.children) names.insert(name);
    for (const std::string& name : names) {
      CompareCalls(base.function, name, ChildOf(base, name), ChildOf(candidate, name), ratio);
    }
  }

  // The calls of `name` by one function; a side that has none is null.
  void CompareCalls(const std::string& caller, const std::string& name, const size_t* base,
                    const size_t* candidate, double ratio) {
    if (base == nullptr) {
      Charge(caller, name, 0, candidate_.nodes[*candidate].calls, candidate_costs_[*candidate]);
      return;
    }
    const OwnNode& before = base_.nodes[*base];
    if (candidate == nullptr) {
      Charge(caller, name, before.calls, 0, -ratio * base_costs_[*base]);
      return;
    }
    const OwnNode& after = candidate_.nodes[*candidate];
    double own_ratio = ratio;
    if (IsCounted(before) && IsCounted(after)) {
      own_ratio = after.calls / before.calls;
      const double difference = (own_ratio - ratio) * base_costs_[*base];
      if (std::abs(difference) > 0) {
        Charge(caller, name, before.calls, after.calls, difference);
      }
    }
    Compare(*base, *candidate, own_ratio);
  }

  const OwnTree& base_;
  const OwnTree& candidate_;
  std::vector<double> base_costs_;
  std::vector<double> candidate_costs_;
  std::map<std::string, FunctionCost> rows_;
};

const OwnFunction* FunctionOf(const OwnTree& tree, const std::string& name) {
  const auto found = tree.functions.find(name);
  return found != tree.functions.end() ? &found->second : nullptr;
}

void KeepCostlyCalls(std::vector<ChangedCalls>& calls) {
  std::erase_if(calls,
                [](const ChangedCalls& one) { return std::abs(one.difference) < kSmallestChange; });
  std::stable_sort(calls.begin(), calls.end(), [](const ChangedCalls& a, const ChangedCalls& b) {
    return std::abs(a.difference) > std::abs(b.difference);
  });
  if (calls.size() > kMaxChangedCalls) calls.resize(kMaxChangedCalls);
}

}  // namespace

std::vector<FunctionCost> DifferenceByFunction(const OwnTree& base, const OwnTree& candidate) {
  std::map<std::string, FunctionCost> rows = DifferenceMaker(base, candidate).Make();
  for (const OwnTree* tree : {&base, &candidate}) {
    for (const auto& [name, function] : tree->functions) {
      FunctionCost& row = rows[name];
      row.function = name;
      if (!function.file.empty()) row.file = function.file;
      (tree == &base ? row.base : row.candidate) = function.instructions;
    }
  }
  std::vector<FunctionCost> sorted;
  for (auto& [name, row] : rows) {
    row.function = name;
    KeepCostlyCalls(row.calls);
    sorted.push_back(std::move(row));
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const FunctionCost& a, const FunctionCost& b) {
    return std::abs(a.difference) > std::abs(b.difference);
  });
  return sorted;
}

std::vector<AllocationCost> DifferenceOfAllocations(const OwnTree& base, const OwnTree& candidate) {
  std::set<std::string> names;
  for (const auto& [name, function] : base.functions) names.insert(name);
  for (const auto& [name, function] : candidate.functions) names.insert(name);
  std::vector<AllocationCost> rows;
  for (const std::string& name : names) {
    const OwnFunction* before = FunctionOf(base, name);
    const OwnFunction* after = FunctionOf(candidate, name);
    const OwnFunction& shown = after != nullptr ? *after : *before;
    const AllocationCost row = {.function = name,
                                .file = shown.file,
                                .line = shown.allocation_line,
                                .base = before != nullptr ? before->allocations : 0,
                                .candidate = after != nullptr ? after->allocations : 0};
    // A thousandth of an allocation is what dividing leaves.
    if (std::abs(row.difference()) > 1e-3) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const AllocationCost& a, const AllocationCost& b) {
    return std::abs(a.difference()) > std::abs(b.difference());
  });
  return rows;
}

}  // namespace slo::tools
