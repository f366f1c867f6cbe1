#include "tools/lib/files/whole_files.h"

#include <fcntl.h>
#include <sys/stat.h>
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
  return absl::OkStatus();
}

absl::Status WriteFile(const std::filesystem::path& path, absl::string_view content) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return Problem(path, "cannot be created", errno);
  absl::Status written = WriteAll(descriptor, content, path);
  if (written.ok() && fsync(descriptor) != 0) written = Problem(path, "cannot be flushed", errno);
  if (close(descriptor) != 0 && written.ok()) return Problem(path, "cannot be closed", errno);
  return written;
}

// A device, a pipe or a socket, also where a symbolic link leads to one: a rename would put a file
// in its place.
bool IsWrittenThrough(const std::filesystem::path& path) {
  struct stat found = {};
  return stat(path.c_str(), &found) == 0 && !S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode);
}

// Waits for a reader of a pipe, as every writer does.
absl::Status WriteThrough(const std::filesystem::path& path, absl::string_view content) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return Problem(path, "cannot be opened", errno);
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
  // The temporary file of each; empty for what is written through.
  std::vector<std::filesystem::path> temporary;
  const auto cleanup = absl::MakeCleanup([&] {
    for (const auto& path : temporary) {
      if (!path.empty()) std::filesystem::remove(path, error);
    }
  });
  for (const WholeFile& file : files) {
    temporary.emplace_back();
    if (IsWrittenThrough(directory / file.name)) continue;
    temporary.back() = directory / absl::StrCat(".", file.name, ".", getpid(), ".tmp");
    absl::Status written = WriteFile(temporary.back(), file.content);
    if (!written.ok()) return written;
  }
  for (size_t i = 0; i < files.size(); ++i) {
    if (!temporary[i].empty()) continue;
    absl::Status written = WriteThrough(directory / files[i].name, files[i].content);
    if (!written.ok()) return written;
  }
  for (size_t i = 0; i < files.size(); ++i) {
    if (temporary[i].empty()) continue;
    std::filesystem::rename(temporary[i], directory / files[i].name, error);
    if (error) return Problem(directory / files[i].name, "cannot be replaced", error.value());
  }
  FlushDirectory(directory);
  return absl::OkStatus();
}

}  // namespace slo::tools
