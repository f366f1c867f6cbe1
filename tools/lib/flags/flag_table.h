// One table of flags makes a program's parser and its --help:
//
//   FlagTable<Options> table;
//   table.Text("out", "FILE", "where the results go", &Options::out);
//   table.Integer("pairs", "N", "exactly so many pairs", &Options::pairs, {2, 5'000});
//   Options options;
//   ProblemList problems;
//   const CommandLine line = table.Parse(arguments, options, problems);

#ifndef SLO_TOOLS_LIB_FLAGS_FLAG_TABLE_H_
#define SLO_TOOLS_LIB_FLAGS_FLAG_TABLE_H_

#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/lib/flags/flag_list.h"
#include "tools/lib/flags/flag_values.h"

namespace slo::tools {

// A `member` is what a flag sets: a pointer to a member of Options, or a function that returns a
// reference to it. A std::optional has no default, in --help neither.
template <typename Options>
class FlagTable {
 public:
  using Setter = std::function<absl::Status(absl::string_view value, Options& options)>;
  template <typename Member>
  using ValueOf = std::remove_cvref_t<std::invoke_result_t<Member, Options&>>;

  void Section(std::string title) { list_.Section(std::move(title)); }
  void PassOn(std::string placeholder, std::string help) {
    list_.PassOn(std::move(placeholder), std::move(help));
  }
  void Suggest(absl::Span<const absl::string_view> names) { list_.Suggest(names); }

  void Add(FlagText flag, Setter setter) {
    list_.Add(std::move(flag));
    setters_.push_back(std::move(setter));
  }

  template <typename Member>
  void Switch(absl::string_view name, absl::string_view help, Member member) {
    Add({.name = std::string(name), .help = std::string(help)},
        [member](absl::string_view, Options& options) {
          std::invoke(member, options) = true;
          return absl::OkStatus();
        });
  }

  template <typename Member>
  void Text(absl::string_view name, absl::string_view placeholder, absl::string_view help,
            Member member) {
    Add(Described(name, placeholder, help), [member](absl::string_view value, Options& options) {
      std::invoke(member, options) = std::string(value);
      return absl::OkStatus();
    });
  }

  // May be given several times.
  template <typename Member>
  void TextList(absl::string_view name, absl::string_view placeholder, absl::string_view help,
                Member member) {
    Add(Described(name, placeholder, help), [member](absl::string_view value, Options& options) {
      std::invoke(member, options).emplace_back(value);
      return absl::OkStatus();
    });
  }

  template <typename Member>
  void Integer(absl::string_view name, absl::string_view placeholder, absl::string_view help,
               Member member, FlagRange<int64_t> range, std::string noun = "an integer") {
    Add(Described(name, placeholder, absl::StrCat(help, InRange(range, member))),
        [=](absl::string_view value, Options& options) {
          return Store(ReadInteger(value, range, noun), std::invoke(member, options));
        });
  }

  template <typename Member>
  void Number(absl::string_view name, absl::string_view placeholder, absl::string_view help,
              Member member, FlagRange<double> range, std::string noun = "a number") {
    Add(Described(name, placeholder, absl::StrCat(help, InRange(range, member))),
        [=](absl::string_view value, Options& options) {
          return Store(ReadNumber(value, range, noun), std::invoke(member, options));
        });
  }

  // A default of zero is not said: it stands for none.
  template <typename Member>
  void Duration(absl::string_view name, absl::string_view placeholder, absl::string_view help,
                Member member, FlagRange<absl::Duration> range, std::string example) {
    Add(Described(name, placeholder, absl::StrCat(help, InRange(range, member))),
        [=](absl::string_view value, Options& options) {
          return Store(ReadDuration(value, range, example), std::invoke(member, options));
        });
  }

  // One of the names; sets the value beside it.
  template <typename Member>
  void Choice(absl::string_view name, absl::string_view placeholder, absl::string_view help,
              Member member, std::vector<std::pair<std::string, ValueOf<Member>>> choices) {
    std::vector<std::string> names;
    Options defaults{};
    std::string otherwise;
    for (const auto& [choice, value] : choices) {
      names.push_back(choice);
      if (std::invoke(member, defaults) == value) otherwise = absl::StrCat("; default ", choice);
    }
    const std::string expected = ChoiceText(names);
    Add(Described(name, placeholder, absl::StrCat(help, " (", expected, otherwise, ")")),
        [=](absl::string_view text, Options& options) {
          for (const auto& [choice, value] : choices) {
            if (choice != text) continue;
            std::invoke(member, options) = value;
            return absl::OkStatus();
          }
          return ExpectedValue(expected, text);
        });
  }

  // Takes in the flags of a table whose options are a part of these.
  template <typename Part, typename Member>
  void Join(const FlagTable<Part>& other, Member member) {
    list_.Append(other.list_);
    for (const auto& setter : other.setters_) {
      setters_.push_back([setter, member](absl::string_view value, Options& options) {
        return setter(value, std::invoke(member, options));
      });
    }
  }

  // See FlagList::Parse.
  CommandLine Parse(absl::Span<const absl::string_view> arguments, Options& options,
                    ProblemList& problems) const {
    return list_.Parse(
        arguments,
        [&](size_t flag, absl::string_view value) { return setters_[flag](value, options); },
        problems);
  }

  std::string Help() const { return list_.Help(); }

 private:
  template <typename Other>
  friend class FlagTable;

  static FlagText Described(absl::string_view name, absl::string_view placeholder,
                            absl::string_view help) {
    return {.name = std::string(name),
            .placeholder = std::string(placeholder),
            .help = std::string(help)};
  }

  template <typename Read, typename Target>
  static absl::Status Store(const absl::StatusOr<Read>& value, Target& target) {
    if (value.ok()) AssignTo(*value, target);
    return value.status();
  }

  template <typename Read, typename Target>
  static void AssignTo(const Read& value, Target& target) {
    if constexpr (requires { target.has_value(); }) {
      target = static_cast<typename Target::value_type>(value);
    } else {
      target = static_cast<Target>(value);
    }
  }

  // " (2 to 5000; default 8)".
  template <typename T, typename Member>
  static std::string InRange(FlagRange<T> range, Member member) {
    Options defaults{};
    const auto& value = std::invoke(member, defaults);
    std::string otherwise;
    if constexpr (std::is_same_v<std::decay_t<decltype(value)>, absl::Duration>) {
      if (value != absl::ZeroDuration()) otherwise = absl::FormatDuration(value);
    } else if constexpr (!requires { value.has_value(); }) {
      otherwise = absl::StrCat(value);
    }
    return absl::StrCat(" (", RangeText(range), otherwise.empty() ? "" : "; default ", otherwise,
                        ")");
  }

  FlagList list_;
  std::vector<Setter> setters_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_FLAGS_FLAG_TABLE_H_
