#include "bench/cli/bench_context.h"

#include <features.h>  // __GLIBC__
#include <linux/magic.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "bench/git_revision.h"
#include "fixtures/sqlite/sqlite_store.h"
#include "tools/lib/results/counter_names.h"

namespace slo::bench {
namespace {

constexpr char kUnknown[] = "unknown";
// linux/magic.h has it not.
constexpr int64_t kXfsMagic = 0x58465342;

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

// The type of the file system that a directory is on; empty: that of temporary files.
std::string FileSystemOf(const std::string& directory) {
  std::error_code error;
  std::filesystem::path path = directory;
  if (directory.empty()) path = std::filesystem::temp_directory_path(error);
  struct statfs info = {};
  if (error || statfs(path.c_str(), &info) != 0) return kUnknown;
  switch (info.f_type) {
    case TMPFS_MAGIC:
      return "tmpfs";
    case EXT4_SUPER_MAGIC:
      return "ext4";
    case kXfsMagic:
      return "xfs";
    case BTRFS_SUPER_MAGIC:
      return "btrfs";
    case OVERLAYFS_SUPER_MAGIC:
      return "overlay";
    default:
      return absl::StrCat("0x", absl::Hex(static_cast<uint64_t>(info.f_type)));
  }
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

// What was measured, as far as the names of the rows leave it open.
void AddApiContext(const ApiOptions& api, std::map<std::string, std::string>& context) {
  if (api.has_target()) {
    context["slo_target"] = absl::StrCat(api.target.host, ":", api.target.port);
    context["slo_request_timeout"] = absl::FormatDuration(api.timeout);
    return;
  }
  context["slo_store"] = std::string(Name(api.store));
  context["slo_transport"] = std::string(Name(api.transport));
  if (api.store != stack::StoreKind::kSqlite) return;
  context["slo_store_synchronous"] = std::string(Name(api.synchronous));
  context["slo_store_version"] = absl::StrCat("SQLite ", sqlite::LibraryVersion());
  context["slo_store_file_system"] = FileSystemOf(api.store_directory);
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
  context["slo_confidence_level"] = absl::StrCat(options.bounds.confidence);
  context[tools::kLongestDisturbanceKey] = absl::FormatDuration(options.bounds.longest_disturbance);
  context[tools::kDisturbedRequestsKey] = absl::StrCat(options.bounds.disturbed_requests);
  context["slo_confidence_method"] =
      "one-sided; percentiles: order statistics, exact binomial ranks of the effective sample, "
      "over-dispersion from at least 30 slots of time, disturbances as declared; throughput: "
      "windows "
      "of equal time, autocorrelation of order one, Student t";
  if (options.slowdown.has_value()) {
    context["slo_slowdown"] = options.slowdown->text;
    context["slo_slowdown_ns"] = absl::StrCat(std::llround(options.slowdown->nanoseconds));
  }
  AddApiContext(options.api, context);
  if (options.is_sharded()) {
    context["slo_shard"] = absl::StrCat(options.shard, "/", options.shards);
  }
  if (options.bounds.processes > 1) {
    context[tools::kProcessKey] = absl::StrCat(options.process, "/", options.bounds.processes);
  }
  if (!options.faults_text.empty()) context["slo_faults"] = options.faults_text;
  return context;
}

}  // namespace slo::bench
