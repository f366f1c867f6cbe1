// File descriptors that close themselves.

#ifndef SLO_TOOLS_LIB_PROCESS_DESCRIPTOR_H_
#define SLO_TOOLS_LIB_PROCESS_DESCRIPTOR_H_

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace slo::tools {

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd() { Close(); }

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

struct Pipe {
  Fd read_end;
  Fd write_end;
};

// Closed on exec; not open when the system has none left (errno says why).
inline Pipe MakePipe() {
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  return {Fd(ends[0]), Fd(ends[1])};
}

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_PROCESS_DESCRIPTOR_H_
