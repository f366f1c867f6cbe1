// bench_exact: costs that are the same in every run. See docs/method/regressions.md.

#include <iostream>
#include <string>
#include <vector>

#include "bench/exact/exact_costs.h"

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv, argv + argc);
  return slo::exact::RunExactCosts(arguments, std::cout, std::cerr);
}
