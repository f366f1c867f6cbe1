// Why a benchmark of the candidate costs more or less than that of the base. It shows, and decides
// nothing.

#ifndef SLO_TOOLS_SLO_GATE_VERDICT_EXPLANATION_H_
#define SLO_TOOLS_SLO_GATE_VERDICT_EXPLANATION_H_

#include <string>
#include <vector>

namespace slo::tools {

// A function that is called more or less often by another one.
struct ChangedCalls {
  std::string function;
  double base = 0;  // calls an iteration
  double candidate = 0;
  double difference = 0;  // instructions an iteration that the calls cost more

  bool operator==(const ChangedCalls&) const = default;
};

// Instructions an iteration by function, with those of libraries that it calls.
struct FunctionCost {
  std::string function;
  std::string file;  // below the folder that all files of the program share; empty: not known
  double base = 0;
  double candidate = 0;
  // What a change of this function costs: candidate less base; but calls that it makes more often
  // count here, and not with the function that it calls.
  double difference = 0;
  std::vector<ChangedCalls> calls;  // behind the difference, the most costly first

  bool operator==(const FunctionCost&) const = default;
};

// Allocations an iteration by the function that makes them, itself or through libraries.
struct AllocationCost {
  std::string function;
  std::string file;
  int line = 0;  // of the call behind most of them; 0: not known
  double base = 0;
  double candidate = 0;

  double difference() const { return candidate - base; }
  bool operator==(const AllocationCost&) const = default;
};

struct Explanation {
  std::string benchmark;
  // Not empty: why there is none, and what to do.
  std::string problem;
  std::string method;  // how it was counted
  std::string per;     // "request", "run" or "iteration": what the numbers are of
  double base = 0;     // instructions
  double candidate = 0;
  std::vector<FunctionCost> functions;  // the largest difference first; they add up to all of it
  std::vector<AllocationCost> allocations;  // those that differ, the largest difference first
  double base_allocations = 0;
  double candidate_allocations = 0;
  // The instructions are equal, so that what differs is layout, caches or waiting.
  bool is_same_work = false;
  std::vector<std::string> notes;
  std::string flame_graph;  // a file beside the evidence; empty: none was written

  double difference() const { return candidate - base; }
  bool operator==(const Explanation&) const = default;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_VERDICT_EXPLANATION_H_
