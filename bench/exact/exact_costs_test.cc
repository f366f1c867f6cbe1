#include "bench/exact/exact_costs.h"

#include <fstream>
#include <sstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace slo::exact {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

struct Finished {
  int exit_code;
  std::string out;
  std::string err;
};

Finished Finish(std::vector<std::string> flags) {
  flags.insert(flags.begin(), "bench_exact");
  std::ostringstream out;
  std::ostringstream err;
  const int exit_code = RunExactCosts(flags, out, err);
  return {exit_code, out.str(), err.str()};
}

TEST(RunExactCosts, PrintsGoogleBenchmarksForm) {
  const std::string file = ::testing::TempDir() + "/instructions.tsv";
  std::ofstream(file) << "BM_HarnessFloor\t10\t1000\t20\t1500\n";
  const Finished run =
      Finish({"--filter=HarnessFloor", "--iterations=20", "--instructions=" + file});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const json document = json::parse(run.out);
  EXPECT_EQ(document["context"]["slo_kind"], "exact_costs");
  EXPECT_FALSE(document["context"]["slo_toolchain"].get<std::string>().empty());
  ASSERT_EQ(document["benchmarks"].size(), 1U);
  const json& row = document["benchmarks"][0];
  EXPECT_EQ(row["name"], "BM_HarnessFloor");
  EXPECT_EQ(row["iterations"], 20);
  EXPECT_EQ(row["instructions_per_request"], 50);
  EXPECT_TRUE(row["allocations_per_request"].is_number());
}

TEST(RunExactCosts, ListsItsRows) {
  EXPECT_THAT(Finish({"--list", "--filter=^BM_RunPath"}).out,
              HasSubstr("BM_RunPath/shape:chain/steps:3\n"));
  EXPECT_THAT(Finish({"--help"}).out, HasSubstr("usage: bench_exact"));
  EXPECT_THAT(Finish({"--version"}).out, ::testing::StartsWith("bench_exact "));
  EXPECT_EQ(Finish({"stray"}).err,
            "bench_exact: \"stray\": expected a flag (--name=value); see --help\n");
  EXPECT_EQ(Finish({"--list", "--filter="}).exit_code, 0) << "an empty one matches all";
}

TEST(RunExactCosts, NamesEveryBadFlagAtOnce) {
  const Finished run = Finish({"--fliter=x", "--iterations=0", "--seed=x", "--filter=("});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--fliter: unknown flag; did you mean --filter? see --help"));
  EXPECT_THAT(run.err, HasSubstr("--iterations: expected an integer from 1 to 1000000"));
  EXPECT_THAT(run.err, HasSubstr("--seed: expected an integer"));
  EXPECT_THAT(run.err, HasSubstr("--filter: expected a POSIX extended regular expression"));
  EXPECT_EQ(Finish({"--filter=nothing"}).exit_code, 1);
}

TEST(RunExactCosts, NamesEveryBadLineOfInstructions) {
  const std::string file = ::testing::TempDir() + "/bad_instructions.tsv";
  std::ofstream(file) << "BM_A\t10\t1000\t10\t1500\nBM_B\t1\t2\n";
  const Finished run = Finish({"--instructions=" + file});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr(":1: expected row, iterations"));
  EXPECT_THAT(run.err, HasSubstr(":2: expected row, iterations"));
  EXPECT_THAT(Finish({"--instructions=/no/such"}).err, HasSubstr("cannot be opened"));
}

}  // namespace
}  // namespace slo::exact
