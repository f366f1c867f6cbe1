#include "tools/slo_gate/verdict/reason.h"

#include <set>
#include <string>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(Reason, HasANameOfItsOwnInSmallLetters) {
  std::set<std::string> names;
  for (int i = 0; i <= static_cast<int>(Reason::kMissed); ++i) {
    const std::string name(Name(static_cast<Reason>(i)));
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string::npos) << name;
  }
  EXPECT_EQ(Name(Reason::kLimitKept), "limit_kept");
  EXPECT_EQ(Name(Reason::kMissed), "missed");
}

}  // namespace
}  // namespace slo::tools
