// The wording of what is in results: testdata/inventory.<format>.gold. No other test asserts it.

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tools/slo_gate/render/golden_testing.h"
#include "tools/slo_gate/render/render_inventory.h"

namespace slo::tools {
namespace {

ReportRow TimedRow(const std::string& name, double time) {
  return {.name = name, .metrics = {{"cpu_time", time}, {"real_time", time}}};
}

// A benchmark of each kind, and everything that is said of one.
Report EveryKind() {
  Report report = {.file = "results.json",
                   .context = {{"date", "2026-01-02T03:00:00+00:00"},
                               {"host_name", "box"},
                               {"num_cpus", "8"},
                               {"cpu_scaling_enabled", "true"},
                               {"library_build_type", "debug"}}};
  for (int i = 0; i < 6; ++i) {
    report.rows.push_back(TimedRow("BM_Enough", 100 + i));
    report.rows.back().repetitions = 6;
    report.rows.back().repetition_index = i;
  }
  report.rows.push_back(TimedRow("BM_Single/8", 812));
  report.rows.back().label = "warm";
  report.rows.back().metrics.Set("bytes_per_second", 3.2e9);
  report.rows.back().metrics.Set("snr", -50);
  report.rows.push_back(TimedRow("BM_Single/8", 815));
  report.rows.back().metrics.Set("snr", std::numeric_limits<double>::quiet_NaN());
  report.rows.push_back(TimedRow("BM_Incomplete", 10));
  report.rows.back().repetitions = 3;
  report.rows.push_back(TimedRow("BM_Failed", 0));
  report.rows.back().error = "no device";
  report.aggregates = {{.name = "BM_Aggregates_mean",
                        .run_name = "BM_Aggregates",
                        .aggregate_name = "mean",
                        .aggregate_unit = "time",
                        .metrics = {{"real_time", 5}}},
                       {.name = "BM_Single_BigO",
                        .run_name = "BM_Single",
                        .aggregate_name = "BigO",
                        .metrics = {{"cpu_coefficient", 11}, {"real_coefficient", 11.1}}},
                       {.name = "BM_Single_RMS",
                        .run_name = "BM_Single",
                        .aggregate_name = "RMS",
                        .metrics = {{"rms", 0.03}}}};
  return report;
}

TEST(InventoryGolden, OfEveryKindInEachFormat) {
  const Inventory inventory = TakeInventory({EveryKind()});
  ExpectGold("inventory.text", InventoryText(inventory));
  ExpectGold("inventory.json", InventoryJson(inventory));
}

}  // namespace
}  // namespace slo::tools
