#include "tools/lib/json/framing.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::tools {
namespace {

using ::testing::HasSubstr;

constexpr char kDocument[] = "{\"context\": {},\n \"benchmarks\": [\n  {\"x\": 1}\n ]\n}\n";

struct FramingCase {
  const char* name;
  std::string text;
  Framing framing;
  const char* says;
};

TEST(FramingOf, NamesWhatTheTextIs) {
  const std::string document = kDocument;
  const FramingCase framings[] = {
      {"nothing", "", Framing::kEmpty, "the file is empty"},
      {"blanks", " \r\n", Framing::kEmpty, "the file is empty"},
      {"gzip", "\x1f\x8b\x08", Framing::kCompressed, "gzip"},
      {"zstd", "\x28\xb5\x2f\xfd", Framing::kCompressed, "zstd"},
      {"zip", "PK\x03\x04", Framing::kCompressed, "zip"},
      {"UTF-16", "\xff\xfe{", Framing::kUtf16, "this is UTF-16"},
      {"UTF-16 without a mark", std::string("{\0\n\0", 4), Framing::kUtf16, "this is UTF-16"},
      {"CSV", "name,iterations,real_time,cpu_time\n\"BM_A\",1,2,3\n", Framing::kCsv,
       "this is CSV (--benchmark_format=csv); expected JSON: --benchmark_format=json or"},
      {"console", "-----\nBenchmark    Time   CPU Iterations\n-----\nBM_A 1 ns 1 ns 5\n",
       Framing::kConsole, "this is Google Benchmark's console output"},
      {"stderr before", "Running ./a\nRun on 8\n" + document, Framing::kTextBefore,
       "before the JSON: \"Running ./a\"; redirect stderr apart"},
      {"a log before", "[2026-01-02 03:04] begin\n" + document, Framing::kTextBefore,
       "use --benchmark_out=FILE"},
      {"text behind", document + "All done\n", Framing::kTextBehind, "behind the JSON: \"All done"},
      {"text within", "{\"benchmarks\": [\nstep 1\n {}]}", Framing::kTextWithin, "\"step 1\""},
      {"appended", document + document, Framing::kTwoDocuments, "two JSON documents in one file"},
      {"lines", "{\"name\": \"BM_A\"}\n{\"name\": \"BM_B\"}\n", Framing::kJsonLines,
       "this is JSON lines"},
      {"grouped digits", "{\"iterations\": 1,000,000,\n\"x\": 1}", Framing::kLocale,
       "1,000,000 in a number: the program set a locale"},
      {"a decimal comma", "{\n\"real_time\": 1,25e+01,\n\"x\": 1}", Framing::kLocale,
       "1,25e+01 in"},
      {"a comma too many", "{\"a\": [1, 2,\n]}", Framing::kTrailingComma, "before the closing"},
      {"a comma too few", "{\"a\": 1\n\"b\": 2}", Framing::kMissingComma, "a comma is missing"},
      {"a message", "cannot open input\n", Framing::kOtherText,
       "begins with \"cannot open input\""},
      {"Latin-1", "{\"name\": \"Gr\xfc\"}", Framing::kNotUtf8, "not UTF-8"},
  };
  for (const FramingCase& one : framings) {
    const FramingProblem problem = FramingOf(one.text);
    EXPECT_EQ(problem.framing, one.framing) << one.name;
    EXPECT_THAT(problem.advice, HasSubstr(one.says)) << one.name;
  }
}

TEST(FramingOf, NoticesWhereverAFileIsCutOff) {
  const std::string document = absl::StrCat("{\"context\": null, \"benchmarks\": [{\"name\": ",
                                            "\"BM_A\", \"x\": 1.5e+3, \"y\": true}]}");
  for (size_t length = 1; length < document.size(); ++length) {
    EXPECT_EQ(FramingOf(document.substr(0, length)).framing, Framing::kCutOff) << length;
  }
}

TEST(FramingOf, SaysNothingOfJsonNorOfWhatItDoesNotKnow) {
  for (const char* text :
       {kDocument, "\xef\xbb\xbf{}", "{}\r\n \t", "[1]", "{\"a\": +1}", "{\"a\"; 1}"}) {
    const FramingProblem problem = FramingOf(text);
    EXPECT_EQ(problem.framing, Framing::kUnknown) << text;
    EXPECT_EQ(problem.advice, "") << text;
  }
}

TEST(FramingOf, QuotesNoMoreThanALine) {
  std::string digits;
  for (int i = 0; i < 1'000; ++i) digits += "1,11";
  for (const std::string& text : {"{\"a\": " + digits + "\n}", digits + "\n{}", "{}\n" + digits}) {
    EXPECT_NE(FramingOf(text).framing, Framing::kUnknown);
    EXPECT_LT(FramingOf(text).advice.size(), 300U);
  }
}

TEST(FramingOf, QuotesNoControlCharacters) {
  const std::string advice = FramingOf(absl::StrCat("\x1b[31mred\n", kDocument)).advice;
  EXPECT_EQ(advice.find('\x1b'), std::string::npos) << advice;
}

}  // namespace
}  // namespace slo::tools
