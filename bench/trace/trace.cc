#include "bench/trace/trace.h"

#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "bench/trace/hdr_log.h"
#include "bench/trace/trace_json.h"
#include "tools/lib/files/whole_files.h"

namespace slo::trace {
namespace {

std::filesystem::path DirectoryOf(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

std::string LogName(std::filesystem::path file) {
  return file.replace_extension(".hlog").filename().string();
}

}  // namespace

absl::Status Trace::CheckWritable(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!file.has_filename() || file.extension() == ".hlog" ||
      std::filesystem::is_directory(file, ignored)) {
    return absl::FailedPreconditionError(
        absl::StrCat("expected the name of a JSON file, found \"", file.string(), "\""));
  }
  const std::string probe = absl::StrCat(".", file.filename().string(), ".probe");
  absl::Status written = tools::WriteWholeFiles(DirectoryOf(file), {{probe, ""}});
  std::filesystem::remove(DirectoryOf(file) / probe, ignored);
  return written;
}

absl::Status Trace::Write(const std::filesystem::path& file,
                          const std::map<std::string, std::string>& context) const {
  const absl::Time now = absl::Now();
  return tools::WriteWholeFiles(DirectoryOf(file),
                                {{file.filename().string(), TraceJson(scenarios_, context, now)},
                                 {LogName(file), HdrLog(scenarios_, now)}});
}

}  // namespace slo::trace
