#include "bench/families/progress.h"

#include <unistd.h>

#include <ostream>

#include "absl/time/clock.h"

namespace slo::bench {
namespace {

constexpr absl::Duration kInterval = absl::Milliseconds(100);
constexpr absl::string_view kClearLine = "\r\x1b[K";

}  // namespace

bool StderrIsTerminal() { return isatty(STDERR_FILENO) == 1; }

Progress::Progress(absl::string_view what, const ProgressGoal& goal, bool shown, std::ostream& out)
    : what_(what), goal_(goal), shown_(shown), out_(out), start_(absl::Now()) {}

Progress::~Progress() {
  if (shown_) out_ << kClearLine << std::flush;
}

void Progress::Update(int64_t done) {
  if (!shown_) return;
  const absl::Time now = absl::Now();
  if (now < next_update_) return;
  next_update_ = now + kInterval;
  out_ << kClearLine << what_ << ' ' << done;
  if (goal_.length > absl::ZeroDuration()) {
    out_ << ' ' << goal_.unit << ", "
         << absl::FormatDuration(absl::Trunc(now - start_, absl::Seconds(1))) << " of "
         << absl::FormatDuration(goal_.length);
  } else {
    out_ << '/' << goal_.total << ' ' << goal_.unit;
  }
  out_ << std::flush;
}

}  // namespace slo::bench
