// Ctrl-C and SIGTERM as something to wait for instead of something that strikes.

#ifndef SLO_TOOLS_LIB_PROCESS_INTERRUPT_H_
#define SLO_TOOLS_LIB_PROCESS_INTERRUPT_H_

namespace slo::tools {

// Holds the two signals back for as long as it lives. Made before the first thread.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  // Readable once a signal came, and from then on.
  int fd() const { return fd_; }

  // The signal's number; 0 when none came.
  int received() const;

 private:
  int fd_ = -1;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_PROCESS_INTERRUPT_H_
