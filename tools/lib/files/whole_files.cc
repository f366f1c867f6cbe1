#include "tools/lib/files/whole_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
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

// The place in /proc of an open file of a process that the path leads to over symbolic links, as
// /dev/stdout does; empty where it leads to none. Such a file is written by others too.
std::filesystem::path OpenFileOf(std::filesystem::path path) {
  constexpr int kMaxLinks = 40;
  std::error_code error;
  for (int links = 0; links < kMaxLinks; ++links) {
    path = std::filesystem::absolute(path, error);
    const std::filesystem::path folder = std::filesystem::canonical(path.parent_path(), error);
    if (error) return {};
    path = folder / path.filename();
    if (absl::StartsWith(path.native(), "/proc/")) return path;
    if (!std::filesystem::is_symlink(path, error)) return {};
    path = folder / std::filesystem::read_symlink(path, error);
  }
  return {};
}

// An own open file is written where it is written next; opening it anew would begin at its start. A
// pipe waits for a reader, as for every writer.
int OpenToWriteThrough(const std::filesystem::path& path) {
  const std::filesystem::path open_file = OpenFileOf(path);
  int own = -1;
  if (open_file.parent_path() == absl::StrCat("/proc/", getpid(), "/fd") &&
      absl::SimpleAtoi(open_file.filename().native(), &own)) {
    return fcntl(own, F_DUPFD_CLOEXEC, 0);
  }
  return open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
}

absl::Status WriteThrough(const std::filesystem::path& path, absl::string_view content) {
  const int descriptor = OpenToWriteThrough(path);
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

bool IsWrittenThrough(const std::filesystem::path& path) {
  struct stat found = {};
  if (stat(path.c_str(), &found) != 0 || S_ISDIR(found.st_mode)) return false;
  return !S_ISREG(found.st_mode) || !OpenFileOf(path).empty();
}

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
