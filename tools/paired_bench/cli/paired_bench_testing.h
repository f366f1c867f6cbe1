// The whole command, run with scripted benchmarks.

#ifndef SLO_TOOLS_PAIRED_BENCH_CLI_PAIRED_BENCH_TESTING_H_
#define SLO_TOOLS_PAIRED_BENCH_CLI_PAIRED_BENCH_TESTING_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tools/lib/results/pairs_file.h"
#include "tools/paired_bench/cli/paired_bench.h"
#include "tools/paired_bench/process/scripted_benchmark_testing.h"

namespace slo::paired {

class PairedBenchTest : public ScriptedBenchmarkTest {
 protected:
  // The exit code with these arguments and no others.
  int RunWith(const std::vector<std::string>& arguments, bool on_terminal = false) {
    out_.str("");
    err_.str("");
    const std::vector<absl::string_view> views(arguments.begin(), arguments.end());
    return RunPairedBench(views, {.stderr_is_terminal = on_terminal, .out = out_, .err = err_});
  }

  // Of `base_` and the candidate.
  int Compare(const std::string& candidate, std::vector<std::string> more = {"--pairs=2"},
              bool on_terminal = false) {
    std::vector<std::string> arguments = {absl::StrCat("--base=", base_),
                                          absl::StrCat("--candidate=", candidate),
                                          absl::StrCat("--out=", written_)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunWith(arguments, on_terminal);
  }

  tools::PairsFile Written() const {
    std::ifstream in(written_);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const absl::StatusOr<tools::PairsFile> file = tools::ParsePairsFile(written_, text);
    EXPECT_TRUE(file.ok()) << file.status() << text;
    return file.ok() ? *file : tools::PairsFile();
  }

  const std::string base_ = Program("base", "measured 1");
  const std::string candidate_ = Program("candidate", "measured 2");
  const std::string written_ = (folder_ / "pairs.json").string();
  std::ostringstream out_;
  std::ostringstream err_;
};

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_CLI_PAIRED_BENCH_TESTING_H_
