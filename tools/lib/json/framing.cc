#include "tools/lib/json/framing.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;

constexpr absl::string_view kExpected =
    "expected JSON: --benchmark_format=json or --benchmark_out_format=json";
constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

// Follows the parser up to its error.
class Probe : public nlohmann::json_sax<json> {
 public:
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return false; }
  bool start_object(size_t /*size*/) override { return Open(); }
  bool end_object() override { return Close(); }
  bool start_array(size_t /*size*/) override { return Open(); }
  bool end_array() override { return Close(); }
  bool key(string_t& name) override {
    constexpr size_t kMaxKeys = 64;
    if (depth_ == 1 && keys_.size() < kMaxKeys) keys_.insert(name);
    return true;
  }
  bool parse_error(size_t position, const std::string& /*token*/,
                   const json::exception& error) override {
    position_ = position;
    message_ = error.what();
    return false;
  }

  bool has_error() const { return position_ > 0; }
  bool has_document() const { return is_complete_; }
  bool has_key(const std::string& key) const { return keys_.count(key) > 0; }
  size_t position() const { return position_; }  // behind the character that is wrong
  const std::string& message() const { return message_; }

 private:
  bool Open() {
    ++depth_;
    return true;
  }
  bool Close() {
    is_complete_ = --depth_ == 0;
    return true;
  }

  int depth_ = 0;
  bool is_complete_ = false;
  std::set<std::string> keys_;  // of the outermost object
  size_t position_ = 0;
  std::string message_;
};

absl::string_view FirstLine(absl::string_view text) { return text.substr(0, text.find('\n')); }

// The line that the character at `position` is in.
absl::string_view LineAt(absl::string_view text, size_t position) {
  const size_t before = position == 0 ? absl::string_view::npos : text.rfind('\n', position - 1);
  return FirstLine(text.substr(before == absl::string_view::npos ? 0 : before + 1));
}

bool HasLineThatBegins(absl::string_view text, absl::string_view with) {
  return absl::StartsWith(text, with) || absl::StrContains(text, absl::StrCat("\n", with));
}

std::string Quoted(absl::string_view text) {
  constexpr size_t kMaxShown = 60;
  std::string shown(text.substr(0, kMaxShown));
  std::replace_if(
      shown.begin(), shown.end(),
      [](unsigned char c) { return !absl::ascii_isprint(c) || c == '"'; }, ' ');
  absl::StripAsciiWhitespace(&shown);
  return absl::StrCat("\"", shown, text.size() > kMaxShown ? "...\"" : "\"");
}

FramingProblem OfTheWhole(Framing framing, std::string advice) {
  return {.framing = framing, .advice = std::move(advice), .has_place = false};
}

FramingProblem OfOnePlace(Framing framing, std::string advice) {
  return {.framing = framing, .advice = std::move(advice), .has_place = true};
}

// What the first bytes tell.
FramingProblem EncodingOf(absl::string_view text) {
  using Magic = std::pair<absl::string_view, absl::string_view>;
  constexpr std::array<Magic, 5> kCompressed = {Magic{"\x1f\x8b", "gzip"},
                                                {"\x28\xb5\x2f\xfd", "zstd"},
                                                {"\xfd\x37zXZ", "xz"},
                                                {"BZh", "bzip2"},
                                                {"PK\x03\x04", "zip"}};
  for (const auto& [magic, name] : kCompressed) {
    if (!absl::StartsWith(text, magic)) continue;
    return OfTheWhole(Framing::kCompressed,
                      absl::StrCat("this is compressed (", name, "); expected JSON: unpack it"));
  }
  const bool has_mark = absl::StartsWith(text, "\xff\xfe") || absl::StartsWith(text, "\xfe\xff");
  if (has_mark || (text.size() > 1 && (text[0] == '\0') != (text[1] == '\0'))) {
    return OfTheWhole(Framing::kUtf16,
                      "this is UTF-16; expected UTF-8: redirect in a shell that writes UTF-8, or "
                      "use --benchmark_out=FILE");
  }
  return {};
}

// Other outputs of Google Benchmark, and text before the JSON.
FramingProblem TextOf(absl::string_view text) {
  const absl::string_view first = FirstLine(absl::StripLeadingAsciiWhitespace(text));
  const bool has_object = HasLineThatBegins(text, "{");
  if (HasLineThatBegins(text, "name,iterations,real_time") && !has_object) {
    return OfTheWhole(Framing::kCsv,
                      absl::StrCat("this is CSV (--benchmark_format=csv); ", kExpected));
  }
  const size_t header = absl::StartsWith(text, "Benchmark ") ? 0 : text.find("\nBenchmark ");
  if (header != absl::string_view::npos && !has_object &&
      absl::StrContains(LineAt(text, header + 1), "Iterations")) {
    return OfTheWhole(Framing::kConsole,
                      absl::StrCat("this is Google Benchmark's console output; ", kExpected));
  }
  if (!has_object || absl::StartsWith(first, "{") || absl::StripAsciiWhitespace(first) == "[") {
    return {};
  }
  return OfTheWhole(Framing::kTextBefore,
                    absl::StrCat("there is text before the JSON: ", Quoted(first),
                                 "; redirect stderr apart (2>FILE), or use --benchmark_out=FILE"));
}

// What follows a document that has ended.
FramingProblem RestOf(absl::string_view text, const Probe& probe) {
  const size_t begin = probe.position() - 1;
  const absl::string_view rest = text.substr(std::min(begin, text.size()));
  if (!absl::StartsWith(rest, "{")) {
    return OfOnePlace(
        Framing::kTextBehind,
        absl::StrCat("there is text behind the JSON: ", Quoted(LineAt(text, begin)),
                     "; redirect what the program prints apart, or use --benchmark_out=FILE"));
  }
  if (probe.has_key("benchmarks") || probe.has_key("context")) {
    return OfOnePlace(Framing::kTwoDocuments,
                      "there are two JSON documents in one file (were results appended?); expected "
                      "one: write each to a file of its own, and give all files");
  }
  return OfTheWhole(Framing::kJsonLines,
                    "this is JSON lines, a document on each line; expected one document: "
                    "{\"context\": {...}, \"benchmarks\": [...]}");
}

// "1,000,000" or "1,5" behind the last colon before `place`; empty when there is none.
absl::string_view LocaleNumberAt(absl::string_view text, size_t place) {
  const size_t colon = text.rfind("\": ", place);
  if (colon == absl::string_view::npos) return "";
  absl::string_view number = text.substr(colon + 3);
  constexpr size_t kMaxShown = 40;
  number = number.substr(0, number.find_first_not_of("0123456789,.-+e' ")).substr(0, kMaxShown);
  while (absl::ConsumeSuffix(&number, ",") || absl::ConsumeSuffix(&number, " ")) {
  }
  for (size_t i = 1; i + 1 < number.size(); ++i) {
    if ((number[i] == ',' || number[i] == '\'') && IsDigit(number[i - 1]) &&
        IsDigit(number[i + 1])) {
      return number;
    }
  }
  return "";
}

// A line that the program printed between those of the JSON.
FramingProblem PrintedAt(absl::string_view text, size_t place) {
  const absl::string_view line = absl::StripLeadingAsciiWhitespace(LineAt(text, place));
  const bool is_words =
      !line.empty() && !absl::StrContains("\"{}[],:", line.substr(0, 1)) &&
      std::any_of(line.begin(), line.end(), [](unsigned char c) { return absl::ascii_isalpha(c); });
  if (!is_words || !absl::StrContains(text.substr(0, place), '\n')) return {};
  return OfOnePlace(
      Framing::kTextWithin,
      absl::StrCat("there is text within the JSON: ", Quoted(line),
                   "; redirect what the program prints apart, or use --benchmark_out=FILE"));
}

// What is wrong at the one place where the parser stopped.
FramingProblem BreakIn(absl::string_view text, const Probe& probe) {
  if (probe.position() > text.size()) {
    return OfOnePlace(Framing::kCutOff,
                      "the file ends in the middle (was the program killed, or is the disk full?); "
                      "measure again");
  }
  if (absl::StrContains(probe.message(), "UTF-8")) {
    return OfOnePlace(
        Framing::kNotUtf8,
        "a byte that is not UTF-8; expected UTF-8: convert the file (iconv -t UTF-8)");
  }
  const size_t place = probe.position() - 1;
  const absl::string_view number = LocaleNumberAt(text, place);
  if (!number.empty()) {
    return OfOnePlace(
        Framing::kLocale,
        absl::StrCat(number,
                     " in a number: the program set a locale that groups digits or has a "
                     "decimal comma; expected 1234.5: let the program keep the locale "
                     "\"C\" for numbers"));
  }
  const absl::string_view before = absl::StripTrailingAsciiWhitespace(text.substr(0, place));
  if ((text[place] == ']' || text[place] == '}') && absl::EndsWith(before, ",")) {
    return OfOnePlace(Framing::kTrailingComma,
                      "a comma before the closing bracket; expected a further element or none");
  }
  if (absl::StrContains(probe.message(), "unexpected string literal; expected '}'")) {
    return OfOnePlace(Framing::kMissingComma,
                      "a comma is missing between two members; old releases of Google Benchmark "
                      "leave it out before what AddCustomContext or --benchmark_context adds: use "
                      "another release");
  }
  return PrintedAt(text, place);
}

}  // namespace

FramingProblem FramingOf(absl::string_view text) {
  absl::ConsumePrefix(&text, kByteOrderMark);
  if (absl::StripAsciiWhitespace(text).empty()) {
    return OfTheWhole(Framing::kEmpty,
                      "the file is empty; expected the output of a Google Benchmark binary: did it "
                      "end before it wrote?");
  }
  FramingProblem problem = EncodingOf(text);
  if (problem.framing == Framing::kUnknown) problem = TextOf(text);
  if (problem.framing != Framing::kUnknown) return problem;
  const absl::string_view begin = absl::StripLeadingAsciiWhitespace(text);
  if (!absl::StartsWith(begin, "{") && !absl::StartsWith(begin, "[")) {
    return OfTheWhole(Framing::kOtherText, absl::StrCat("this is no JSON, it begins with ",
                                                        Quoted(FirstLine(begin)), "; ", kExpected));
  }
  Probe probe;
  json::sax_parse(text.begin(), text.end(), &probe);
  if (!probe.has_error()) return {};
  return probe.has_document() ? RestOf(text, probe) : BreakIn(text, probe);
}

}  // namespace slo::tools
