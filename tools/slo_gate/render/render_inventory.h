// What is in results, for people and for programs.

#ifndef SLO_TOOLS_SLO_GATE_RENDER_RENDER_INVENTORY_H_
#define SLO_TOOLS_SLO_GATE_RENDER_RENDER_INVENTORY_H_

#include <cstddef>
#include <string>

#include "tools/slo_gate/inventory/inventory.h"

namespace slo::tools {

// More benchmarks than that are counted unless all are asked for.
inline constexpr size_t kMaxBenchmarksShown = 50;

// A paragraph a benchmark: its rows, a table of its metrics, and what can be judged; then curves
// and notes.
std::string InventoryText(const Inventory& inventory, bool all = false);

// Everything, as one JSON object: files, rows, provenance, benchmarks, curves, notes.
std::string InventoryJson(const Inventory& inventory);

}  // namespace slo::tools

#endif  // SLO_TOOLS_SLO_GATE_RENDER_RENDER_INVENTORY_H_
