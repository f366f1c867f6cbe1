#include "tools/lib/results/provenance.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
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
  if (DistinctValues(reports, "slo_build_type").empty()) {
    notes.emplace_back(
        "the results do not state their build type (context key slo_build_type), so that a debug "
        "build would go unnoticed");
  }
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
    notes.push_back(absl::StrCat("the shards come from unlike machines: ", key, " is ",
                                 absl::StrJoin(values, " and ")));
  }
  return notes;
}

}  // namespace slo::tools
