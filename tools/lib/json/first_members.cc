#include "tools/lib/json/first_members.h"

#include "nlohmann/json.hpp"

namespace slo::tools {
namespace {

using nlohmann::json;

using See =
    absl::FunctionRef<bool(const std::string& key, const std::optional<std::string>& text_value)>;

// Stops the parser as soon as `see` has enough.
class Scanner : public nlohmann::json_sax<json> {
 public:
  explicit Scanner(See see) : see_(see) {}

  bool null() override { return SeeValue(std::nullopt); }
  bool boolean(bool /*value*/) override { return SeeValue(std::nullopt); }
  bool number_integer(number_integer_t /*value*/) override { return SeeValue(std::nullopt); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return SeeValue(std::nullopt); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
    return SeeValue(std::nullopt);
  }
  bool string(string_t& value) override { return SeeValue(value); }
  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(size_t /*size*/) override { return Open(); }
  bool start_array(size_t /*size*/) override { return depth_ > 0 && Open(); }
  bool end_object() override { return --depth_ > 0; }
  bool end_array() override { return --depth_ > 0; }
  bool key(string_t& name) override {
    if (depth_ == 1) key_ = name;
    return true;
  }
  bool parse_error(size_t /*position*/, const std::string& /*token*/,
                   const json::exception& /*error*/) override {
    return false;
  }

 private:
  bool SeeValue(const std::optional<std::string>& text_value) {
    return depth_ > 0 && (depth_ > 1 || see_(key_, text_value));
  }

  bool Open() {
    if (depth_ == 1 && !see_(key_, std::nullopt)) return false;
    ++depth_;
    return true;
  }

  See see_;
  int depth_ = 0;  // of what is open
  std::string key_;
};

}  // namespace

void ScanFirstMembers(absl::string_view text, See see) {
  Scanner scanner(see);
  json::sax_parse(text.begin(), text.end(), &scanner);
}

}  // namespace slo::tools
