// Files that programs write their results into, in a folder that nobody else can enter.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_RESULT_FILES_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_RESULT_FILES_H_

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace slo::paired {

// Not thread-safe. The folder goes with the object.
class ResultFiles {
 public:
  static constexpr size_t kMaxBytes = size_t{64} << 20U;

  // Below the first of the folders in which one can be made. FailedPrecondition: none can.
  static absl::StatusOr<std::unique_ptr<ResultFiles>> Create(
      const std::vector<std::filesystem::path>& parents);
  ~ResultFiles();
  ResultFiles(const ResultFiles&) = delete;
  ResultFiles& operator=(const ResultFiles&) = delete;

  // A new, empty file. FailedPrecondition: why there is none.
  absl::StatusOr<std::string> MakeFile();

  // What was written into it; the file is gone then. InvalidArgument: more than kMaxBytes.
  static absl::StatusOr<std::string> Take(const std::string& file);

 private:
  explicit ResultFiles(std::filesystem::path directory) : directory_(std::move(directory)) {}

  std::filesystem::path directory_;
  int number_ = 0;
};

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_RESULT_FILES_H_
