#include "tools/lib/process/interrupt.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "gtest/gtest.h"

namespace slo::tools {
namespace {

bool IsReadable(int fd) {
  pollfd entry = {.fd = fd, .events = POLLIN, .revents = 0};
  return poll(&entry, 1, 0) == 1 && entry.revents == POLLIN;
}

bool IsBlocked(int signal) {
  sigset_t blocked;
  sigemptyset(&blocked);
  pthread_sigmask(SIG_BLOCK, nullptr, &blocked);
  return sigismember(&blocked, signal) == 1;
}

bool IsPending(int signal) {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, signal) == 1;
}

TEST(Interrupt, IsQuietWhileNothingCame) {
  const Interrupt interrupt;
  EXPECT_FALSE(IsReadable(interrupt.fd()));
  EXPECT_EQ(interrupt.received(), 0);
}

class InterruptBy : public ::testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Signals, InterruptBy, ::testing::Values(SIGINT, SIGTERM));

TEST_P(InterruptBy, IsReadableFromThenOn) {
  const Interrupt interrupt;
  raise(GetParam());
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(IsReadable(interrupt.fd()));
    EXPECT_EQ(interrupt.received(), GetParam());
  }
}

TEST_P(InterruptBy, StrikesNobodyAfterwards) {
  {
    const Interrupt interrupt;
    EXPECT_TRUE(IsBlocked(GetParam()));
    raise(GetParam());
    EXPECT_TRUE(IsPending(GetParam()));
  }
  EXPECT_FALSE(IsBlocked(GetParam()));
  EXPECT_FALSE(IsPending(GetParam()));
  EXPECT_EQ(Interrupt().received(), 0) << "an interruption is not that of the next";
}

TEST(Interrupt, NamesCtrlCWhenBothCame) {
  const Interrupt interrupt;
  raise(SIGTERM);
  raise(SIGINT);
  EXPECT_EQ(interrupt.received(), SIGINT);
}

TEST(Interrupt, TakesNoOtherSignal) {
  const Interrupt interrupt;
  for (const int signal : {SIGHUP, SIGQUIT, SIGALRM, SIGUSR1}) EXPECT_FALSE(IsBlocked(signal));
}

TEST(Interrupt, HasADescriptorThatNeverBlocksAndThatNoChildInherits) {
  int fd = -1;
  {
    const Interrupt interrupt;
    fd = interrupt.fd();
    EXPECT_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
    EXPECT_NE(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
  }
  EXPECT_EQ(fcntl(fd, F_GETFD), -1);
  EXPECT_EQ(errno, EBADF);
}

}  // namespace
}  // namespace slo::tools
