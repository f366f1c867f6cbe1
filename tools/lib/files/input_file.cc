#include "tools/lib/files/input_file.h"

#include <cstddef>
#include <fstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/lib/json/json_text.h"

namespace slo::tools {
namespace {

absl::StatusOr<std::string> ReadAll(std::istream& stream, const std::string& name) {
  std::string content;
  std::vector<char> chunk(size_t{1} << 20U);
  while (stream && content.size() <= kMaxJsonBytes) {
    stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    content.append(chunk.data(), static_cast<size_t>(stream.gcount()));
  }
  if (stream.bad()) return absl::NotFoundError(absl::StrCat(name, ": cannot be read"));
  return content;
}

}  // namespace

absl::StatusOr<std::string> ReadInput(const std::string& file, std::istream& in) {
  if (file == "-") return ReadAll(in, "standard input");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return absl::NotFoundError(absl::StrCat(file, ": cannot be opened for reading"));
  return ReadAll(stream, file);
}

}  // namespace slo::tools
