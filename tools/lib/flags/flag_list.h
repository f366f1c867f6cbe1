// Flags by name, without what they set: how a command line is taken apart, and what --help prints.

#ifndef SLO_TOOLS_LIB_FLAGS_FLAG_LIST_H_
#define SLO_TOOLS_LIB_FLAGS_FLAG_LIST_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/lib/text/problem_list.h"

namespace slo::tools {

struct FlagText {
  std::string name;          // without dashes in front
  std::string placeholder;   // of its value, for example "FILE"; empty: a switch, without a value
  std::string help;          // a paragraph; each of its lines is wrapped
  bool takes_empty = false;  // whether --name= is a value, too
};

// What a command line says beside the flags of a list.
struct CommandLine {
  bool help = false;     // --help or -h
  bool version = false;  // --version
  std::vector<std::string> positional;
  std::vector<std::string> passed_on;  // what stands behind "--"

  // Notes a problem for each argument that is no flag, of a program that takes none.
  void RefusePositional(ProblemList& problems) const;
};

// Whether two names are those of one flag: a dash and an underscore are the same.
bool IsSameFlag(absl::string_view a, absl::string_view b);

// Whether `arguments` give the flag a value.
bool HasFlag(absl::Span<const absl::string_view> arguments, absl::string_view name);

// `text` in lines of at most 100 columns; all but the first begin with `indent` spaces. The first
// has `used` columns before it.
std::string WrapHelp(absl::string_view text, size_t used, size_t indent);

class FlagList {
 public:
  // Takes the value of a flag, empty of a switch. What is wrong with it, without the flag's name.
  using Set = absl::FunctionRef<absl::Status(size_t flag, absl::string_view value)>;

  // A title, in --help, above the flags that follow.
  void Section(std::string title);

  // No other flag has the name; "help" and "version" are in every list.
  void Add(FlagText flag);

  // Takes "--" as the end of the flags; what stands behind it, for --help.
  void PassOn(std::string placeholder, std::string help);

  // Names of flags that are read by somebody else: for suggestions.
  void Suggest(absl::Span<const absl::string_view> names);

  void Append(const FlagList& other);

  size_t size() const { return flags_.size(); }

  // Takes flags of the form --name=value, and --name of switches; calls `set` for each, in their
  // order. Notes every unknown flag, with the nearest known one, every value that is missing or too
  // much, and what `set` says, headed by the flag's name.
  CommandLine Parse(absl::Span<const absl::string_view> arguments, Set set,
                    ProblemList& problems) const;

  // The flags, each with its help beside it.
  std::string Help() const;

 private:
  struct Title {
    size_t before;  // this flag
    std::string text;
  };

  std::string UnknownFlag(absl::string_view argument) const;

  std::vector<FlagText> flags_;
  std::vector<Title> titles_;
  FlagText passed_on_;  // without a placeholder: nothing is
  std::vector<std::string> suggestions_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_FLAGS_FLAG_LIST_H_
