// Writes a verdict to files that are either whole or not there.

#ifndef SLO_TOOLS_SLO_GATE_EVIDENCE_H_
#define SLO_TOOLS_SLO_GATE_EVIDENCE_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace slo::tools {

struct EvidenceFile {
  std::string name;  // within the directory
  std::string content;
};

// Writes every file to a temporary name in `directory`, which is made if it is not there, flushes
// it to the disk, and only when all are written gives them their names. FailedPrecondition (it
// names the file and the system's reason) leaves no temporary file behind and every older file as
// it was; only a failing rename, after all writes have succeeded, can leave some names new.
absl::Status WriteEvidence(const std::filesystem::path& directory,
                           const std::vector<EvidenceFile>& files);

// "slo-20260102T030405Z", with "-2", "-3", ... behind it when `directory` has evidence of that
// name.
std::string FreeEvidenceStem(const std::filesystem::path& directory, const std::string& stamp);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_EVIDENCE_H_
