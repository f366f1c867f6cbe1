#include "bench/progress.h"

#include <sstream>

#include "gtest/gtest.h"

namespace slo::bench {
namespace {

TEST(Progress, WritesOneLineAndClearsIt) {
  std::ostringstream out;
  {
    Progress progress("soak", 10, /*shown=*/true, out);
    progress.Update(1);
    progress.Update(2);  // too soon after the first to be shown
  }
  EXPECT_EQ(out.str(), "\r\x1b[Ksoak 1/10 runs\r\x1b[K");
}

TEST(Progress, IsSilentWhereThereIsNoTerminal) {
  std::ostringstream out;
  {
    Progress progress("soak", 10, /*shown=*/false, out);
    progress.Update(1);
  }
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace slo::bench
