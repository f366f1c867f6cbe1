#include "tools/lib/json/number_texts.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;

// Follows the parser from value to value; every callback goes on.
class Collector : public nlohmann::json_sax<json> {
 public:
  bool null() override { return Next(); }
  bool boolean(bool /*value*/) override { return Next(); }
  bool number_integer(number_integer_t /*value*/) override { return Next(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return Next(); }
  bool number_float(number_float_t /*value*/, const string_t& text) override {
    texts_[Pointer()] = text;
    return Next();
  }
  bool string(string_t& /*value*/) override { return Next(); }
  bool binary(binary_t& /*value*/) override { return Next(); }
  bool start_object(size_t /*size*/) override { return Open(/*is_list=*/false); }
  bool start_array(size_t /*size*/) override { return Open(/*is_list=*/true); }
  bool key(string_t& name) override {
    levels_.back().key = absl::StrReplaceAll(name, {{"~", "~0"}, {"/", "~1"}});
    return true;
  }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool parse_error(size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    texts_.clear();
    return false;
  }

  std::map<std::string, std::string> Take() && { return std::move(texts_); }

 private:
  struct Level {
    bool is_list = false;
    size_t index = 0;
    std::string key;
  };

  std::string Pointer() const {
    std::string pointer;
    for (const Level& level : levels_) {
      absl::StrAppend(&pointer, "/", level.is_list ? absl::StrCat(level.index) : level.key);
    }
    return pointer;
  }

  bool Open(bool is_list) {
    levels_.push_back({.is_list = is_list});
    return true;
  }

  bool Close() {
    levels_.pop_back();
    return Next();
  }

  bool Next() {
    if (!levels_.empty()) ++levels_.back().index;
    return true;
  }

  std::vector<Level> levels_;
  std::map<std::string, std::string> texts_;
};

}  // namespace

std::map<std::string, std::string> NumberTexts(absl::string_view text) {
  Collector collector;
  json::sax_parse(text.begin(), text.end(), &collector);
  return std::move(collector).Take();
}

}  // namespace slo::tools
