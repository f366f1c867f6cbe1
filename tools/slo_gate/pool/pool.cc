#include "tools/slo_gate/pool/pool.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "nlohmann/json.hpp"
#include "tools/lib/results/counter_names.h"
#include "tools/lib/results/report_text.h"
#include "tools/lib/results/trace_identity.h"
#include "tools/lib/results/trace_text.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/pool/pooled_row.h"

namespace slo::tools {
namespace {

using nlohmann::ordered_json;

constexpr absl::string_view kShardKey = "slo_shard";

struct Shard {
  int64_t number = 0;  // from 1
  Report report;
  TraceFile trace;

  std::string name(int64_t shards) const {
    return absl::StrCat(number, "/", shards, " (", report.file, ")");
  }
};

// "2/4"; nothing when it is none.
std::optional<std::pair<int64_t, int64_t>> ShardOf(const Report& report) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(report.ContextValue(std::string(kShardKey)), absl::MaxSplits('/', 1));
  int64_t number = 0;
  int64_t shards = 0;
  if (!absl::SimpleAtoi(parts.first, &number) || !absl::SimpleAtoi(parts.second, &shards) ||
      number < 1 || number > shards) {
    return std::nullopt;
  }
  return std::make_pair(number, shards);
}

// Each results file with its trace, by number; every number from 1 to N once.
std::vector<Shard> Match(std::vector<Report> reports, std::vector<TraceFile> traces,
                         ProblemList& problems) {
  std::map<int64_t, Shard> by_number;
  int64_t shards = 0;
  for (Report& report : reports) {
    const auto shard = ShardOf(report);
    if (!shard.has_value()) {
      problems.Add(absl::StrCat(report.file, ": context.", kShardKey, ": expected I/N, found \"",
                                report.ContextValue(std::string(kShardKey)),
                                "\"; shards are measured with bench_workflow --slo_shard=I/N"));
      continue;
    }
    if (shards == 0) shards = shard->second;
    const auto known = by_number.find(shard->first);
    if (shard->second != shards) {
      problems.Add(absl::StrCat(report.file, ": is a shard of ", shard->second,
                                ", others are shards of ", shards));
    } else if (known != by_number.end()) {
      problems.Add(absl::StrCat(report.file, ": is shard ", shard->first, " as ",
                                known->second.report.file, " is"));
    } else {
      by_number[shard->first] = {.number = shard->first, .report = std::move(report)};
    }
  }
  std::vector<Shard> matched;
  for (int64_t number = 1; number <= shards; ++number) {
    const auto found = by_number.find(number);
    if (found == by_number.end()) {
      problems.Add(absl::StrCat("shard ", number, "/", shards, " is missing"));
      continue;
    }
    Shard shard = std::move(found->second);
    const auto trace = std::find_if(traces.begin(), traces.end(), [&](const TraceFile& one) {
      return IsOfSameCommand(one, shard.report);
    });
    if (trace == traces.end()) {
      problems.Add(absl::StrCat(shard.report.file, ": expected its trace among the --trace files"));
      continue;
    }
    shard.trace = std::move(*trace);
    traces.erase(trace);
    matched.push_back(std::move(shard));
  }
  for (const TraceFile& trace : traces) {
    problems.Add(absl::StrCat(trace.file, ": is the trace of no results file that is given"));
  }
  return matched;
}

// Null, with a problem, when the shard does not have it exactly once.
const ReportRow* FindRow(const Shard& shard, const std::string& name, ProblemList& problems) {
  const ReportRow* found = nullptr;
  int count = 0;
  for (const ReportRow& row : shard.report.rows) {
    if (row.name != name) continue;
    found = &row;
    ++count;
  }
  if (count == 1) return found;
  problems.Add(absl::StrCat(shard.report.file, ": expected the row ", name, " once, found it ",
                            count, " times"));
  return nullptr;
}

const TraceScenario* FindScenario(const Shard& shard, const std::string& name) {
  for (const TraceScenario& scenario : shard.trace.scenarios) {
    if (IsRowOf(name, scenario.row)) return &scenario;
  }
  return nullptr;
}

// What is added up over the shards, all of them must have, or none.
void CheckSameSums(const std::vector<ShardRow>& of_name, ProblemList& problems) {
  for (const char* counter : {kFailedCount, kSuccessTrialsCount, kCompletedCount}) {
    const auto has = [&](const ShardRow& row) { return row.row->Find(counter).has_value(); };
    const auto lacking = std::find_if_not(of_name.begin(), of_name.end(), has);
    if (lacking == of_name.end() || std::none_of(of_name.begin(), of_name.end(), has)) continue;
    problems.Add(absl::StrCat("shard ", lacking->shard, ": ", lacking->row->name, ": has no ",
                              counter, ", which others have"));
  }
}

// The number that a shard's context declares, or `otherwise`.
int64_t Declared(const Shard& shard, absl::string_view key, int64_t otherwise) {
  int64_t number = 0;
  const bool is_number = absl::SimpleAtoi(shard.report.ContextValue(std::string(key)), &number);
  return is_number && number >= 1 ? number : otherwise;
}

// What all of them together allow for: a disturbance of the server reaches as many requests of each
// shard as it declares.
BoundOptions BoundsOf(const std::vector<Shard>& shards) {
  const BoundOptions defaults;
  BoundOptions bounds = {.confidence = shards[0].report.confidence.value_or(0),
                         .disturbed_requests = 0};
  for (const Shard& shard : shards) {
    bounds.disturbed_requests +=
        Declared(shard, kDisturbedRequestsKey, defaults.disturbed_requests);
    for (const ReportRow& row : shard.report.rows) {
      const double processes = row.Find(kProcessesCount).value_or(1);
      bounds.processes = std::max(bounds.processes, static_cast<int64_t>(processes));
    }
  }
  return bounds;
}

std::vector<ReportRow> RowsOf(const std::vector<Shard>& shards, ProblemList& problems) {
  std::vector<ReportRow> rows;
  const BoundOptions bounds = BoundsOf(shards);
  const auto count = static_cast<int64_t>(shards.size());
  for (const ReportRow& first : shards[0].report.rows) {
    std::vector<ShardRow> of_name;
    for (const Shard& shard : shards) {
      const ReportRow* row = FindRow(shard, first.name, problems);
      if (row == nullptr) continue;
      const TraceScenario* scenario = FindScenario(shard, first.name);
      of_name.push_back({.shard = shard.name(count), .row = row, .scenario = scenario});
    }
    if (of_name.size() != shards.size()) continue;
    const bool is_traced = std::all_of(of_name.begin(), of_name.end(), [](const ShardRow& row) {
      return row.scenario != nullptr || row.row->error.has_value();
    });
    if (is_traced) {
      CheckSameSums(of_name, problems);
      rows.push_back(PoolRow(of_name, bounds));
      continue;
    }
    for (size_t i = 0; i < of_name.size(); ++i) {
      rows.push_back(*of_name[i].row);
      rows.back().metrics.Set(kProcess, static_cast<double>(i));
    }
  }
  for (const Shard& shard : shards) {
    for (const ReportRow& row : shard.report.rows) {
      if (&shard != &shards[0]) FindRow(shards[0], row.name, problems);
    }
  }
  return rows;
}

// What all shards say, or every value once; and each shard's own context in full.
std::map<std::string, std::string> ContextOf(const std::vector<Shard>& shards) {
  std::map<std::string, std::vector<std::string>> values;
  ordered_json of_shards = ordered_json::array();
  for (const Shard& shard : shards) {
    of_shards.push_back({{"file", shard.report.file}, {"context", shard.report.context}});
    for (const auto& [key, value] : shard.report.context) {
      std::vector<std::string>& known = values[key];
      if (std::find(known.begin(), known.end(), value) == known.end()) known.push_back(value);
    }
  }
  std::map<std::string, std::string> context;
  for (const auto& [key, known] : values) {
    if (key != kShardKey) context[key] = absl::StrJoin(known, "; ");
  }
  context[std::string(kDisturbedRequestsKey)] = absl::StrCat(BoundsOf(shards).disturbed_requests);
  context["slo_shards"] = of_shards.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  context["slo_shard_files"] = absl::StrJoin(
      shards, ", ",
      [](std::string* out, const Shard& shard) { absl::StrAppend(out, shard.report.file); });
  return context;
}

// The histograms of all shards, added up. Windows of different processes belong to no common time;
// slots have served their purpose.
std::vector<TraceScenario> ScenariosOf(const std::vector<Shard>& shards) {
  std::vector<TraceFile> traces;
  for (const Shard& shard : shards) traces.push_back(shard.trace);
  std::vector<TraceScenario> scenarios;
  for (TraceScenario& merged : MergedScenarios(traces)) {
    for (TraceHistogram& histogram : merged.histograms) histogram.slots.reset();
    scenarios.push_back({.row = merged.row, .histograms = std::move(merged.histograms)});
  }
  return scenarios;
}

}  // namespace

bool IsShard(const Report& report) { return !report.ContextValue(std::string(kShardKey)).empty(); }

absl::StatusOr<PooledFiles> PoolShards(std::vector<Report> reports, std::vector<TraceFile> traces) {
  ProblemList problems;
  problems.Add(CheckFilesAgree(reports));
  const std::vector<Shard> shards = Match(std::move(reports), std::move(traces), problems);
  absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  for (const Shard& shard : shards) problems.Add(CheckSameSamples(shard.trace, shard.report));
  Report results = {.context = ContextOf(shards), .rows = RowsOf(shards, problems)};
  TraceFile trace = {.context = results.context, .scenarios = ScenariosOf(shards)};
  status = problems.ToStatus();
  if (!status.ok()) return status;
  return PooledFiles{.results = ReportText(results), .trace = TraceFileText(trace)};
}

}  // namespace slo::tools
