#include "tools/lib/files/whole_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace slo::tools {
namespace {

absl::Status Problem(const std::filesystem::path& path, absl::string_view what, int error) {
  return absl::FailedPreconditionError(
      absl::StrCat(path.string(), ": ", what, ": ", std::generic_category().message(error)));
}

absl::Status WriteAll(int descriptor, absl::string_view content,
                      const std::filesystem::path& path) {
  while (!content.empty()) {
    const ssize_t written = write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Problem(path, "cannot be written", errno);
    content.remove_prefix(static_cast<size_t>(written));
  }
  if (fsync(descriptor) != 0) return Problem(path, "cannot be flushed", errno);
  return absl::OkStatus();
}

absl::Status WriteFile(const std::filesystem::path& path, absl::string_view content) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return Problem(path, "cannot be created", errno);
  absl::Status written = WriteAll(descriptor, content, path);
  if (close(descriptor) != 0 && written.ok()) return Problem(path, "cannot be closed", errno);
  return written;
}

// Makes the renames in the directory last. Not every file system can; the files are whole anyway.
void FlushDirectory(const std::filesystem::path& directory) {
  const int descriptor = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

}  // namespace

absl::Status WriteWholeFiles(const std::filesystem::path& directory,
                             const std::vector<WholeFile>& files) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return Problem(directory, "cannot be made", error.value());
  std::vector<std::filesystem::path> temporary;
  const auto cleanup = absl::MakeCleanup([&] {
    for (const auto& path : temporary) std::filesystem::remove(path, error);
  });
  for (const WholeFile& file : files) {
    temporary.push_back(directory / absl::StrCat(".", file.name, ".", getpid(), ".tmp"));
    absl::Status written = WriteFile(temporary.back(), file.content);
    if (!written.ok()) return written;
  }
  for (size_t i = 0; i < files.size(); ++i) {
    std::filesystem::rename(temporary[i], directory / files[i].name, error);
    if (error) return Problem(directory / files[i].name, "cannot be replaced", error.value());
  }
  FlushDirectory(directory);
  return absl::OkStatus();
}

}  // namespace slo::tools
