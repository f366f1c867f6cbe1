#include "tools/lib/flags/flag_list.h"

#include <algorithm>
#include <utility>

#include "absl/base/macros.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "tools/lib/text/nearest_name.h"

namespace slo::tools {
namespace {

constexpr size_t kColumns = 100;
constexpr size_t kMaxHelpColumn =
    26;  // flags that reach beyond it have their help in the next line
constexpr size_t kGap = 2;
// Of a name that is quoted in a message.
constexpr size_t kMaxNameShown = 100;
constexpr size_t kMinSuggested = 2;

constexpr absl::string_view kHelpFlag = "help";
constexpr absl::string_view kVersionFlag = "version";

std::string WithUnderscores(absl::string_view name) {
  return absl::StrReplaceAll(name, {{"-", "_"}});
}

bool IsFlag(absl::string_view argument) {
  return argument != "-" && absl::StartsWith(argument, "-");
}

std::string Label(const FlagText& flag) {
  return absl::StrCat("  --", flag.name, flag.placeholder.empty() ? "" : "=", flag.placeholder);
}

// `label` with its help beside it from `column` on, or below it where the label is too long.
std::string HelpEntry(absl::string_view label, absl::string_view help, size_t column) {
  std::string entry(label);
  if (help.empty()) return absl::StrCat(entry, "\n");
  if (entry.size() + kGap > column) {
    absl::StrAppend(&entry, "\n", std::string(column, ' '));
  } else {
    entry.resize(column, ' ');
  }
  const std::vector<absl::string_view> lines = absl::StrSplit(help, '\n');
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) entry += std::string(column, ' ');
    absl::StrAppend(&entry, WrapHelp(lines[i], column, column), "\n");
  }
  return entry;
}

}  // namespace

void CommandLine::RefusePositional(ProblemList& problems) const {
  for (const std::string& argument : positional) {
    problems.Add(absl::StrCat("\"", argument.substr(0, kMaxNameShown),
                              "\": expected a flag (--name=value); see --help"));
  }
}

bool IsSameFlag(absl::string_view a, absl::string_view b) {
  return WithUnderscores(a) == WithUnderscores(b);
}

bool HasFlag(absl::Span<const absl::string_view> arguments, absl::string_view name) {
  return std::any_of(arguments.begin(), arguments.end(), [&](absl::string_view argument) {
    const size_t equals = argument.find('=');
    return absl::ConsumePrefix(&argument, "--") && equals != absl::string_view::npos &&
           IsSameFlag(argument.substr(0, equals - 2), name);
  });
}

std::string WrapHelp(absl::string_view text, size_t used, size_t indent) {
  std::string wrapped;
  size_t column = used;
  for (const absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    const bool is_first = wrapped.empty();
    if (!is_first && column + 1 + word.size() > kColumns) {
      absl::StrAppend(&wrapped, "\n", std::string(indent, ' '), word);
      column = indent + word.size();
    } else {
      absl::StrAppend(&wrapped, is_first ? "" : " ", word);
      column += word.size() + (is_first ? 0 : 1);
    }
  }
  return wrapped;
}

void FlagList::Section(std::string title) { titles_.push_back({flags_.size(), std::move(title)}); }

void FlagList::Add(FlagText flag) {
  ABSL_HARDENING_ASSERT(std::none_of(flags_.begin(), flags_.end(), [&](const FlagText& one) {
    return IsSameFlag(one.name, flag.name);
  }));
  flags_.push_back(std::move(flag));
}

void FlagList::PassOn(std::string placeholder, std::string help) {
  passed_on_ = {.placeholder = std::move(placeholder), .help = std::move(help)};
}

void FlagList::Suggest(absl::Span<const absl::string_view> names) {
  for (const absl::string_view name : names) suggestions_.emplace_back(name);
}

void FlagList::Append(const FlagList& other) {
  for (const Title& title : other.titles_) {
    titles_.push_back({flags_.size() + title.before, title.text});
  }
  for (const FlagText& flag : other.flags_) Add(flag);
  suggestions_.insert(suggestions_.end(), other.suggestions_.begin(), other.suggestions_.end());
}

std::string FlagList::UnknownFlag(absl::string_view argument) const {
  const absl::string_view shown = argument.substr(0, argument.find('=')).substr(0, kMaxNameShown);
  absl::string_view name = shown;
  if (!absl::ConsumePrefix(&name, "--")) absl::ConsumePrefix(&name, "-");
  const std::string unknown = absl::StrCat(shown, ": unknown flag");
  if (name.size() < kMinSuggested) return absl::StrCat(unknown, "; see --help");
  std::vector<std::string> known = {std::string(kHelpFlag), std::string(kVersionFlag)};
  for (const FlagText& flag : flags_) known.push_back(flag.name);
  known.insert(known.end(), suggestions_.begin(), suggestions_.end());
  // A dash for an underscore is no typing error.
  std::vector<std::string> alike;
  for (const std::string& one : known) alike.push_back(WithUnderscores(one));
  const std::vector<absl::string_view> candidates(alike.begin(), alike.end());
  const auto nearest = NearestName(WithUnderscores(name), candidates);
  if (!nearest.has_value()) return absl::StrCat(unknown, "; see --help");
  const auto found = std::find(alike.begin(), alike.end(), *nearest) - alike.begin();
  return absl::StrCat(unknown, "; did you mean --", known[static_cast<size_t>(found)],
                      "? see --help");
}

CommandLine FlagList::Parse(absl::Span<const absl::string_view> arguments, Set set,
                            ProblemList& problems) const {
  CommandLine line;
  for (size_t i = 0; i < arguments.size(); ++i) {
    absl::string_view argument = arguments[i];
    if (argument == "--" && !passed_on_.placeholder.empty()) {
      for (const absl::string_view one : arguments.subspan(i + 1)) line.passed_on.emplace_back(one);
      break;
    }
    if (!IsFlag(argument)) {
      line.positional.emplace_back(argument);
      continue;
    }
    if (argument == "-h") {
      line.help = true;
      continue;
    }
    if (!absl::ConsumePrefix(&argument, "--")) {
      problems.Add(UnknownFlag(argument));
      continue;
    }
    const size_t equals = argument.find('=');
    const bool has_value = equals != absl::string_view::npos;
    const absl::string_view name = argument.substr(0, equals);
    const absl::string_view value = has_value ? argument.substr(equals + 1) : "";
    const bool is_help = IsSameFlag(name, kHelpFlag);
    const bool is_answered = is_help || IsSameFlag(name, kVersionFlag);
    const auto flag = std::find_if(flags_.begin(), flags_.end(),
                                   [&](const FlagText& one) { return IsSameFlag(one.name, name); });
    if (is_answered && !has_value) {
      (is_help ? line.help : line.version) = true;
      continue;
    }
    if (flag == flags_.end() && !is_answered) {
      problems.Add(UnknownFlag(arguments[i]));
      continue;
    }
    const std::string shown =
        absl::StrCat("--", is_answered ? name : absl::string_view(flag->name));
    if (has_value && (is_answered || flag->placeholder.empty())) {
      problems.Add(absl::StrCat(shown, ": takes no value, found \"", value, "\""));
      continue;
    }
    if (!flag->placeholder.empty() && value.empty() && !(has_value && flag->takes_empty)) {
      // "--name value", as other programs take it; with what was meant for the value.
      const bool is_apart = !has_value && i + 1 < arguments.size() && !IsFlag(arguments[i + 1]);
      if (is_apart) ++i;
      problems.Add(absl::StrCat(shown, ": expected a value (", shown, "=",
                                is_apart ? arguments[i] : flag->placeholder, ")"));
      continue;
    }
    const absl::Status status = set(static_cast<size_t>(flag - flags_.begin()), value);
    if (status.ok()) continue;
    for (const absl::string_view problem : absl::StrSplit(status.message(), '\n')) {
      problems.Add(absl::StrCat(shown, ": ", problem));
    }
  }
  return line;
}

std::string FlagList::Help() const {
  size_t column = 0;
  for (const FlagText& flag : flags_) {
    const size_t width = Label(flag).size() + kGap;
    if (width <= kMaxHelpColumn) column = std::max(column, width);
  }
  const std::string behind_dashes = absl::StrCat("  -- ", passed_on_.placeholder);
  column = std::max(column, absl::StrCat("  --", kVersionFlag).size() + kGap);
  std::string help;
  for (size_t i = 0; i < flags_.size(); ++i) {
    for (const Title& title : titles_) {
      if (title.before == i) absl::StrAppend(&help, help.empty() ? "" : "\n", title.text, ":\n");
    }
    absl::StrAppend(&help, HelpEntry(Label(flags_[i]), flags_[i].help, column));
  }
  if (!titles_.empty()) absl::StrAppend(&help, "\n");
  if (!passed_on_.placeholder.empty()) {
    absl::StrAppend(&help, HelpEntry(behind_dashes, passed_on_.help, column));
  }
  absl::StrAppend(&help, HelpEntry(absl::StrCat("  --", kHelpFlag), "this text; also -h", column),
                  HelpEntry(absl::StrCat("  --", kVersionFlag), "the version", column));
  return help;
}

}  // namespace slo::tools
