#include "tools/paired_bench/process/program_copies.h"

#include <algorithm>
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

// Of a name in a folder.
constexpr size_t kMaxNameLength = 255;

absl::Status CannotBeCopied(const std::string& program, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat(program, ": cannot be copied: ", why));
}

// The names in a folder but one; none of a folder that may not be read.
std::vector<std::string> NamesIn(const fs::path& folder, const fs::path& but) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().filename() != but) names.push_back(entry->path().filename().string());
  }
  return names;
}

void LinkTo(const std::vector<std::string>& names, const fs::path& from, const fs::path& in) {
  std::error_code ignored;  // a name that is gone by now is not missed
  for (const std::string& name : names) fs::create_symlink(from / name, in / name, ignored);
}

// A program's folder and those above it.
struct Ancestors {
  fs::path program;
  std::vector<fs::path> folders;  // from the root to the folder that the program's folder is in
  size_t neighbours = 0;          // of the program and of all these folders
};

absl::StatusOr<Ancestors> AncestorsOf(const std::string& program) {
  std::error_code error;
  Ancestors ancestors = {.program = fs::canonical(program, error), .folders = {}};
  if (error) return CannotBeCopied(program, error.message());
  const std::uintmax_t bytes = fs::file_size(ancestors.program, error);
  if (error) return CannotBeCopied(program, error.message());
  if (bytes > ProgramCopies::kLargestBytes) {
    return CannotBeCopied(
        program, absl::StrCat("is larger than ", ProgramCopies::kLargestBytes >> 20U, " MiB"));
  }
  fs::path below = ancestors.program;
  while (below.has_relative_path()) {
    const fs::path folder = below.parent_path();
    ancestors.neighbours += NamesIn(folder, below.filename()).size();
    if (below != ancestors.program) ancestors.folders.insert(ancestors.folders.begin(), folder);
    below = folder;
  }
  if (ancestors.neighbours <= ProgramCopies::kMaxNeighbours) return ancestors;
  return CannotBeCopied(program, absl::StrCat("there are more than ", ProgramCopies::kMaxNeighbours,
                                              " files beside it and its folders"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<ProgramCopies>> ProgramCopies::Create(
    const fs::path& parent, const std::vector<std::string>& programs) {
  std::string directory = (parent / "paired-bench-XXXXXX").string();
  if (mkdtemp(directory.data()) == nullptr) {
    return absl::ErrnoToStatus(errno, absl::StrCat(parent.string(), ": no folder for copies"));
  }
  std::unique_ptr<ProgramCopies> copies(new ProgramCopies(fs::absolute(directory)));
  const absl::Status status = copies->MakePlaces(programs);
  if (!status.ok()) return status;
  return copies;
}

ProgramCopies::~ProgramCopies() {
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

absl::Status ProgramCopies::MakePlaces(const std::vector<std::string>& programs) {
  std::map<std::string, Ancestors> all;
  size_t longest = 0;
  for (const std::string& program : programs) {
    absl::StatusOr<Ancestors> ancestors = AncestorsOf(program);
    if (!ancestors.ok()) return ancestors.status();
    longest = std::max(longest, ancestors->program.native().size() -
                                    ancestors->program.parent_path().filename().native().size());
    all[program] = *std::move(ancestors);
  }
  for (const auto& [program, ancestors] : all) {
    const fs::path own_folder = ancestors.program.parent_path();
    // The name of the root fills up what the path is shorter by: all copies have paths of one
    // length.
    const size_t length = ancestors.program.native().size() - own_folder.filename().native().size();
    const size_t fill = std::min(longest - length + 1, kMaxNameLength);
    fs::path place = directory_ / std::string(fill, static_cast<char>('a' + places_.size()));
    std::error_code error;
    for (size_t level = 0; level < ancestors.folders.size(); ++level) {
      const fs::path& folder = ancestors.folders[level];
      if (level > 0) place /= folder.filename();
      fs::create_directory(place, error);
      const bool is_last = level + 1 == ancestors.folders.size();
      LinkTo(NamesIn(folder, is_last ? fs::path() : ancestors.folders[level + 1].filename()),
             folder, place);
    }
    fs::create_directories(place, error);
    if (error) return CannotBeCopied(program, error.message());
    places_[program] = {.program = ancestors.program,
                        .folder = place,
                        .neighbours = NamesIn(own_folder, ancestors.program.filename())};
  }
  return absl::OkStatus();
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
  const auto found = places_.find(program);
  if (found == places_.end()) return CannotBeCopied(program, "it has no place for copies");
  const Place& place = found->second;
  // The links are made once; what a copy of its own needs is new pages.
  const size_t number = number_++ % (2 * kKept);
  const fs::path folder = place.folder / absl::StrFormat(".paired-%02d", number);
  const fs::path copy = folder / place.program.filename();
  std::error_code error;
  if (fs::create_directory(folder, error)) {
    LinkTo(place.neighbours, place.program.parent_path(), folder);
  }
  if (!error) fs::remove(copy, error);  // one is left where the second of a pair failed
  if (!error) fs::copy_file(place.program, copy, error);
  if (error) {
    return CannotBeCopied(program, absl::StrCat("to ", copy.string(), ": ", error.message()));
  }
  return copy.string();
}

}  // namespace slo::paired
