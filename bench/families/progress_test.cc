#include "bench/families/progress.h"

#include <sstream>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(Progress, WritesOneLineAndClearsIt) {
  std::ostringstream out;
  {
    Progress progress("soak", {.total = 10}, /*shown=*/true, out);
    progress.Update(1);
    progress.Update(2);  // too soon after the first to be shown
  }
  EXPECT_EQ(out.str(), "\r\x1b[Ksoak 1/10 runs\r\x1b[K");
}

TEST(Progress, ShowsTheTimeOfWhatLastsForATime) {
  std::ostringstream out;
  {
    Progress progress("soak", {.length = absl::Minutes(10)}, /*shown=*/true, out);
    progress.Update(7);
  }
  EXPECT_EQ(out.str(), "\r\x1b[Ksoak 7 runs, 0 of 10m\r\x1b[K");
}

TEST(Progress, NamesWhatItCounts) {
  std::ostringstream out;
  { Progress("capacity", {.total = 60, .unit = "probes"}, /*shown=*/true, out).Update(3); }
  EXPECT_EQ(out.str(), "\r\x1b[Kcapacity 3/60 probes\r\x1b[K");
}

TEST(Progress, IsSilentWhereThereIsNoTerminal) {
  std::ostringstream out;
  {
    Progress progress("soak", {.total = 10}, /*shown=*/false, out);
    progress.Update(1);
  }
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace slo::bench
