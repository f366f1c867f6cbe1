#include "tools/slo_gate/explain/flame_graph.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/lib/json/printable.h"
#include "tools/lib/text/function_name.h"

namespace slo::tools {
namespace {

constexpr double kWidth = 1'200;
constexpr double kMargin = 10;
constexpr double kRowHeight = 17;
constexpr double kHeadHeight = 48;
constexpr double kNarrowestBox = 0.4;
constexpr double kColumnWidth = 6.6;  // of a character
constexpr size_t kMaxRows = 120;
constexpr size_t kMaxNameBytes = 300;

// A function in both builds: instructions of its own code, and with all that it calls.
struct FlameNode {
  std::string function;
  double base = 0;
  double candidate = 0;
  double base_whole = 0;
  double candidate_whole = 0;
  double width = 0;  // in instructions
  std::map<std::string, size_t> children;
};

// What both trees have, in one. A child is behind its parent.
std::vector<FlameNode> Merged(const CallTree& base, const CallTree& candidate) {
  std::vector<FlameNode> nodes(1);
  for (const CallTree* tree : {&base, &candidate}) {
    std::vector<size_t> places(tree->nodes.size());
    for (size_t i = 0; i < tree->nodes.size(); ++i) {
      FlameNode& node = nodes[places[i]];
      node.function = tree->nodes[i].function;
      (tree == &base ? node.base : node.candidate) += tree->nodes[i].instructions;
      for (const size_t child : tree->nodes[i].children) {
        const auto [found, is_new] =
            nodes[places[i]].children.try_emplace(tree->nodes[child].function, nodes.size());
        places[child] = found->second;
        if (is_new) nodes.emplace_back();
      }
    }
  }
  for (size_t i = nodes.size(); i-- > 0;) {
    FlameNode& node = nodes[i];
    node.base_whole = node.base;
    node.candidate_whole = node.candidate;
    node.width = std::max({node.base, node.candidate, 0.0});
    for (const auto& [name, child] : node.children) {
      node.base_whole += nodes[child].base_whole;
      node.candidate_whole += nodes[child].candidate_whole;
      node.width += nodes[child].width;
    }
  }
  return nodes;
}

std::string Escaped(absl::string_view text) {
  std::string escaped;
  for (const char c : Printable(std::string(text.substr(0, kMaxNameBytes)))) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        // Names need not be UTF-8, and a broken character makes a document that is no XML.
        escaped.push_back(static_cast<unsigned char>(c) < 0x80 ? c : '?');
    }
  }
  return escaped;
}

// From white, no difference, to full red or blue, half of all the difference.
std::string Color(double difference, double all) {
  const double share = all > 0 ? std::min(1.0, 2 * std::abs(difference) / all) : 0;
  const int faded = 235 - static_cast<int>(std::lround(165 * std::sqrt(share)));
  if (std::abs(difference) < 0.5) return "rgb(238,238,238)";
  return difference > 0 ? absl::StrFormat("rgb(250,%d,%d)", faded, faded)
                        : absl::StrFormat("rgb(%d,%d,250)", faded, faded);
}

// What is drawn of a node.
struct FlameBox {
  size_t node = 0;
  size_t row = 0;
  double left = 0;
};

class FlameWriter {
 public:
  FlameWriter(const CallTree& base, const CallTree& candidate) : nodes_(Merged(base, candidate)) {
    // Callers that everything is below say nothing.
    while (nodes_[root_].children.size() == 1 && nodes_[root_].width > 0) {
      const size_t child = nodes_[root_].children.begin()->second;
      if (nodes_[child].width < nodes_[root_].width * 0.999) break;
      root_ = child;
    }
    scale_ = nodes_[root_].width > 0 ? (kWidth - 2 * kMargin) / nodes_[root_].width : 0;
    Place();
  }

  std::string Write(absl::string_view title, absl::string_view per) const {
    size_t rows = 1;
    for (const FlameBox& box : boxes_) rows = std::max(rows, box.row + 1);
    const double height = kHeadHeight + static_cast<double>(rows) * kRowHeight + 2 * kMargin;
    const FlameNode& root = nodes_[root_];
    std::string text = absl::StrFormat(
        R"(<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f")"
        R"( viewBox="0 0 %.0f %.0f" font-family="monospace" font-size="11">
<rect width="100%%" height="100%%" fill="white"/>
<text x="%.0f" y="18" font-size="14">%s</text>
<text x="%.0f" y="36">instructions of one %s: %.1f, before %.1f (%+.1f);)"
        R"( red: more than before, blue: less</text>
)",
        kWidth, height, kWidth, height, kMargin, Escaped(title), kMargin, Escaped(per),
        root.candidate_whole, root.base_whole, root.candidate_whole - root.base_whole);
    const double all = std::abs(root.candidate_whole - root.base_whole);
    for (const FlameBox& box : boxes_) {
      AppendBox(box, height - kMargin - static_cast<double>(box.row + 1) * kRowHeight, all, text);
    }
    if (left_out_ > 0) {
      absl::StrAppendFormat(&text,
                            "<text x=\"%.0f\" y=\"%.0f\">%d narrower boxes left out</text>\n",
                            kWidth - 250, 18.0, left_out_);
    }
    return text + "</svg>\n";
  }

 private:
  // The widest boxes of each row first, so that those that are left out are narrow.
  void Place() {
    boxes_.push_back({.node = root_});
    for (size_t next = 0; next < boxes_.size(); ++next) {
      const FlameBox box = boxes_[next];
      double left = box.left;
      for (const auto& [name, child] : nodes_[box.node].children) {
        const double width = nodes_[child].width * scale_;
        if (width >= kNarrowestBox && box.row + 1 < kMaxRows && boxes_.size() < kMaxFlameBoxes) {
          boxes_.push_back({.node = child, .row = box.row + 1, .left = left});
        } else if (width > 0) {
          ++left_out_;
        }
        left += width;
      }
    }
  }

  void AppendBox(const FlameBox& box, double top, double all, std::string& text) const {
    const FlameNode& node = nodes_[box.node];
    const double width = node.width * scale_;
    const double difference = node.candidate_whole - node.base_whole;
    absl::StrAppendFormat(
        &text,
        R"(<g><title>%s: %.1f, before %.1f (%+.1f); its own code %.1f, before %.1f</title>)"
        R"(<rect x="%.2f" y="%.1f" width="%.2f" height="%.1f" fill="%s" stroke="white")"
        R"( stroke-width="0.5"/>)",
        Escaped(node.function), node.candidate_whole, node.base_whole, difference, node.candidate,
        node.base, kMargin + box.left, top, width, kRowHeight - 1, Color(difference, all));
    const auto columns = static_cast<size_t>(std::max(0.0, (width - 4) / kColumnWidth));
    if (columns >= 3) {
      absl::StrAppendFormat(&text, R"(<text x="%.2f" y="%.1f">%s</text>)", kMargin + box.left + 2,
                            top + kRowHeight - 5,
                            Escaped(ShortFunctionName(node.function).substr(0, columns)));
    }
    text += "</g>\n";
  }

  std::vector<FlameNode> nodes_;
  size_t root_ = 0;
  double scale_ = 0;
  std::vector<FlameBox> boxes_;
  int64_t left_out_ = 0;
};

}  // namespace

std::string FlameGraph(const CallTree& base, const CallTree& candidate, absl::string_view title,
                       absl::string_view per) {
  return FlameWriter(base, candidate).Write(title, per);
}

}  // namespace slo::tools
