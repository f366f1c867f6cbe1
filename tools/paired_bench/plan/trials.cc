#include "tools/paired_bench/plan/trials.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace slo::paired {
namespace {

// So many are tried as they will be measured, to see how much longer that takes.
constexpr int kThoroughTrials = 3;

bool Contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void Remove(const std::vector<std::string>& what, std::vector<std::string>& names) {
  std::erase_if(names, [&](const std::string& name) { return Contains(what, name); });
}

bool HaveValues(const PairRun& run, const std::vector<PlannedMetric>& metrics) {
  return std::all_of(metrics.begin(), metrics.end(), [&](const PlannedMetric& metric) {
    return HasValueAboveZero(run.base, metric.name) &&
           HasValueAboveZero(run.candidate, metric.name);
  });
}

class TrialRound {
 public:
  TrialRound(const tools::RegressionLimits& limits, TrialRunner& runner)
      : limits_(limits), runner_(runner) {}

  void Try(const std::string& benchmark) {
    const std::vector<PlannedMetric> metrics =
        MetricsOf(limits_, tools::Against::kMergeBase, benchmark);
    const absl::Time start = absl::Now();
    absl::StatusOr<PairRun> run = runner_.Try(benchmark, /*thorough=*/false);
    absl::Duration time = absl::Now() - start;
    if (absl::IsNotFound(run.status()) && !runner_.IsBenchmark(benchmark)) {
      trials_.no_benchmarks.push_back(benchmark);
      return;
    }
    // So short a process may have no rate or a time of zero, which a longer one has.
    const bool is_in_doubt = !run.ok() || !HaveValues(*run, metrics);
    if (!IsFinal(run.status()) && (is_in_doubt || thorough_ < kThoroughTrials)) {
      const absl::Time again = absl::Now();
      run = runner_.Try(benchmark, /*thorough=*/true);
      if (run.ok()) AddThorough(absl::Now() - again, time);
    }
    if (absl::IsCancelled(run.status())) {
      trials_.interrupted = true;
    } else if (!run.ok()) {
      trials_.failures[benchmark] = std::string(run.status().message());
    } else {
      trials_.pair_times[benchmark] = time;
      if (HaveValues(*run, metrics)) trials_.fit_for_control.push_back(benchmark);
    }
  }

  void CheckIsBenchmark(const std::string& line) {
    if (!runner_.IsBenchmark(line)) trials_.no_benchmarks.push_back(line);
  }

  bool is_interrupted() const { return trials_.interrupted; }

  Trials End() && {
    for (auto& [benchmark, time] : trials_.pair_times) time += longer_ / std::max(thorough_, 1);
    return std::move(trials_);
  }

 private:
  static bool IsFinal(const absl::Status& status) {
    return absl::IsCancelled(status) || absl::IsDeadlineExceeded(status);
  }

  void AddThorough(absl::Duration thorough, absl::Duration quick) {
    ++thorough_;
    longer_ += std::max(thorough - quick, absl::ZeroDuration());
  }

  const tools::RegressionLimits& limits_;
  TrialRunner& runner_;
  Trials trials_;
  int thorough_ = 0;
  absl::Duration longer_;  // than the quick ones, all thorough ones together
};

}  // namespace

Trials RunTrials(const Selection& selection, const tools::RegressionLimits& limits,
                 TrialRunner& runner, const std::function<bool()>& is_out_of_time) {
  TrialRound round(limits, runner);
  for (const tools::MeasuredPairs& entry : selection.not_measurable) {
    if (is_out_of_time()) break;
    if (!entry.in_base || !entry.in_candidate) round.CheckIsBenchmark(entry.benchmark);
  }
  for (const std::string& benchmark : selection.measurable) {
    if (round.is_interrupted() || is_out_of_time()) break;
    round.Try(benchmark);
  }
  return std::move(round).End();
}

void TakeTrials(const Trials& trials, Selection& selection) {
  Remove(trials.no_benchmarks, selection.selected);
  Remove(trials.no_benchmarks, selection.measurable);
  std::erase_if(selection.not_measurable, [&](const tools::MeasuredPairs& entry) {
    return Contains(trials.no_benchmarks, entry.benchmark);
  });
  for (const auto& [benchmark, failure] : trials.failures) {
    Remove({benchmark}, selection.measurable);
    selection.not_measurable.push_back(
        {.benchmark = benchmark, .failures = {absl::StrCat("trial: ", failure)}});
  }
  // What was not tried may be fit too.
  std::vector<std::string> controls = trials.fit_for_control;
  for (const std::string& benchmark : selection.measurable) {
    if (!trials.pair_times.contains(benchmark)) controls.push_back(benchmark);
  }
  if (!Contains(controls, selection.control)) {
    selection.control = controls.empty() ? "" : controls.front();
  }
  Remove({selection.control}, controls);
  selection.spare_controls = std::move(controls);
}

}  // namespace slo::paired
