#include "tools/lib/process/interrupt.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace slo::tools {
namespace {

sigset_t Signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

Interrupt::Interrupt() {
  const sigset_t signals = Signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  fd_ = signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

Interrupt::~Interrupt() {
  close(fd_);
  // What is still pending was answered by stopping; unblocked, it would end the process instead.
  const sigset_t signals = Signals();
  const timespec now = {};
  while (sigtimedwait(&signals, nullptr, &now) > 0) {
  }
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

// Pending signals stay pending, so that fd() stays readable.
int Interrupt::received() const {
  sigset_t pending;
  sigpending(&pending);
  if (sigismember(&pending, SIGINT) == 1) return SIGINT;
  return sigismember(&pending, SIGTERM) == 1 ? SIGTERM : 0;
}

}  // namespace slo::tools
