// One name for one function in two profiles.

#ifndef SLO_TOOLS_SLO_GATE_EXPLAIN_SAME_NAMES_H_
#define SLO_TOOLS_SLO_GATE_EXPLAIN_SAME_NAMES_H_

#include "tools/slo_gate/explain/call_tree.h"

namespace slo::tools {

// Leaves out of the files of own functions the folder that all of them share, so that two builds
// in unlike folders have the same files.
void ShortenFiles(CallTree& tree);

// Of a function that other files do not see, debug information has the bare name where it is
// inlined, and the linker's symbol the full one where it is not. What is inlined in one build need
// not be in the other; so a bare name gets the full one of the function of that name in the same
// file. Overloads of such a function become one. To be called after ShortenFiles.
void UseSameNames(CallTree& base, CallTree& candidate);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EXPLAIN_SAME_NAMES_H_
