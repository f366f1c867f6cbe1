#include "tools/lib/results/measured_file.h"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "tools/lib/files/input_file.h"
#include "tools/lib/json/json_text.h"
#include "tools/lib/results/plain_report_reader.h"

namespace slo::tools {
namespace {

constexpr size_t kPiece = size_t{1} << 18U;

// The results of a regular file that is plain; nothing for any other, and for one of pairs.
std::optional<Report> ReadPlainReport(const std::string& file) {
  std::error_code ignored;
  // Another one, a pipe for example, can be read only once.
  if (file == "-" || !std::filesystem::is_regular_file(file, ignored)) return std::nullopt;
  std::ifstream stream(file, std::ios::binary);
  PlainReportReader reader(file);
  std::vector<char> piece(kPiece);
  size_t bytes = 0;
  while (stream) {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const absl::string_view text(piece.data(), static_cast<size_t>(stream.gcount()));
    if (bytes == 0 && IsPairsFile(text)) return std::nullopt;
    bytes += text.size();
    if (bytes > kMaxJsonBytes || !reader.Feed(text)) return std::nullopt;
  }
  if (stream.bad()) return std::nullopt;
  return std::move(reader).Finish();
}

}  // namespace

absl::StatusOr<MeasuredFile> ReadMeasuredFile(const std::string& file, std::istream& in) {
  std::optional<Report> plain = ReadPlainReport(file);
  if (plain.has_value()) return *std::move(plain);
  const absl::StatusOr<std::string> text = ReadInput(file, in);
  if (!text.ok()) return text.status();
  if (IsPairsFile(*text)) {
    absl::StatusOr<PairsFile> pairs = ParsePairsFile(file, *text);
    if (!pairs.ok()) return pairs.status();
    return *std::move(pairs);
  }
  absl::StatusOr<Report> report = ParseReport(file, *text);
  if (!report.ok()) return report.status();
  return *std::move(report);
}

absl::StatusOr<Report> ReadReport(const std::string& file, std::istream& in) {
  std::optional<Report> plain = ReadPlainReport(file);
  if (plain.has_value()) return *std::move(plain);
  const absl::StatusOr<std::string> text = ReadInput(file, in);
  if (!text.ok()) return text.status();
  return ParseReport(file, *text);
}

}  // namespace slo::tools
