// JUnit XML, in the form that the schemas of the common readers share: suites with package and id,
// properties before test cases, system-out and system-err at the end, times without a zone.

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/slo_gate/render/render.h"
#include "tools/slo_gate/render/sentence.h"

namespace slo::tools {
namespace {

// Length of the UTF-8 sequence that begins the text; 0 when it is none. Source: RFC 3629,
// section 4.
size_t SequenceLength(absl::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  }
  const bool is_overlong = (first == 0xE0 && byte(1) < 0xA0) || (first == 0xF0 && byte(1) < 0x90);
  const bool is_surrogate = first == 0xED && byte(1) > 0x9F;
  const bool is_beyond = first == 0xF4 && byte(1) > 0x8F;
  return is_overlong || is_surrogate || is_beyond ? 0 : length;
}

// As text of an element or an attribute. What XML cannot say becomes a question mark.
std::string Escaped(absl::string_view text) {
  std::string escaped;
  while (!text.empty()) {
    const size_t length = SequenceLength(text);
    const absl::string_view sequence = text.substr(0, std::max<size_t>(length, 1));
    text.remove_prefix(sequence.size());
    if (length == 0 || (length == 1 && static_cast<unsigned char>(sequence[0]) < 0x20) ||
        sequence == "\xEF\xBF\xBE" || sequence == "\xEF\xBF\xBF") {
      escaped.push_back('?');
    } else if (sequence == "&") {
      escaped.append("&amp;");
    } else if (sequence == "<") {
      escaped.append("&lt;");
    } else if (sequence == ">") {
      escaped.append("&gt;");
    } else if (sequence == "\"") {
      escaped.append("&quot;");
    } else {
      escaped.append(sequence.data(), sequence.size());
    }
  }
  return escaped;
}

struct Counts {
  int tests = 0;
  int failures = 0;
  int errors = 0;
  int skipped = 0;
};

// A limit that only warns is a test case that passed; what it says stands in system-out.
bool IsPassed(const Check& check) {
  return check.status == CheckStatus::kPass || check.status == CheckStatus::kWarn;
}

bool IsSkipped(const Check& check, bool allow_insufficient) {
  return check.status == CheckStatus::kInsufficient && allow_insufficient;
}

void Count(const Check& check, bool allow_insufficient, Counts& counts) {
  ++counts.tests;
  if (check.status == CheckStatus::kFail) {
    ++counts.failures;
  } else if (IsSkipped(check, allow_insufficient)) {
    ++counts.skipped;
  } else if (!IsPassed(check)) {
    ++counts.errors;
  }
}

std::string Attributes(const Counts& counts) {
  return absl::StrCat(" tests=\"", counts.tests, "\" failures=\"", counts.failures, "\" errors=\"",
                      counts.errors, "\"");
}

void AppendCase(const Scenario& scenario, const Check& check, bool allow_insufficient,
                std::string& text) {
  absl::StrAppend(&text, "    <testcase classname=\"", Escaped(scenario.name), "\" name=\"",
                  Escaped(absl::StrCat(check.id, ": ", check.metric, " ", LimitText(check))),
                  "\" time=\"0\"");
  if (IsPassed(check)) {
    absl::StrAppend(&text, "/>\n");
    return;
  }
  if (IsSkipped(check, allow_insufficient)) {
    absl::StrAppend(&text, ">\n      <skipped/>\n    </testcase>\n");
    return;
  }
  const absl::string_view element = check.status == CheckStatus::kFail ? "failure" : "error";
  absl::StrAppend(&text, ">\n      <", element, " type=\"", Name(check.status), "\" message=\"",
                  Escaped(ReasonText(check)), "\">", Escaped(absl::StrCat("why: ", check.why)),
                  "</", element, ">\n    </testcase>\n");
}

// The attributes of a suite that are the same for all.
std::string WhenAndWhere(const Verdict& verdict) {
  const auto host = verdict.provenance.find("host");
  return absl::StrCat(" time=\"0\" timestamp=\"",
                      Escaped(absl::StripSuffix(verdict.generated_at_utc, "Z")), "\" hostname=\"",
                      Escaped(host != verdict.provenance.end() ? host->second : "not stated"),
                      "\"");
}

// A suite without cases that says what was measured: the schema has no other place where that
// stands once.
void AppendProvenance(const Verdict& verdict, std::string& text) {
  absl::StrAppend(&text, "  <testsuite package=\"slo\" id=\"0\" name=\"provenance\"",
                  Attributes({}), " skipped=\"0\"", WhenAndWhere(verdict), ">\n    <properties>\n");
  for (const auto& [name, value] : verdict.provenance) {
    absl::StrAppend(&text, "      <property name=\"", Escaped(name), "\" value=\"", Escaped(value),
                    "\"/>\n");
  }
  absl::StrAppend(&text,
                  "    </properties>\n    <system-out/>\n    <system-err/>\n  </testsuite>\n");
}

void AppendSuite(const Verdict& verdict, size_t index, std::string& text) {
  const Scenario& scenario = verdict.scenarios[index];
  Counts counts;
  for (const Check& check : scenario.checks) Count(check, verdict.allow_insufficient, counts);
  absl::StrAppend(&text, "  <testsuite package=\"slo\" id=\"", index + 1, "\" name=\"",
                  Escaped(scenario.name), "\"", Attributes(counts), " skipped=\"", counts.skipped,
                  "\"", WhenAndWhere(verdict), ">\n    <properties/>\n");
  for (const Check& check : scenario.checks) {
    AppendCase(scenario, check, verdict.allow_insufficient, text);
  }
  absl::StrAppend(&text, "    <system-out>");
  for (const Check& check : scenario.checks) {
    if (!IsPassed(check)) continue;
    absl::StrAppend(&text, check.status == CheckStatus::kWarn ? "warn: " : "", Escaped(check.id),
                    ": ", Escaped(ReasonText(check)), check.is_vacuous ? " (vacuous)" : "", "\n");
  }
  absl::StrAppend(&text, "</system-out>\n    <system-err/>\n  </testsuite>\n");
}

}  // namespace

std::string RenderJunit(const Verdict& verdict) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  AppendProvenance(verdict, text);
  for (size_t i = 0; i < verdict.scenarios.size(); ++i) AppendSuite(verdict, i, text);
  absl::StrAppend(&text, "</testsuites>\n");
  return text;
}

}  // namespace slo::tools
