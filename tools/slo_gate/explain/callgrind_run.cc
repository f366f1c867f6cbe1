#include "tools/slo_gate/explain/callgrind_run.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tools/lib/process/child_process.h"
#include "tools/slo_gate/explain/callgrind_file.h"

namespace slo::tools {
namespace {

// The variables of tools/lib/counting_environment, in which tools/count-instructions counts too.
std::vector<std::string> CountingEnvironment() {
  return absl::StrSplit(SLO_COUNTING_ENVIRONMENT, '|', absl::SkipEmpty());
}

// Callgrind tells functions apart by so many callers.
constexpr int kSeparateCallers = 60;
constexpr uintmax_t kMaxProfileBytes = uintmax_t{512} << 20U;

absl::StatusOr<std::string> Found(const std::string& program) {
  if (absl::StrContains(program, '/')) {
    if (access(program.c_str(), X_OK) == 0) return program;
    return absl::NotFoundError(program);
  }
  const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): no thread sets it
  for (const absl::string_view folder : absl::StrSplit(path != nullptr ? path : "", ':')) {
    const std::string candidate = absl::StrCat(folder, "/", program);
    if (!folder.empty() && access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return absl::NotFoundError(program);
}

// A folder for as long as the object lives.
class ProfileFolder {
 public:
  ProfileFolder() {
    std::error_code error;
    std::string name =
        (std::filesystem::temp_directory_path(error) / "slo-explain-XXXXXX").string();
    if (!error && mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~ProfileFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  ProfileFolder(const ProfileFolder&) = delete;
  ProfileFolder& operator=(const ProfileFolder&) = delete;

  // Empty: it could not be made.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

absl::StatusOr<std::string> ReadProfile(const std::string& file) {
  std::error_code error;
  const uintmax_t size = std::filesystem::file_size(file, error);
  if (error) return absl::FailedPreconditionError("callgrind wrote no profile");
  if (size > kMaxProfileBytes) {
    return absl::FailedPreconditionError(absl::StrCat("callgrind wrote a profile of ", size >> 20U,
                                                      " MiB; at most ", kMaxProfileBytes >> 20U,
                                                      " MiB are read"));
  }
  std::string text(size, '\0');
  std::ifstream stream(file, std::ios::binary);
  stream.read(text.data(), static_cast<std::streamsize>(size));
  if (stream) return text;
  return absl::FailedPreconditionError(absl::StrCat(file, ": cannot be read"));
}

ChildCommand CommandOf(const ProfiledCommand& profiled, const ProfileTools& tools,
                       const std::string& file) {
  ChildCommand command;
  if (profiled.has_empty_environment) {
    command.arguments = CountingEnvironment();
    command.arguments.insert(command.arguments.begin(), {tools.env, "-i"});
  } else {
    command.environment = CountingEnvironment();
  }
  const auto add = [&](std::string argument) { command.arguments.push_back(std::move(argument)); };
  add(tools.valgrind);
  add("--tool=callgrind");
  add("--dump-instr=yes");
  add(absl::StrCat("--separate-callers=", kSeparateCallers));
  // "%" begins a directive in names of files.
  add(absl::StrCat("--callgrind-out-file=", absl::StrReplaceAll(file, {{"%", "%%"}})));
  add(absl::StrCat("--log-file=", absl::StrReplaceAll(file, {{"%", "%%"}}), ".log"));
  for (const std::string& toggle : profiled.toggles) {
    add(absl::StrCat("--toggle-collect=", toggle));
  }
  for (const std::string& argument : profiled.arguments) add(argument);
  return command;
}

// Addresses of code outside of system folders, by object. The system's libraries have their debug
// information elsewhere, if at all.
std::map<std::string, std::set<uint64_t>> AddressesOf(const CallgrindProfile& profile) {
  std::map<std::string, std::set<uint64_t>> addresses;
  if (!profile.has_addresses) return addresses;
  for (const CallgrindFunction& function : profile.functions) {
    if (!absl::StartsWith(function.object, "/") || IsSystemPath(function.object)) continue;
    std::set<uint64_t>& of_object = addresses[function.object];
    for (const CallgrindCost& cost : function.costs) of_object.insert(cost.address);
    for (const CallgrindCall& call : function.calls) of_object.insert(call.address);
  }
  return addresses;
}

absl::StatusOr<FramesOfObjects> NameCode(const CallgrindProfile& profile, const ProfileTools& tools,
                                         const std::string& folder) {
  FramesOfObjects frames;
  for (const auto& [object, addresses] : AddressesOf(profile)) {
    const std::string list = folder + "/addresses";
    std::ofstream stream(list, std::ios::trunc);
    for (const uint64_t address : addresses) stream << absl::StrFormat("0x%x\n", address);
    stream.close();
    const ChildEnd end =
        RunTogether({{.arguments = {tools.addr2line, "--addresses", "--functions", "--inlines",
                                    "--demangle", "--exe=" + object, "@" + list}}},
                    {.timeout = tools.timeout, .most_output_bytes = size_t{1} << 30U})[0];
    if (!end.succeeded()) {
      return absl::FailedPreconditionError(
          absl::StrCat("addr2line of ", object, ": ", end.Describe()));
    }
    absl::StatusOr<CodeFrames> parsed = ParseCodeFrames(end.out);
    if (!parsed.ok()) return parsed.status();
    frames[object] = *std::move(parsed);
  }
  return frames;
}

absl::Status Failure(const ProfiledCommand& command, const ChildEnd& end, const std::string& log) {
  const absl::StatusOr<std::string> said = ReadProfile(log);
  std::vector<std::string> lines;
  if (said.ok()) lines = absl::StrSplit(*said, '\n', absl::SkipWhitespace());
  const size_t first = lines.size() > 3 ? lines.size() - 3 : 0;
  return absl::FailedPreconditionError(absl::StrCat(
      command.arguments[0], " under callgrind: ", end.Describe(),
      lines.empty() ? ""
                    : absl::StrCat("; valgrind: ",
                                   absl::StrJoin(lines.begin() + static_cast<std::ptrdiff_t>(first),
                                                 lines.end(), " / "))));
}

}  // namespace

absl::Status CheckTools(const ProfileTools& tools) {
  for (const auto& [program, package] :
       {std::pair(tools.valgrind, "valgrind"), std::pair(tools.addr2line, "binutils")}) {
    if (Found(program).ok()) continue;
    return absl::FailedPreconditionError(
        absl::StrCat(program, " was not found, which explaining a difference needs; install it: ",
                     "sudo apt-get install ", package));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ProfiledRun>> RunUnderCallgrind(
    const std::vector<ProfiledCommand>& commands, const ProfileTools& tools) {
  const ProfileFolder folder;
  if (folder.path().empty()) {
    return absl::FailedPreconditionError(
        "no folder could be made for the profiles; does TMPDIR name one that can be written to?");
  }
  // In an empty environment nothing is found by PATH.
  ProfileTools found = tools;
  for (std::string* program : {&found.valgrind, &found.addr2line, &found.env}) {
    const absl::StatusOr<std::string> path = Found(*program);
    if (path.ok()) *program = *path;
  }
  const auto file_of = [&](size_t i) { return absl::StrCat(folder.path(), "/", i); };
  std::vector<ChildCommand> children;
  for (size_t i = 0; i < commands.size(); ++i) {
    children.push_back(CommandOf(commands[i], found, file_of(i)));
  }
  const std::vector<ChildEnd> ends =
      RunTogether(children, {.timeout = tools.timeout, .keeps_end_of_output = true});
  for (size_t i = 0; i < commands.size(); ++i) {
    if (ends[i].succeeded() || ends[i].how == ChildEnd::How::kInterrupted) continue;
    return Failure(commands[i], ends[i], file_of(i) + ".log");
  }
  std::vector<ProfiledRun> runs;
  for (size_t i = 0; i < commands.size(); ++i) {
    const absl::StatusOr<std::string> text = ReadProfile(file_of(i));
    if (!text.ok()) return text.status();
    const absl::StatusOr<CallgrindProfile> profile =
        ParseCallgrind(commands[i].arguments[0], *text);
    if (!profile.ok()) return absl::FailedPreconditionError(profile.status().message());
    const absl::StatusOr<FramesOfObjects> frames = NameCode(*profile, found, folder.path());
    if (!frames.ok()) return frames.status();
    runs.push_back({.tree = MakeCallTree(*profile, *frames, commands[i].root), .err = ends[i].err});
  }
  return runs;
}

}  // namespace slo::tools
