#include "tools/paired_bench/process/identity.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace slo::paired {
namespace {

// As the kernel names the first one; empty on systems that do not.
std::string ProcessorModel() {
  std::ifstream info("/proc/cpuinfo");
  std::string line;
  while (std::getline(info, line)) {
    if (!absl::StartsWith(line, "model name")) continue;
    return std::string(absl::StripAsciiWhitespace(line.substr(line.find(':') + 1)));
  }
  return "";
}

}  // namespace

std::string IdentityOf(absl::string_view bytes) {
  const boost::uuids::name_generator_sha1 generator(boost::uuids::ns::oid());
  return boost::uuids::to_string(generator(bytes.data(), bytes.size()));
}

std::string IdentityOfFile(const std::string& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return "";
  std::ifstream in(file, std::ios::binary);
  if (!in) return "";
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  return in.bad() ? "" : IdentityOf(bytes);
}

std::string MachineIdentity() {
  utsname system{};
  uname(&system);
  return absl::StrCat(system.nodename, ", ", system.sysname, " ", system.release, ", ",
                      ProcessorModel(), ", ", sysconf(_SC_NPROCESSORS_ONLN), " processors");
}

}  // namespace slo::paired
