// Fresh copies of the two programs of a pair.
//
// Byte-identical programs can differ by a few percent, and go on doing so, by no more than where
// the machine's memory holds their files and how long their paths are: see
// docs/method/regressions.md.
// Copied anew for each pair, to paths of one length, this is scatter between pairs, which the
// interval accounts for, instead of a difference between builds.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_PROGRAM_COPIES_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_PROGRAM_COPIES_H_

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

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

  // Larger programs are not copied.
  static constexpr std::uintmax_t kLargestBytes = std::uintmax_t{256} << 20U;

  // In a folder of its own below `parent`. Errors: why there is none.
  static absl::StatusOr<std::unique_ptr<ProgramCopies>> Create(const std::filesystem::path& parent);
  ~ProgramCopies();
  ProgramCopies(const ProgramCopies&) = delete;
  ProgramCopies& operator=(const ProgramCopies&) = delete;

  // Copies of the programs at these paths, `first` being written first. They stay for at least this
  // and the next call. InvalidArgument: which one cannot be copied, and why.
  absl::StatusOr<Pair> Renew(const std::string& first, const std::string& second);

 private:
  explicit ProgramCopies(std::filesystem::path directory) : directory_(std::move(directory)) {}
  absl::StatusOr<std::string> Copy(const std::string& program);

  std::filesystem::path directory_;
  std::deque<Pair> kept_;
  int number_ = 0;
};

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_PROGRAM_COPIES_H_
