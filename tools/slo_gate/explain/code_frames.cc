#include "tools/slo_gate/explain/code_frames.h"

#include <cstddef>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace slo::tools {
namespace {

constexpr absl::string_view kUnknownName = "??";

// "/src/a.cc:12 (discriminator 3)", "??:?".
CodeFrame FrameOf(absl::string_view function, absl::string_view place) {
  CodeFrame frame = {.function = std::string(WithoutClone(function))};
  place = place.substr(0, place.find(" (discriminator"));
  const size_t colon = place.rfind(':');
  if (colon == absl::string_view::npos || absl::StartsWith(place, kUnknownName)) return frame;
  const absl::string_view file = place.substr(0, colon);
  if (!absl::SimpleAtoi(place.substr(colon + 1), &frame.line)) frame.line = 0;
  // Without debug information the linker's symbols have the name of a source, and no line.
  if (frame.line > 0 || absl::StrContains(file, '/')) frame.file = std::string(file);
  return frame;
}

}  // namespace

absl::string_view WithoutClone(absl::string_view name) {
  return name.substr(0, name.find(" [clone "));
}

absl::StatusOr<CodeFrames> ParseCodeFrames(absl::string_view text) {
  CodeFrames frames;
  std::optional<uint64_t> address;
  std::optional<absl::string_view> function;
  int64_t number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    if (line.empty()) continue;
    if (!function.has_value() && absl::StartsWith(line, "0x")) {
      uint64_t parsed = 0;
      if (!absl::SimpleHexAtoi(line, &parsed)) {
        return absl::InvalidArgumentError(absl::StrCat("addr2line, line ", number,
                                                       ": expected an address, found \"",
                                                       line.substr(0, 100), "\""));
      }
      address = parsed;
    } else if (!address.has_value()) {
      return absl::InvalidArgumentError(absl::StrCat("addr2line, line ", number,
                                                     ": expected an address first, found \"",
                                                     line.substr(0, 100), "\""));
    } else if (!function.has_value()) {
      function = line;
    } else {
      if (*function != kUnknownName) frames[*address].push_back(FrameOf(*function, line));
      function = std::nullopt;
    }
  }
  return frames;
}

}  // namespace slo::tools
