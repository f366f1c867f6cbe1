#include "tools/paired_bench/process/benchmark_binary.h"

#include <regex.h>

#include <regex>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace slo::paired {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RunCommand, SelectsExactlyOneBenchmarkAndAsksForAFile) {
  EXPECT_THAT(RunCommand({.path = "bin", .arguments = {"--x"}, .selected_widely = {}},
                         "BM_A<int>/x:1.5+", 0.005, "/f.json"),
              ElementsAre("bin", R"(--benchmark_filter=^BM_A<int>/x:1\.5\+$)",
                          "--benchmark_out=/f.json", "--benchmark_out_format=json",
                          "--benchmark_color=false", "--benchmark_min_time=0.005", "--x"));
}

TEST(RunCommand, SelectsWidelyWhatTheProgramCannotSelectAlone) {
  EXPECT_EQ(
      RunCommand({.path = "bin", .arguments = {}, .selected_widely = {"a]"}}, "a]", 1, "f")[1],
      "--benchmark_filter=^a.$");
  EXPECT_EQ(
      RunCommand({.path = "bin", .arguments = {}, .selected_widely = {"a]"}}, "b]", 1, "f")[1],
      "--benchmark_filter=^b]$");
}

TEST(ListCommand, PassesTheArgumentsOnAfterItsOwn) {
  const BenchmarkBinary binary = {.path = "bin", .arguments = {"--x", "y"}, .selected_widely = {}};
  EXPECT_THAT(ListCommand(binary), ElementsAre("bin", "--benchmark_list_tests=true", "--x", "y"));
  EXPECT_THAT(ListCommand(binary, "^a$"), ElementsAre("bin", "--benchmark_list_tests=true",
                                                      "--benchmark_filter=^a$", "--x", "y"));
}

// ---- Names, as the engines that Google Benchmark may have been built with read them ----

bool PosixMatches(const std::string& pattern, const std::string& name) {
  regex_t compiled = {};
  if (regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NOSUB) != 0) return false;
  const bool matches = regexec(&compiled, name.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return matches;
}

using Engine = bool (*)(const std::string& pattern, const std::string& name);
constexpr Engine kEngines[] = {
    PosixMatches,
    [](const std::string& pattern, const std::string& name) {
      return std::regex_search(name, std::regex(pattern, std::regex_constants::extended));
    },
    [](const std::string& pattern, const std::string& name) {
      return std::regex_search(name, std::regex(pattern, std::regex_constants::ECMAScript));
    },
};

std::vector<std::string> AwkwardNames() {
  std::vector<std::string> names = {"BM_A",
                                    "BM_A/1",
                                    "BM_A/10",
                                    "BM_A/1/real_time",
                                    " BM_A",
                                    "BM_A ",
                                    "\tBM_A",
                                    "BM\tA",
                                    "-BM_A",
                                    "BM_A:x",
                                    "a.b+c*d?e|f(g){h}$^",
                                    "[a]",
                                    "[^a]",
                                    "{1,2}",
                                    "a{2}",
                                    "()",
                                    "|",
                                    "a|b",
                                    "^a$",
                                    "]]}}",
                                    "Gr\xc3\xb6\xc3\x9f"
                                    "e",
                                    "a\\d",
                                    "all",
                                    "[[:alpha:]]",
                                    "BM_T<std::pair<int, char*>>"};
  for (char c = 0x20; c < 0x7f; ++c) {
    names.emplace_back(1, c);
    names.push_back(absl::StrCat("a", std::string(1, c), "b"));
    names.push_back(absl::StrCat("a", std::string(2, c)));
  }
  return names;
}

TEST(ExactPattern, SelectsEachNameAndNoOtherInEveryEngine) {
  const std::vector<std::string> names = AwkwardNames();
  for (const Engine matches : kEngines) {
    for (const std::string& name : names) {
      for (const std::string& other : names) {
        EXPECT_EQ(matches(tools::ExactPattern(name), other), name == other)
            << name << ", " << other;
      }
    }
  }
}

TEST(WidePattern, SelectsEachNameInEveryEngine) {
  for (const Engine matches : kEngines) {
    for (const std::string& name : AwkwardNames()) {
      EXPECT_TRUE(matches(WidePattern(name), name)) << name;
    }
  }
  EXPECT_FALSE(PosixMatches(WidePattern("a]"), "b]"));
  EXPECT_FALSE(PosixMatches(WidePattern("a]"), "a]]"));
}

// ---- Listings ----

TEST(ListedNames, AreTheLines) {
  EXPECT_THAT(ListedNames("BM_A\n BM_B/1 \n\t\n", ""), ElementsAre("BM_A", " BM_B/1 ", "\t"));
  EXPECT_THAT(ListedNames("\n", ""), IsEmpty());
  EXPECT_THAT(ListedNames("", "banner"), IsEmpty());
}

TEST(ListedNames, AreNotWhatIsPrintedAnyway) {
  EXPECT_THAT(ListedNames("banner\nBM_A\nend\n", "banner\nend\n"), ElementsAre("BM_A"));
  EXPECT_THAT(ListedNames("BM_A\nBM_A\n", "BM_A\n"), ElementsAre("BM_A"))
      << "a benchmark may be called like a banner";
}

}  // namespace
}  // namespace slo::paired
