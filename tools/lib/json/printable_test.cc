#include "tools/lib/json/printable.h"

#include <string>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(Printable, HasASpaceForEachControlCharacter) {
  EXPECT_EQ(Printable(std::string("\0a\x1b[31m\n\x7f", 9)), " a [31m  ");
  EXPECT_EQ(Printable(" BM_A/\xc3\xa4\xff~"), " BM_A/\xc3\xa4\xff~") << "other bytes stay";
}

TEST(IsPrintable, SaysWhetherPrintableWouldChangeTheText) {
  for (int c = 0; c < 256; ++c) {
    const std::string text = {'a', static_cast<char>(c), 'b'};
    EXPECT_EQ(IsPrintable(text), Printable(text) == text) << c;
    EXPECT_EQ(IsPrintable(text), c >= 0x20 && c != 0x7f) << c;
  }
  EXPECT_TRUE(IsPrintable(""));
}

}  // namespace
}  // namespace slo::tools
