// Why a text that should be a results file is no JSON, in the words of who made the file.

#ifndef SLO_TOOLS_LIB_JSON_FRAMING_H_
#define SLO_TOOLS_LIB_JSON_FRAMING_H_

#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

enum class Framing {
  kUnknown,  // JSON, or broken in a way that only the parser's words describe
  kEmpty,
  kCompressed,
  kUtf16,
  kCsv,
  kConsole,
  kTextBefore,
  kTextWithin,
  kTextBehind,
  kTwoDocuments,
  kJsonLines,
  kCutOff,
  kLocale,
  kMissingComma,
  kTrailingComma,
  kNotUtf8,
  kOtherText,  // it does not begin as JSON does
};

struct FramingProblem {
  Framing framing = Framing::kUnknown;
  std::string advice;     // what it is, and what to do; empty for kUnknown
  bool has_place = true;  // it is about one place in the text, where the parser stopped
};

// Looks at the whole text once.
FramingProblem FramingOf(absl::string_view text);

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_JSON_FRAMING_H_
