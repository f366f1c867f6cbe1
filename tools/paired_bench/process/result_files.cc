#include "tools/paired_bench/process/result_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/lib/process/descriptor.h"

namespace slo::paired {
namespace {

namespace fs = std::filesystem;

absl::Status Problem(const std::string& path, const char* what) {
  return absl::FailedPreconditionError(
      absl::StrCat(path, ": ", what, ": ", std::generic_category().message(errno)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ResultFiles>> ResultFiles::Create(
    const std::vector<fs::path>& parents) {
  absl::Status problem = absl::FailedPreconditionError("no folder for results");
  for (const fs::path& parent : parents) {
    std::string directory = (parent / "paired-bench-results-XXXXXX").string();
    if (mkdtemp(directory.data()) != nullptr) {
      return std::unique_ptr<ResultFiles>(new ResultFiles(fs::absolute(directory)));
    }
    problem = Problem(parent.string(), "no folder for results can be made");
  }
  return problem;
}

ResultFiles::~ResultFiles() {
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

absl::StatusOr<std::string> ResultFiles::MakeFile() {
  const std::string file = (directory_ / absl::StrFormat("%06d.json", number_++ % 1'000'000));
  const tools::Fd made(open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!made.is_open()) return Problem(file, "cannot be made");
  return file;
}

absl::StatusOr<std::string> ResultFiles::Take(const std::string& file) {
  std::error_code error;
  const std::uintmax_t bytes = fs::file_size(file, error);
  std::string text;
  if (!error && bytes <= kMaxBytes) {
    std::ifstream stream(file, std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  std::error_code ignored;
  fs::remove(file, ignored);
  if (!error && bytes > kMaxBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("it wrote more than ", kMaxBytes >> 20U, " MiB of results"));
  }
  return text;
}

}  // namespace slo::paired
