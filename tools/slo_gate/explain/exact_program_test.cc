#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tools/lib/files/scratch_folder_testing.h"
#include "tools/slo_gate/explain/counted_costs.h"

namespace slo::tools {
namespace {

void WriteProgram(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << "#!/bin/sh\n" << text << '\n';
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

// A bench_exact that has two rows, and a valgrind for which each iteration of it costs 100
// instructions, and 1000 what is metered once.
class ExactProgramTest : public ::testing::Test {
 protected:
  ExactProgramTest() {
    WriteProgram(folder_ / "bench_workflow", "exit 9");
    WriteProgram(folder_ / "bench_exact",
                 "case \"$*\" in *--list*) printf 'BM_A/x:1\\nBM_A/x:10\\n';; "
                 "*) echo '{\"allocations_per_run\": 3}';; esac");
    WriteProgram(folder_ / "valgrind", R"(
for flag; do
  case $flag in
    --callgrind-out-file=*) file=${flag#*=} ;;
    --iterations=*) n=${flag#*=} ;;
    --filter=*) filter=${flag#*=} ;;
  esac
done
[ "$filter" = '^BM_A/x:10$' ] || exit 7
[ -z "$HOME" ] || exit 8
sum=$((1000 + 100 * n))
head='events: Ir\nob=/src/a\nfn=slo::exact::MeteredSend(int)'
printf "$head\n1 %d\nsummary: %d\n" $sum $sum >"$file")");
  }

  absl::StatusOr<CountedCosts> Count(const std::string& benchmark,
                                     const std::string& program = "bench_workflow") {
    return CountExactly((folder_ / program).string(), benchmark,
                        {.valgrind = (folder_ / "valgrind").string()});
  }

  const ScratchFolder scratch_;
  const std::filesystem::path& folder_ = scratch_.path();
};

TEST_F(ExactProgramTest, CountsAnIterationOfTheRow) {
  for (const char* benchmark :
       {"BM_A/x:10", "BM_A/x:10/real_time", "BM_A/x:10/iterations:1/manual_time/threads:1"}) {
    const auto costs = Count(benchmark);
    ASSERT_TRUE(costs.ok()) << benchmark << ": " << costs.status();
    EXPECT_DOUBLE_EQ(costs->tree.instructions(), 100);
    EXPECT_EQ(costs->per, "run");
    EXPECT_EQ(costs->tree.nodes[1].function, "slo::exact::MeteredSend(int)");
  }
}

TEST_F(ExactProgramTest, HasNoRowOfAnotherBenchmark) {
  for (const char* benchmark : {"BM_A/x:100", "BM_A", "BM_A/x:10/threads:2", "BM_A/x:10/y:1", ""}) {
    EXPECT_EQ(Count(benchmark).status().code(), absl::StatusCode::kNotFound) << benchmark;
  }
}

TEST_F(ExactProgramTest, IsOfBenchWorkflowOnly) {
  EXPECT_EQ(Count("BM_A/x:10", "other").status().code(), absl::StatusCode::kNotFound);
  std::filesystem::remove(folder_ / "bench_exact");
  EXPECT_EQ(Count("BM_A/x:10").status().code(), absl::StatusCode::kNotFound);
}

TEST_F(ExactProgramTest, SaysHowTheProgramFailed) {
  WriteProgram(folder_ / "bench_exact",
               "case \"$*\" in *--list*) echo BM_A/x:10;; *) echo 'no memory' >&2; exit 1;; esac");
  const absl::Status status = Count("BM_A/x:10").status();
  EXPECT_TRUE(absl::StrContains(status.message(), "exit code 1; stderr: no memory")) << status;
}

}  // namespace
}  // namespace slo::tools
