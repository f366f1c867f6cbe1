// Fresh copies of the two programs of a pair, each among what lies beside the program.
//
// Byte-identical programs can differ by a few percent, and go on doing so, by no more than where
// the machine's memory holds their files and how long their paths are: see
// docs/method/regressions.md.
// Copied anew for each pair, to paths of one length, this is scatter between pairs, which the
// interval accounts for, instead of a difference between builds.
//
// A program may need what lies beside it: data by its own path, libraries by $ORIGIN. So a copy
// keeps its name and is put into a folder of symbolic links to the program's neighbours, which is
// put among links to its folder's neighbours, and so on up to the root.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_PROGRAM_COPIES_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_PROGRAM_COPIES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace slo::paired {

// Not thread-safe. The copies go with the object.
class ProgramCopies {
 public:
  struct Pair {
    std::string first;
    std::string second;
  };

  // Larger programs are not copied, nor such with more neighbours on all levels together.
  static constexpr std::uintmax_t kLargestBytes = std::uintmax_t{256} << 20U;
  static constexpr size_t kMaxNeighbours = 5'000;

  // For copies of these programs, in a folder of its own below `parent`. InvalidArgument: which one
  // cannot be copied, and why. Other errors: there is no folder.
  static absl::StatusOr<std::unique_ptr<ProgramCopies>> Create(
      const std::filesystem::path& parent, const std::vector<std::string>& programs);
  ~ProgramCopies();
  ProgramCopies(const ProgramCopies&) = delete;
  ProgramCopies& operator=(const ProgramCopies&) = delete;

  // Copies of two of the programs, `first` being written first. They stay for at least this and the
  // next call. InvalidArgument: which one cannot be copied, and why.
  absl::StatusOr<Pair> Renew(const std::string& first, const std::string& second);

 private:
  // A program, and the place for its copies.
  struct Place {
    std::filesystem::path program;
    std::filesystem::path folder;         // where copies get folders, each one
    std::vector<std::string> neighbours;  // of the program, by name
  };

  explicit ProgramCopies(std::filesystem::path directory) : directory_(std::move(directory)) {}
  absl::Status MakePlaces(const std::vector<std::string>& programs);
  absl::StatusOr<std::string> Copy(const std::string& program);

  std::filesystem::path directory_;
  std::map<std::string, Place> places_;
  std::deque<Pair> kept_;
  size_t number_ = 0;
};

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_PROGRAM_COPIES_H_
