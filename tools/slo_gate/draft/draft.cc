#include "tools/slo_gate/draft/draft.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/btree_set.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "nlohmann/json.hpp"
#include "tools/lib/text/nearest_name.h"
#include "tools/lib/text/problem_list.h"
#include "tools/slo_gate/draft/draft_metric.h"
#include "tools/slo_gate/draft/left_out.h"
#include "tools/slo_gate/objectives/judge.h"
#include "tools/slo_gate/objectives/thresholds.h"
#include "tools/slo_gate/render/sentence.h"

namespace slo::tools {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr absl::string_view kWhy =
    "Drafted from a measurement: keeps what is there from becoming much worse. Replace this by the "
    "reason why users need the limit.";

bool Contains(const std::vector<std::string>& names, absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// "ci-box, 8 CPUs at 3200 MHz"; what the results say of it.
std::string MachineOf(const Report& report) {
  std::vector<std::string> facts;
  const auto add = [&](const char* key, absl::string_view before, absl::string_view after) {
    const std::string value = report.ContextValue(key);
    if (!value.empty()) facts.push_back(absl::StrCat(before, value, after));
  };
  add("date", "", "");
  add("host_name", "", "");
  add("slo_cpu_model", "", "");
  add("num_cpus", "", " CPUs");
  add("mhz_per_cpu", "", " MHz");
  return absl::StrJoin(facts, ", ");
}

// Whether a check has no confidence, and would be judged as a point.
bool NeedsPoints(const Verdict& verdict) {
  return std::any_of(
      verdict.scenarios.begin(), verdict.scenarios.end(), [](const Scenario& scenario) {
        return std::any_of(scenario.checks.begin(), scenario.checks.end(), [](const Check& check) {
          return check.reason == Reason::kPointValue || check.reason == Reason::kTooFewRows;
        });
      });
}

class Drafting {
 public:
  Drafting(const std::vector<Report>& reports, const DraftOptions& options)
      : reports_(reports), options_(options), benchmarks_(reports) {
    std::vector<std::string> files;
    for (const Report& report : reports) files.push_back(report.file);
    const std::string machine = MachineOf(reports.front());
    measured_ = absl::StrCat(absl::StrJoin(files, ", "),
                             machine.empty() ? "" : absl::StrCat(" (", machine, ")"));
  }

  void AddMetric(const std::string& name) {
    const DraftMetric metric = DraftMetricOf(name, reports_.front().origin(), options_.headroom,
                                             Contains(options_.larger_is_better, name));
    for (const DraftGroup& group : GroupsOf(benchmarks_, options_.by)) AddGroup(group, metric);
  }

  // Drops what does not pass, and sees to it that what is a point may be one.
  void KeepWhatPasses() {
    while (!objectives_.empty()) {
      const Verdict verdict = Judged();
      if (!points_ && NeedsPoints(verdict)) {
        points_ = true;
        continue;
      }
      const absl::flat_hash_set<std::string> failing = TakeNotes(verdict);
      if (failing.empty()) return;
      std::erase_if(objectives_, [&](const ordered_json& objective) {
        return failing.contains(objective["id"].get<std::string>());
      });
    }
  }

  bool is_empty() const { return objectives_.empty(); }
  std::vector<std::string> Notes() const { return left_out_.Notes(); }

  ordered_json Document() const {
    ordered_json document = {
        {"version", 1},
        {"description", absl::StrCat("Drafted by slo_gate draft on ", options_.date, " from ",
                                     measured_, ". Replace the limits by what users need.")}};
    if (points_) document["points"] = true;
    document["objectives"] = objectives_;
    return document;
  }

 private:
  // Of a family in which a benchmark is unfit, each other has its own objective.
  void AddGroup(const DraftGroup& group, const DraftMetric& metric) {
    std::vector<const BenchmarkRows*> fit;
    for (const BenchmarkRows* benchmark : group.benchmarks) {
      const std::optional<Unfit> unfit = WhyUndraftable(*benchmark, metric);
      if (unfit.has_value()) {
        left_out_.Add(metric.name, unfit->first, unfit->second, benchmark->name);
      } else {
        fit.push_back(benchmark);
      }
    }
    if (fit.size() == group.benchmarks.size()) {
      AddObjective(group, metric);
      return;
    }
    for (const BenchmarkRows* benchmark : fit) AddObjective(GroupOf(*benchmark), metric);
  }

  void AddObjective(const DraftGroup& group, const DraftMetric& metric) {
    const Extreme extreme = ExtremeOf(group, metric);
    const bool is_max = metric.looseness.is_max;
    ordered_json objective = {
        {"id", ids_.Take(group, metric.name)}, {"benchmark", group.glob}, {"metric", metric.name}};
    if (HasMedian(group, metric)) objective["statistic"] = "median";
    objective["rows"] = group.benchmarks.size();
    objective[is_max ? "max" : "min"] = DraftedLimit(extreme, metric);
    objective["why"] = kWhy;
    objective["source"] = absl::StrCat(
        "Drafted on ", options_.date, " from ", measured_, ": the ",
        is_max ? "largest" : "smallest", " of ", extreme.rows, extreme.rows == 1 ? " row" : " rows",
        " is ", Pretty(metric.type, extreme.value), "; headroom ", options_.headroom);
    const absl::Status valid =
        ThresholdsOf("draft", {{"version", 1}, {"objectives", json::array({json(objective)})}})
            .status();
    if (valid.ok()) {
      objectives_.push_back(std::move(objective));
    } else {
      left_out_.Add(metric.name, "limit", valid.message(), group.stem);
    }
  }

  // The ids of what does not pass, each of which gets a note.
  absl::flat_hash_set<std::string> TakeNotes(const Verdict& verdict) {
    absl::flat_hash_set<std::string> failing;
    for (const Scenario& scenario : verdict.scenarios) {
      for (const Check& check : scenario.checks) {
        if (check.status == CheckStatus::kPass || !failing.insert(check.id).second) continue;
        left_out_.Add(check.metric, Name(check.reason), ReasonText(check), scenario.name);
      }
    }
    return failing;
  }

  Verdict Judged() const {
    const absl::StatusOr<Thresholds> thresholds = ThresholdsOf("draft", json(Document()));
    return thresholds.ok() ? Judge(reports_, *thresholds, {}) : Verdict{};
  }

  const std::vector<Report>& reports_;
  const DraftOptions& options_;
  BenchmarkList benchmarks_;
  std::string measured_;
  bool points_ = false;
  std::vector<ordered_json> objectives_;
  ObjectiveIds ids_;
  LeftOut left_out_;
};

absl::btree_set<std::string> MetricsThere(const std::vector<Report>& reports) {
  absl::btree_set<std::string> metrics;
  for (const Report& report : reports) {
    for (const ReportRow& row : report.rows) {
      for (const auto& [name, value] : row.metrics) metrics.insert(name);
    }
  }
  return metrics;
}

// The metrics that are asked for, each once. Notes each that no row has.
std::vector<std::string> MetricsOf(const std::vector<Report>& reports, const DraftOptions& options,
                                   ProblemList& problems) {
  std::vector<std::string> asked = options.metrics;
  asked.insert(asked.end(), options.larger_is_better.begin(), options.larger_is_better.end());
  const absl::btree_set<std::string> there = MetricsThere(reports);
  const std::vector<absl::string_view> known(there.begin(), there.end());
  for (const std::string& metric : asked) {
    if (there.contains(metric)) continue;
    problems.Add(absl::StrCat("no row has the metric ", metric, DidYouMean(metric, known),
                              " metrics: ", absl::StrJoin(known, ", ")));
  }
  if (options.metrics.empty()) asked.insert(asked.begin(), {"real_time", "cpu_time"});
  absl::flat_hash_set<std::string> seen;
  std::erase_if(asked, [&](const std::string& name) { return !seen.insert(name).second; });
  return asked;
}

// Where there is nothing to limit by default.
std::string MetricsHint(const std::vector<Report>& reports) {
  const absl::btree_set<std::string> there = MetricsThere(reports);
  if (there.empty()) return "no row has a metric";
  return absl::StrCat("--metric=NAME limits another metric; metrics: ", absl::StrJoin(there, ", "));
}

}  // namespace

absl::StatusOr<Draft> DraftThresholds(const std::vector<Report>& reports,
                                      const DraftOptions& options) {
  ProblemList problems;
  const std::vector<std::string> metrics = MetricsOf(reports, options, problems);
  const absl::Status status = problems.ToStatus();
  if (!status.ok()) return status;
  Drafting drafting(reports, options);
  for (const std::string& metric : metrics) drafting.AddMetric(metric);
  drafting.KeepWhatPasses();
  std::vector<std::string> notes = drafting.Notes();
  if (drafting.is_empty()) {
    notes.insert(notes.begin(), "no objective can be made of these results");
    if (options.metrics.empty()) notes.push_back(MetricsHint(reports));
    return absl::FailedPreconditionError(absl::StrJoin(notes, "\n"));
  }
  return Draft{.text = absl::StrCat(drafting.Document().dump(2), "\n"), .notes = std::move(notes)};
}

}  // namespace slo::tools
