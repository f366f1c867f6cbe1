// A limit some factor away from a measured value, in two significant digits.

#ifndef SLO_TOOLS_SLO_GATE_DRAFT_LOOSE_LIMIT_H_
#define SLO_TOOLS_SLO_GATE_DRAFT_LOOSE_LIMIT_H_

#include <string>

namespace slo::tools {

// How far, and on which side, a limit is from what was measured.
struct Looseness {
  double headroom = 3;  // at least 1
  bool is_max = true;   // the limit is above the value; else below
};

// The value times the headroom for a maximum, divided by it for a minimum, or, of a negative value,
// the other way round; rounded away from the value. Zero stays zero.
double LooseNumber(double value, const Looseness& looseness);

// The same for a time above zero, in units of which there are `per_second` in a second: "1.5us".
std::string LooseDuration(double value, double per_second, const Looseness& looseness);

// The same for a proportion of so many trials of which `value` succeeded, by its exact confidence
// bound: for a minimum the headroom is that of what may miss. It may lie outside of 0 to 1.
double LooseRatio(double value, double trials, const Looseness& looseness);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_DRAFT_LOOSE_LIMIT_H_
