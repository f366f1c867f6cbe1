// nearest_name WORD: prints which of the names on the standard input, one a line, WORD was probably
// meant to be; nothing where none is near. For scripts; see tools/lib/flags.sh.

#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/lib/text/nearest_name.h"

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: nearest_name WORD <NAMES\n";
    return 2;
  }
  std::vector<std::string> names;
  for (std::string name; std::getline(std::cin, name);) names.push_back(name);
  const std::vector<absl::string_view> candidates(names.begin(), names.end());
  const auto nearest = slo::tools::NearestName(argv[1], candidates);
  if (nearest.has_value()) std::cout << *nearest << '\n';
  return 0;
}
