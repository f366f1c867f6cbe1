#include "bench/progress.h"

#include <unistd.h>

#include <ostream>

#include "absl/time/clock.h"

namespace slo::bench {
namespace {

constexpr absl::Duration kInterval = absl::Milliseconds(100);
constexpr absl::string_view kClearLine = "\r\x1b[K";

}  // namespace

bool StderrIsTerminal() { return isatty(STDERR_FILENO) == 1; }

Progress::Progress(absl::string_view what, int64_t total, bool shown, std::ostream& out)
    : what_(what), total_(total), shown_(shown), out_(out) {}

Progress::~Progress() {
  if (shown_) out_ << kClearLine << std::flush;
}

void Progress::Update(int64_t done) {
  if (!shown_) return;
  const absl::Time now = absl::Now();
  if (now < next_update_) return;
  next_update_ = now + kInterval;
  out_ << kClearLine << what_ << ' ' << done << '/' << total_ << " runs" << std::flush;
}

}  // namespace slo::bench
