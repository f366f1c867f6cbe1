// Writes files so that nobody ever sees half of one.

#ifndef SLO_TOOLS_LIB_FILES_WHOLE_FILES_H_
#define SLO_TOOLS_LIB_FILES_WHOLE_FILES_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace slo::tools {

struct WholeFile {
  std::string name;  // within the directory
  std::string content;
};

// Writes every file to a temporary name in `directory`, which is made if it is not there, flushes
// it to the disk, and only when all are written gives them their names. FailedPrecondition (it
// names the file and the system's reason) leaves no temporary file behind and every older file as
// it was; only a failing rename, after all writes have succeeded, can leave some names new.
//
// What is written through (see below) gets the content behind what it has, and stays what it is. Of
// a pipe a reader is waited for.
absl::Status WriteWholeFiles(const std::filesystem::path& directory,
                             const std::vector<WholeFile>& files);

// Whether the path is a device, a pipe, a socket or an open file of a process, as /dev/stdout is,
// or a symbolic link to one: a rename would put a file in its place.
bool IsWrittenThrough(const std::filesystem::path& path);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_FILES_WHOLE_FILES_H_
