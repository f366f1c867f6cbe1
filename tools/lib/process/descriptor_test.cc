#include "tools/lib/process/descriptor.h"

#include <cerrno>
#include <optional>
#include <utility>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

bool IsOpenInTheSystem(int fd) { return fcntl(fd, F_GETFD) != -1 || errno != EBADF; }

Fd SomeFd() { return Fd(dup(STDERR_FILENO)); }

TEST(Fd, IsNotOpenUntilItHasOne) {
  const Fd none;
  EXPECT_EQ(none.get(), -1);
  EXPECT_FALSE(none.is_open());
}

TEST(Fd, ClosesWithItsScope) {
  int number = -1;
  {
    const Fd fd = SomeFd();
    number = fd.get();
    EXPECT_TRUE(fd.is_open());
    EXPECT_TRUE(IsOpenInTheSystem(number));
  }
  EXPECT_FALSE(IsOpenInTheSystem(number));
}

TEST(Fd, IsNotOpenOnceItIsClosed) {
  Fd fd = SomeFd();
  const int number = fd.get();
  fd.Close();
  EXPECT_FALSE(fd.is_open());
  EXPECT_EQ(fd.get(), -1);
  EXPECT_FALSE(IsOpenInTheSystem(number));
}

TEST(Fd, ClosesOnlyWhatIsItsOwn) {
  Fd fd = SomeFd();
  fd.Close();
  const Fd other = SomeFd();  // has the number again
  fd.Close();
  EXPECT_TRUE(IsOpenInTheSystem(other.get()));
}

TEST(Fd, MayBeNumberZero) {
  const Fd kept(dup(STDIN_FILENO));
  if (!kept.is_open()) GTEST_SKIP() << "this process has no stdin";
  {
    const Fd zero(STDIN_FILENO);
    EXPECT_TRUE(zero.is_open());
  }
  EXPECT_FALSE(IsOpenInTheSystem(STDIN_FILENO));
  EXPECT_EQ(dup2(kept.get(), STDIN_FILENO), STDIN_FILENO);
}

TEST(Fd, HasOneOwnerAfterAMove) {
  std::optional<Fd> from(SomeFd());
  const int number = from->get();
  Fd to(std::move(*from));
  from.reset();
  EXPECT_EQ(to.get(), number);
  EXPECT_TRUE(IsOpenInTheSystem(number));
}

TEST(Fd, IsGivenByAssignment) {
  Fd from = SomeFd();
  const int number = from.get();
  Fd to;
  to = std::move(from);
  EXPECT_EQ(to.get(), number);
  EXPECT_TRUE(IsOpenInTheSystem(number));
}

TEST(MakePipe, ReadsAtOneEndWhatIsWrittenAtTheOther) {
  const Pipe pipe = MakePipe();
  ASSERT_TRUE(pipe.read_end.is_open());
  ASSERT_TRUE(pipe.write_end.is_open());
  ASSERT_EQ(write(pipe.write_end.get(), "x", 1), 1);
  char read_byte = 0;
  ASSERT_EQ(read(pipe.read_end.get(), &read_byte, 1), 1);
  EXPECT_EQ(read_byte, 'x');
}

TEST(MakePipe, IsNotForOtherPrograms) {
  const Pipe pipe = MakePipe();
  EXPECT_EQ(fcntl(pipe.read_end.get(), F_GETFD), FD_CLOEXEC);
  EXPECT_EQ(fcntl(pipe.write_end.get(), F_GETFD), FD_CLOEXEC);
}

}  // namespace
}  // namespace slo::tools
