#include "tools/paired_bench/process/program_copies.h"

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace slo::paired {
namespace {

namespace fs = std::filesystem;

// What is deleted is what the next copies are made of: so many pairs later, so that these are not
// always the same pages. Odd, since the order of writing alternates: a side would get its own
// again.
constexpr size_t kKept = 7;

}  // namespace

absl::StatusOr<std::unique_ptr<ProgramCopies>> ProgramCopies::Create(const fs::path& parent) {
  std::string directory = (parent / "paired-bench-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) {
    return absl::ErrnoToStatus(errno, absl::StrCat(parent.string(), ": no folder for copies"));
  }
  return std::unique_ptr<ProgramCopies>(new ProgramCopies(directory));
}

ProgramCopies::~ProgramCopies() {
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

absl::StatusOr<ProgramCopies::Pair> ProgramCopies::Renew(const std::string& first,
                                                         const std::string& second) {
  if (kept_.size() == kKept) {
    std::error_code ignored;
    fs::remove(kept_.front().first, ignored);
    fs::remove(kept_.front().second, ignored);
    kept_.pop_front();
  }
  absl::StatusOr<std::string> first_copy = Copy(first);
  if (!first_copy.ok()) return first_copy.status();
  absl::StatusOr<std::string> second_copy = Copy(second);
  if (!second_copy.ok()) return second_copy.status();
  kept_.push_back({*std::move(first_copy), *std::move(second_copy)});
  return kept_.back();
}

absl::StatusOr<std::string> ProgramCopies::Copy(const std::string& program) {
  std::error_code error;
  const std::uintmax_t bytes = fs::file_size(program, error);
  if (!error && bytes > kLargestBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat(program, ": is larger than ", kLargestBytes >> 20U, " MiB"));
  }
  constexpr int kNumbers = 1'000'000;  // all of one length
  const fs::path copy = directory_ / absl::StrFormat("%06d", number_++ % kNumbers);
  if (!error) fs::copy_file(program, copy, fs::copy_options::overwrite_existing, error);
  if (!error) return copy.string();
  return absl::InvalidArgumentError(
      absl::StrCat(program, ": cannot be copied to ", copy.string(), ": ", error.message()));
}

}  // namespace slo::paired
