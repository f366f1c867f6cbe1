#include "tools/slo_gate/explain/explain_change.h"

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/slo_gate/explain/cost_difference.h"
#include "tools/slo_gate/explain/flame_graph.h"
#include "tools/slo_gate/explain/own_tree.h"
#include "tools/slo_gate/explain/same_names.h"

namespace slo::tools {
namespace {

// Instructions that differ by less are equal: half of what exact costs may differ by is not.
constexpr double kEqualShare = 5e-5;
constexpr double kWhatDividingLeaves = 1e-3;  // of an instruction
// Where instructions explain less of the change of the time, the rest is something else.
constexpr double kExplainedShare = 0.5;
constexpr absl::string_view kOtherReasons = "layout (where code and data lie), caches or waiting";

double AllocationsOf(const OwnTree& tree) {
  double sum = 0;
  for (const auto& [name, function] : tree.functions) sum += function.allocations;
  return sum;
}

// Those that differ; the least of more than kMaxExplainedFunctions as one.
std::vector<FunctionCost> MostOf(std::vector<FunctionCost> functions) {
  std::vector<FunctionCost> most;
  FunctionCost others;
  size_t left_out = 0;
  for (FunctionCost& function : functions) {
    const bool differs = std::abs(function.difference) > kWhatDividingLeaves;
    if (differs && most.size() < kMaxExplainedFunctions) {
      most.push_back(std::move(function));
      continue;
    }
    if (differs) ++left_out;
    others.base += function.base;
    others.candidate += function.candidate;
    others.difference += function.difference;
  }
  if (left_out > 0) {
    others.function = absl::StrCat("(", left_out, " other functions)");
    most.push_back(std::move(others));
  }
  return most;
}

void NoteSameWork(const ChangeToExplain& change, Explanation& explanation) {
  double moved = 0;
  for (const FunctionCost& function : explanation.functions) moved += std::abs(function.difference);
  const double share = explanation.base > 0 ? explanation.difference() / explanation.base : 0;
  explanation.is_same_work = moved <= kEqualShare * explanation.base;
  if (explanation.is_same_work) {
    explanation.notes.push_back(absl::StrCat(
        "both builds execute the same instructions: the difference is ", kOtherReasons));
  } else if (change.change.has_value() && std::abs(*change.change) > 0 &&
             share / *change.change < kExplainedShare) {
    explanation.notes.push_back(absl::StrFormat(
        "the instructions changed by %+.2f %%, the benchmark by %+.2f %%: the rest is %s",
        share * 100, *change.change * 100, kOtherReasons));
  }
}

// bench_exact knows nothing of arguments, which may change what is measured.
absl::StatusOr<CountedCosts> Count(const std::string& binary, const ChangeToExplain& change,
                                   bool exactly, const ProfileTools& tools) {
  if (!exactly) return CountProgram(binary, change.benchmark, change.arguments, tools);
  if (!change.arguments.empty()) return absl::NotFoundError("with arguments");
  return CountExactly(binary, change.benchmark, tools);
}

}  // namespace

ExplainedChange ExplainCosts(const ChangeToExplain& change, const CountedCosts& base,
                             const CountedCosts& candidate) {
  CallTree base_tree = base.tree;
  CallTree candidate_tree = candidate.tree;
  ShortenFiles(base_tree);
  ShortenFiles(candidate_tree);
  UseSameNames(base_tree, candidate_tree);
  const OwnTree before = MakeOwnTree(base_tree);
  const OwnTree after = MakeOwnTree(candidate_tree);
  ExplainedChange explained;
  Explanation& explanation = explained.explanation;
  explanation = {.benchmark = change.benchmark,
                 .method = candidate.method,
                 .per = candidate.per,
                 .base = base.tree.instructions(),
                 .candidate = candidate.tree.instructions(),
                 .functions = MostOf(DifferenceByFunction(before, after)),
                 .allocations = DifferenceOfAllocations(before, after),
                 .base_allocations = AllocationsOf(before),
                 .candidate_allocations = AllocationsOf(after)};
  NoteSameWork(change, explanation);
  for (const auto& [side, costs] : {std::pair("base", &base), std::pair("candidate", &candidate)}) {
    if (costs->tree.has_debug_information) continue;
    explanation.notes.push_back(
        absl::StrCat("the ", side,
                     " has no debug information: what is inlined is counted with the function that "
                     "it is inlined into; build with -g1, which changes no instruction"));
  }
  explained.flame_graph = FlameGraph(base_tree, candidate_tree, change.benchmark, explanation.per);
  return explained;
}

ExplainedChange ExplainChange(const ChangeToExplain& change, const ProfileTools& tools) {
  // Both by the same method: bench_exact where both builds have the row.
  for (const bool exactly : {true, false}) {
    const absl::StatusOr<CountedCosts> base = Count(change.base, change, exactly, tools);
    const absl::StatusOr<CountedCosts> candidate =
        base.ok() ? Count(change.candidate, change, exactly, tools) : base.status();
    if (candidate.ok()) return ExplainCosts(change, *base, *candidate);
    if (exactly && absl::IsNotFound(candidate.status())) continue;
    return {.explanation = {.benchmark = change.benchmark,
                            .problem = std::string(candidate.status().message())}};
  }
  return {};
}

}  // namespace slo::tools
