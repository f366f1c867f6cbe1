#include "tools/slo_gate/explain/call_tree.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace slo::tools {
namespace {

constexpr size_t kMaxNodes = 500'000;
constexpr size_t kMaxDepth = 400;
// A share of a function that is worth less is left to the rest.
constexpr double kSmallestShare = 0.25;
constexpr absl::string_view kRest = "(other)";

// By its name alone: of a library that is compiled into programs.
bool IsLibraryName(absl::string_view function) {
  constexpr std::array<absl::string_view, 9> kLibraries = {
      "std::",     "__gnu_cxx::", "absl::", "nlohmann::",  "benchmark::",
      "operator ", "0x",          "_start", "(below main)"};
  return std::any_of(kLibraries.begin(), kLibraries.end(), [&](absl::string_view library) {
    return absl::StartsWith(function, library) ||
           absl::StrContains(function.substr(0, function.find('(')), absl::StrCat(" ", library));
  });
}

// The name of the function alone, of one with its callers behind it.
absl::string_view OwnName(absl::string_view name) {
  return WithoutClone(name.substr(0, name.find('\'')));
}

// Whether the function has the text in its name, and none of its callers.
bool IsOutermost(absl::string_view name, absl::string_view text) {
  const size_t end = name.find('\'');
  return !text.empty() && absl::StrContains(name.substr(0, end), text) &&
         (end == absl::string_view::npos || !absl::StrContains(name.substr(end), text));
}

class CallTreeMaker {
 public:
  CallTreeMaker(const CallgrindProfile& profile, const FramesOfObjects& frames)
      : profile_(profile), frames_(frames), is_active_(profile.functions.size()) {
    for (const CallgrindFunction& function : profile.functions) {
      for (const CallgrindCost& cost : function.costs) {
        tree_.has_debug_information |= IsOwnFrame(FramesAt(function, cost.address));
      }
    }
    tree_.nodes.push_back({.function = "(program)"});
    called_.resize(profile.functions.size());
    has_caller_.resize(profile.functions.size());
    for (size_t i = 0; i < profile.functions.size(); ++i) {
      for (const CallgrindCall& call : profile.functions[i].calls) {
        if (call.callee == i) continue;
        called_[call.callee] += static_cast<double>(call.instructions);
        has_caller_[call.callee] = true;
      }
    }
  }

  CallTree Make(const TreeRoot& root) && {
    std::vector<size_t> roots;
    for (size_t i = 0; i < profile_.functions.size(); ++i) {
      if (IsOutermost(profile_.functions[i].name, root.part_of_name)) roots.push_back(i);
    }
    const bool has_others = root.has_others || roots.empty();
    for (size_t i = 0; roots.empty() && i < profile_.functions.size(); ++i) {
      if (!has_caller_[i]) AddFunction(i, 0, 1, 0);
    }
    for (const size_t i : roots) AddFunction(i, 0, 1, 0);
    const double rest = static_cast<double>(profile_.instructions) - tree_.instructions();
    if (has_others && rest > 0.5) {
      tree_.nodes[Child(0, {.function = std::string(kRest)})].instructions += rest;
    }
    return std::move(tree_);
  }

 private:
  const std::vector<CodeFrame>& FramesAt(const CallgrindFunction& function,
                                         uint64_t address) const {
    static const auto* const kNone = new std::vector<CodeFrame>();
    const auto object = frames_.find(function.object);
    if (object == frames_.end()) return *kNone;
    const auto found = object->second.find(address);
    return found != object->second.end() ? found->second : *kNone;
  }

  static bool IsOwnFile(absl::string_view file) { return !file.empty() && !IsSystemPath(file); }
  static bool IsOwnFrame(const std::vector<CodeFrame>& frames) {
    return std::any_of(frames.begin(), frames.end(),
                       [](const CodeFrame& frame) { return IsOwnFile(frame.file); });
  }

  // Without debug information there is only the name, and where the code lies.
  bool IsOwnByName(const CallgrindFunction& function, absl::string_view name) const {
    return !tree_.has_debug_information && !function.object.empty() &&
           !IsSystemPath(function.object) && !IsLibraryName(name) && !IsAllocator(name);
  }

  CallTreeNode NodeOf(const CallgrindFunction& function, const CodeFrame& frame) const {
    return {.function = frame.function,
            .file = frame.file,
            .is_own = frame.file.empty() ? IsOwnByName(function, frame.function)
                                         : IsOwnFile(frame.file) && !IsAllocator(frame.function)};
  }

  // Of a function as a whole, that nothing is inlined into.
  CallTreeNode NodeOf(const CallgrindFunction& function) const {
    for (const CallgrindCost& cost : function.costs) {
      const std::vector<CodeFrame>& frames = FramesAt(function, cost.address);
      if (!frames.empty()) return NodeOf(function, frames.back());
    }
    for (const CallgrindCall& call : function.calls) {
      const std::vector<CodeFrame>& frames = FramesAt(function, call.address);
      if (!frames.empty()) return NodeOf(function, frames.back());
    }
    const absl::string_view name = OwnName(function.name);
    const size_t slash = function.object.rfind('/');
    const std::string object = function.object.substr(slash == std::string::npos ? 0 : slash + 1);
    return {.function = absl::StartsWith(name, "0x") || name.empty()
                            ? absl::StrCat("(without a name, ", object, ")")
                            : std::string(name),
            .is_own = IsOwnByName(function, name)};
  }

  size_t Child(size_t parent, CallTreeNode node) {
    const auto [found, is_new] =
        children_.try_emplace(std::pair(parent, node.function), tree_.nodes.size());
    if (is_new) {
      tree_.nodes[parent].children.push_back(tree_.nodes.size());
      tree_.nodes.push_back(std::move(node));
    }
    return found->second;
  }

  void NoteCall(size_t node, int line, double cost) {
    CallTreeNode& called = tree_.nodes[node];
    if (line == 0 || cost <= called.call_cost) return;
    called.call_line = line;
    called.call_cost = cost;
  }

  // The node of what is inlined at this place in `function`, whose node is `node`.
  size_t InlinedAt(const CallgrindFunction& function, uint64_t address, size_t node, double cost) {
    const std::vector<CodeFrame>& frames = FramesAt(function, address);
    for (size_t i = frames.size(); i-- > 1;) {
      node = Child(node, NodeOf(function, frames[i - 1]));
      tree_.nodes[node].is_inlined = true;
      NoteCall(node, frames[i].line, cost);
    }
    return node;
  }

  void AddFunction(size_t index, size_t parent, double share, double calls, int line = 0) {
    const CallgrindFunction& function = profile_.functions[index];
    if (depth_ > kMaxDepth || tree_.nodes.size() > kMaxNodes || is_active_[index]) return;
    const size_t node = Child(parent, NodeOf(function));
    tree_.nodes[node].calls += calls;
    NoteCall(node, line, share * called_[index]);
    ++depth_;
    is_active_[index] = true;
    for (const CallgrindCost& cost : function.costs) {
      const double own = share * static_cast<double>(cost.instructions);
      const size_t at = InlinedAt(function, cost.address, node, own);
      tree_.nodes[at].instructions += own;
    }
    for (const CallgrindCall& call : function.calls) {
      if (call.callee == index) continue;
      const double cost = share * static_cast<double>(call.instructions);
      const double calls_here = share * static_cast<double>(call.calls);
      // Calls without instructions are followed too: those of the heap, which is not collected.
      if (cost < kSmallestShare && calls_here < kSmallestShare) continue;
      const std::vector<CodeFrame>& frames = FramesAt(function, call.address);
      const size_t at = InlinedAt(function, call.address, node, cost);
      const double all = called_[call.callee];
      AddFunction(call.callee, at, all > 0 ? cost / all : 0, calls_here,
                  frames.empty() ? 0 : frames[0].line);
    }
    is_active_[index] = false;
    --depth_;
  }

  const CallgrindProfile& profile_;
  const FramesOfObjects& frames_;
  CallTree tree_;
  absl::flat_hash_map<std::pair<size_t, std::string>, size_t> children_;
  std::vector<double> called_;  // the instructions of all calls of each function
  std::vector<bool> has_caller_;
  std::vector<bool> is_active_;  // it is being added
  size_t depth_ = 0;
};

}  // namespace

double CallTree::instructions() const {
  double sum = 0;
  for (const CallTreeNode& node : nodes) sum += node.instructions;
  return sum;
}

CallTree MakeCallTree(const CallgrindProfile& profile, const FramesOfObjects& frames,
                      const TreeRoot& root) {
  return CallTreeMaker(profile, frames).Make(root);
}

bool IsSystemPath(absl::string_view path) {
  return absl::StartsWith(path, "/usr/") || absl::StartsWith(path, "/lib");
}

bool IsAllocator(absl::string_view function) {
  constexpr std::array<absl::string_view, 9> kNames = {
      "malloc",   "calloc", "realloc", "aligned_alloc",           "posix_memalign",
      "memalign", "valloc", "strdup",  "slo::exact::HeapAllocate"};
  const absl::string_view name = function.substr(0, function.find('('));
  return absl::StartsWith(function, "operator new") || absl::StartsWith(name, "slo::heap::Alloc") ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace slo::tools
