// Where results come from: what a reader needs to trust, repeat or compare them.

#ifndef SLO_TOOLS_LIB_RESULTS_PROVENANCE_H_
#define SLO_TOOLS_LIB_RESULTS_PROVENANCE_H_

#include <map>
#include <string>
#include <vector>

#include "tools/lib/results/report.h"

namespace slo::tools {

// build_type, compiler, git_revision, cpu_model, ...: "not stated" where no report says it; where
// shards differ, every value once, in the order of the reports. Of the system that was measured
// (kSystemContext) what there is: store, store_synchronous, transport, target, ...
std::map<std::string, std::string> ProvenanceOf(const std::vector<Report>& reports);

// What in it weakens the verdict, a sentence each: an unknown build type, a library
// that calls itself a debug build, CPU scaling, address randomization, a machine that was busy,
// uncommitted changes, shards from unlike machines.
std::vector<std::string> ProvenanceNotes(const std::vector<Report>& reports);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_PROVENANCE_H_
