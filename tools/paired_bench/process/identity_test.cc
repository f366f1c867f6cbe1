#include "tools/paired_bench/process/identity.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

TEST(IdentityOf, IsTheUuidOfVersion5OfTheBytes) {
  // python3 -c 'import uuid; print(uuid.uuid5(uuid.NAMESPACE_OID, "abc"))'
  EXPECT_EQ(IdentityOf("abc"), "7697a46f-b283-5da3-8e7c-62c11c03dd9e");
  EXPECT_NE(IdentityOf("abd"), IdentityOf("abc"));
  EXPECT_NE(IdentityOf(absl::string_view("a\0b", 3)), IdentityOf(absl::string_view("a\0c", 3)));
}

TEST(IdentityOfFile, IsThatOfItsBytes) {
  const std::filesystem::path file =
      std::filesystem::path(::testing::TempDir()) / absl::StrCat("identity.", getpid());
  std::ofstream(file, std::ios::binary) << "abc";
  EXPECT_EQ(IdentityOfFile(file.string()), IdentityOf("abc"));
  std::filesystem::remove(file);
  EXPECT_EQ(IdentityOfFile(file.string()), "");
  EXPECT_EQ(IdentityOfFile(::testing::TempDir()), "") << "a folder has no bytes";
}

TEST(MachineIdentity, NamesTheProcessors) {
  EXPECT_EQ(MachineIdentity(), MachineIdentity());
  EXPECT_THAT(MachineIdentity(), ::testing::HasSubstr(" processors"));
}

}  // namespace
}  // namespace slo::paired
