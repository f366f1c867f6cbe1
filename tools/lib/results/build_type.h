// Which builds count: numbers of a debug build say nothing.

#ifndef SLO_TOOLS_LIB_RESULTS_BUILD_TYPE_H_
#define SLO_TOOLS_LIB_RESULTS_BUILD_TYPE_H_

#include "absl/strings/string_view.h"

namespace slo::tools {

// `build_type`: the context's slo_build_type; empty, because it is not stated, is no debug build.
bool IsDebugBuild(absl::string_view build_type);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_RESULTS_BUILD_TYPE_H_
