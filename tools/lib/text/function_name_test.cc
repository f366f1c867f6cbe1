#include "tools/lib/text/function_name.h"

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

TEST(ShortFunctionName, LeavesParametersAndArgumentsOut) {
  EXPECT_EQ(ShortFunctionName("main"), "main");
  EXPECT_EQ(ShortFunctionName("slo::domain::RollUp(slo::domain::Run const&)"),
            "slo::domain::RollUp");
  EXPECT_EQ(ShortFunctionName("store::Map<int, std::less<int> >::Find(int) const"),
            "store::Map::Find");
  EXPECT_EQ(ShortFunctionName("a::Text[abi:cxx11](int)"), "a::Text");
}

TEST(ShortFunctionName, LeavesTheResultOut) {
  EXPECT_EQ(ShortFunctionName("void store::Sort<int>(std::vector<int>&)"), "store::Sort");
  EXPECT_EQ(ShortFunctionName("std::vector<int> (anonymous namespace)::Make<int>(int)"),
            "(anonymous namespace)::Make");
}

TEST(ShortFunctionName, KeepsOperatorsUnnamedNamespacesAndLambdas) {
  EXPECT_EQ(ShortFunctionName("operator new(unsigned long)"), "operator new");
  EXPECT_EQ(ShortFunctionName("a::Less::operator()(int, int) const"), "a::Less::operator()");
  EXPECT_EQ(ShortFunctionName("std::ostream& std::operator<< <char>(std::ostream&, char)"),
            "std::operator<<");
  EXPECT_EQ(ShortFunctionName("bool a::operator==<int>(a::B<int> const&)"), "a::operator==");
  EXPECT_EQ(ShortFunctionName("a::Ptr<int>::operator->() const"), "a::Ptr::operator->");
  EXPECT_EQ(ShortFunctionName("a::(anonymous namespace)::Run(int)"),
            "a::(anonymous namespace)::Run");
  EXPECT_EQ(ShortFunctionName("void s::Sort<int>(V<int>&)::{lambda(int, int)#1}::operator()(int, "
                              "int) const"),
            "s::Sort::{lambda#1}::operator()");
}

TEST(ShortFunctionName, TakesAnyText) {
  for (const char* text : {"(", "<", ")", ">>", "operator", "a(b", "a<b", " ", "( ", "operator<"}) {
    EXPECT_FALSE(ShortFunctionName(text).empty()) << text;
  }
  EXPECT_EQ(ShortFunctionName(""), "");
  EXPECT_EQ(ShortFunctionName("(without a name, libc.so.6)"), "(without a name, libc.so.6)");
}

}  // namespace
}  // namespace slo::tools
