#include "bench/bench_context.h"

#include <features.h>  // __GLIBC__
#include <sys/utsname.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#include <algorithm>
#include <cmath>
#include <fstream>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "bench/git_revision.h"

namespace slo::bench {
namespace {

constexpr char kUnknown[] = "unknown";

std::string CpuModel() {
  std::ifstream cpuinfo("/proc/cpuinfo");
  std::string line;
  while (std::getline(cpuinfo, line)) {
    const size_t colon = line.find(':');
    if (line.rfind("model name", 0) != 0 || colon == std::string::npos) continue;
    return std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)));
  }
  return kUnknown;
}

std::string Kernel() {
  utsname name;
  if (uname(&name) != 0) return kUnknown;
  return absl::StrCat(name.sysname, " ", name.release, " ", name.machine);
}

std::string CLibrary() {
#ifdef __GLIBC__
  return absl::StrCat("glibc-", gnu_get_libc_version());
#else
  return kUnknown;
#endif
}

std::string Quoted(absl::string_view argument) {
  constexpr absl::string_view kPlainMarks = "-_=./:,+@%";
  const bool plain =
      !argument.empty() && std::all_of(argument.begin(), argument.end(), [&](char c) {
        return absl::ascii_isalnum(static_cast<unsigned char>(c)) ||
               kPlainMarks.find(c) != absl::string_view::npos;
      });
  if (plain) return std::string(argument);
  return absl::StrCat("'", absl::StrReplaceAll(argument, {{"'", "'\\''"}}), "'");
}

}  // namespace

std::string QuotedCommandLine(absl::Span<const std::string> arguments) {
  std::vector<std::string> quoted;
  for (const std::string& argument : arguments) quoted.push_back(Quoted(argument));
  return absl::StrJoin(quoted, " ");
}

std::string Toolchain() {
  utsname name;
  const bool named = uname(&name) == 0;
  std::string toolchain = absl::AsciiStrToLower(
      absl::StrCat(SLO_COMPILER, "-", CLibrary(), "-", named ? name.machine : kUnknown));
  for (char& c : toolchain) {
    const bool plain = absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '_';
    if (!plain) c = '-';
  }
  return toolchain;
}

std::map<std::string, std::string> CommonContext(int64_t seed,
                                                 absl::Span<const std::string> command_line) {
  return {
      {"slo_schema", "1"},
      {"slo_build_type", SLO_BUILD_TYPE},
      {"slo_compiler", SLO_COMPILER},
      {"slo_compiler_flags", SLO_COMPILER_FLAGS},
      {"slo_git_revision", kGitRevision},
      {"slo_git_dirty", kGitDirty},
      {"slo_toolchain", Toolchain()},
      {"slo_seed", absl::StrCat(seed)},
      {"slo_cpu_model", CpuModel()},
      {"slo_kernel", Kernel()},
      {"slo_command_line", QuotedCommandLine(command_line)},
  };
}

std::map<std::string, std::string> BenchContext(const BenchOptions& options,
                                                absl::Span<const std::string> command_line) {
  std::map<std::string, std::string> context = CommonContext(options.seed, command_line);
  context["slo_benchmark_version"] = SLO_BENCHMARK_VERSION;
  context["slo_confidence_level"] = absl::StrCat(options.confidence);
  context["slo_confidence_method"] =
      "one-sided; percentiles: order statistics, exact binomial ranks of the effective sample, "
      "over-dispersion from 30 batches; throughput: batch means, Student t";
  if (options.slowdown.has_value()) {
    context["slo_slowdown"] = options.slowdown->text;
    context["slo_slowdown_ns"] = absl::StrCat(std::llround(options.slowdown->nanoseconds));
  }
  if (!options.faults_text.empty()) context["slo_faults"] = options.faults_text;
  return context;
}

}  // namespace slo::bench
