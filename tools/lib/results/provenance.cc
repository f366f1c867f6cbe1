#include "tools/lib/results/provenance.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace slo::tools {
namespace {

// An entry and the context key that it comes from.
constexpr std::array<std::pair<const char*, const char*>, 15> kEntries = {{
    {"benchmark_library_version", "slo_benchmark_version"},
    {"build_type", "slo_build_type"},
    {"command_line", "slo_command_line"},
    {"compiler", "slo_compiler"},
    {"compiler_flags", "slo_compiler_flags"},
    {"confidence_level", "slo_confidence_level"},
    {"confidence_method", "slo_confidence_method"},
    {"cores", "num_cpus"},
    {"cpu_model", "slo_cpu_model"},
    {"git_dirty", "slo_git_dirty"},
    {"git_revision", "slo_git_revision"},
    {"host", "host_name"},
    {"kernel", "slo_kernel"},
    {"measured_at", "date"},
    {"seed", "slo_seed"},
}};

constexpr absl::string_view kOurPrefix = "slo_";

std::vector<std::string> DistinctValues(const std::vector<Report>& reports,
                                        const std::string& key) {
  std::vector<std::string> values;
  for (const Report& report : reports) {
    std::string value = report.ContextValue(key);
    if (value.empty() || std::find(values.begin(), values.end(), value) != values.end()) continue;
    values.push_back(std::move(value));
  }
  return values;
}

bool AnySays(const std::vector<Report>& reports, const std::string& key, absl::string_view value) {
  return std::any_of(reports.begin(), reports.end(),
                     [&](const Report& report) { return report.ContextValue(key) == value; });
}

// What is known of how program and library were built. bench_workflow says it of itself; for it the
// library's own word decides nothing.
void AddBuildNotes(const std::vector<Report>& reports, std::vector<std::string>& notes) {
  if (AnySays(reports, "slo_build_type", "")) {
    notes.emplace_back(
        "the results do not state their build type (context key slo_build_type), so that a debug "
        "build would go unnoticed; --benchmark_context=slo_build_type=release states it");
  }
  const bool is_library_debug =
      std::any_of(reports.begin(), reports.end(), [](const Report& report) {
        return report.origin() == Origin::kForeign &&
               report.ContextValue("library_build_type") == "debug";
      });
  if (!is_library_debug) return;
  notes.emplace_back(
      "library_build_type is debug: this is about Google Benchmark itself, and Debian's package "
      "says "
      "it of its release library, too; slo_build_type states how the program was built");
}

// The load average of the last minute; nothing: not stated.
std::optional<double> LoadOf(const Report& report) {
  const std::string text = report.ContextValue("load_avg");
  const std::vector<absl::string_view> numbers =
      absl::StrSplit(text, absl::ByAnyChar("[], "), absl::SkipEmpty());
  double load = 0;
  if (numbers.empty() || !absl::SimpleAtod(numbers[0], &load)) return std::nullopt;
  return load;
}

// What the machine did that makes figures differ from run to run.
void AddMachineNotes(const std::vector<Report>& reports, std::vector<std::string>& notes) {
  if (AnySays(reports, "cpu_scaling_enabled", "true")) {
    notes.emplace_back(
        "cpu_scaling_enabled is true: the CPU may have changed its frequency while it measured");
  }
  if (AnySays(reports, "aslr_enabled", "true")) {
    notes.emplace_back(
        "aslr_enabled is true: addresses differ from process to process, and times may with them");
  }
  for (const Report& report : reports) {
    const std::optional<double> load = LoadOf(report);
    double cpus = 0;
    if (!load.has_value() || !absl::SimpleAtod(report.ContextValue("num_cpus"), &cpus)) continue;
    if (*load <= cpus) continue;
    notes.push_back(absl::StrCat("load_avg is ", *load, " on ", cpus,
                                 " CPUs: other programs kept the machine busy"));
    return;
  }
}

}  // namespace

std::map<std::string, std::string> ProvenanceOf(const std::vector<Report>& reports) {
  std::map<std::string, std::string> provenance;
  for (const auto& [name, key] : kEntries) {
    const std::vector<std::string> values = DistinctValues(reports, key);
    provenance[name] = values.empty() ? "not stated" : absl::StrJoin(values, "; ");
  }
  for (const absl::string_view key : kSystemContext) {
    const std::vector<std::string> values = DistinctValues(reports, std::string(key));
    if (values.empty()) continue;
    provenance[std::string(absl::StripPrefix(key, kOurPrefix))] = absl::StrJoin(values, "; ");
  }
  return provenance;
}

std::vector<std::string> ProvenanceNotes(const std::vector<Report>& reports) {
  std::vector<std::string> notes;
  AddBuildNotes(reports, notes);
  AddMachineNotes(reports, notes);
  if (DistinctValues(reports, "slo_git_dirty") == std::vector<std::string>{"true"}) {
    notes.emplace_back("measured on a tree with uncommitted changes");
  }
  for (const std::string& files : DistinctValues(reports, "slo_shard_files")) {
    notes.push_back(absl::StrCat("pooled from the shards ", files,
                                 "; what each says of itself is in the context, slo_shards"));
  }
  for (const char* key : {"slo_cpu_model", "num_cpus"}) {
    const std::vector<std::string> values = DistinctValues(reports, key);
    if (values.size() < 2) continue;
    notes.push_back(absl::StrCat("the files come from unlike machines: ", key, " is ",
                                 absl::StrJoin(values, " and ")));
  }
  return notes;
}

}  // namespace slo::tools
