// The names of evidence files.

#ifndef SLO_TOOLS_SLO_GATE_EVIDENCE_EVIDENCE_H_
#define SLO_TOOLS_SLO_GATE_EVIDENCE_EVIDENCE_H_

#include <filesystem>
#include <string>

namespace slo::tools {

// "slo-20260102T030405Z", with "-2", "-3", ... behind it when `directory` has evidence of that
// name.
std::string FreeEvidenceStem(const std::filesystem::path& directory, const std::string& stamp);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EVIDENCE_EVIDENCE_H_
