// What is asked of paired_bench.

#ifndef SLO_TOOLS_PAIRED_BENCH_PLAN_PAIRED_OPTIONS_H_
#define SLO_TOOLS_PAIRED_BENCH_PLAN_PAIRED_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tools/lib/changes/regression_limits.h"
#include "tools/lib/text/name_filter.h"
#include "tools/paired_bench/process/process_pair_runner.h"

namespace slo::paired {

struct PairedOptions {
  std::string base;       // a program
  std::string candidate;  // a program
  std::string out;        // a file
  std::string resume;     // a file of pairs to go on with; empty: begin anew
  tools::NameFilter filter;
  std::string filter_text;  // as it was written; empty: all
  std::string limits;       // a file; empty: DefaultLimits
  absl::Duration budget = absl::Seconds(60);
  std::optional<int64_t> pairs;  // exactly so many of each
  std::optional<int> cpu;        // nothing: the highest that the process may use
  PairMode mode = PairMode::kTogether;
  double min_time_seconds = 0.02;
  absl::Duration timeout = absl::Seconds(60);
  tools::Against against = tools::Against::kMergeBase;
  std::string control;                    // a benchmark; empty: the first that both have
  std::optional<std::string> slowed_env;  // NAME=VALUE
  bool in_place = false;                  // the programs are not copied
  std::vector<std::string> passed_on;     // what follows "--"
  bool help = false;
  bool version = false;
};

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PLAN_PAIRED_OPTIONS_H_
