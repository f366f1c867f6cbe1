// One table of flags makes a program's parser and its --help:
//
//   FlagTable<Options> table;
//   table.Integer({"pairs", "N", "exactly so many pairs"}, &Options::pairs, {2, 5'000});
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

// A `member`, which a flag sets, is a pointer to a member of Options or returns a reference to one.
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
  void Switch(FlagText flag, Member member) {
    Add(std::move(flag), [member](absl::string_view, Options& options) {
      std::invoke(member, options) = true;
      return absl::OkStatus();
    });
  }

  template <typename Member>
  void Text(FlagText flag, Member member) {
    Add(std::move(flag), [member](absl::string_view value, Options& options) {
      std::invoke(member, options) = std::string(value);
      return absl::OkStatus();
    });
  }

  // May be given several times.
  template <typename Member>
  void TextList(FlagText flag, Member member) {
    Add(std::move(flag), [member](absl::string_view value, Options& options) {
      std::invoke(member, options).emplace_back(value);
      return absl::OkStatus();
    });
  }

  template <typename Member>
  void Integer(FlagText flag, Member member, FlagRange<int64_t> range,
               const std::string& noun = "an integer") {
    absl::StrAppend(&flag.help, RangeHelp(range, Default(member)));
    Add(std::move(flag), [=](absl::string_view value, Options& options) {
      return StoreValue(ReadInteger(value, range, noun), std::invoke(member, options));
    });
  }

  template <typename Member>
  void Number(FlagText flag, Member member, FlagRange<double> range,
              const std::string& noun = "a number") {
    absl::StrAppend(&flag.help, RangeHelp(range, Default(member)));
    Add(std::move(flag), [=](absl::string_view value, Options& options) {
      return StoreValue(ReadNumber(value, range, noun), std::invoke(member, options));
    });
  }

  template <typename Member>
  void Duration(FlagText flag, Member member, FlagRange<absl::Duration> range,
                const std::string& example) {
    absl::StrAppend(&flag.help, RangeHelp(range, Default(member)));
    Add(std::move(flag), [=](absl::string_view value, Options& options) {
      return StoreValue(ReadDuration(value, range, example), std::invoke(member, options));
    });
  }

  // One of the names; sets the value beside it.
  template <typename Member>
  void Choice(FlagText flag, Member member,
              std::vector<std::pair<std::string, ValueOf<Member>>> choices) {
    std::vector<std::string> names;
    std::string otherwise;
    for (const auto& [choice, value] : choices) {
      names.push_back(choice);
      if (Default(member) == value) otherwise = absl::StrCat("; default ", choice);
    }
    const std::string expected = ChoiceText(names);
    absl::StrAppend(&flag.help, " (", expected, otherwise, ")");
    Add(std::move(flag), [=](absl::string_view text, Options& options) {
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

  template <typename Member>
  static ValueOf<Member> Default(Member member) {
    Options defaults{};
    return std::invoke(member, defaults);
  }

  FlagList list_;
  std::vector<Setter> setters_;
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_FLAGS_FLAG_TABLE_H_
