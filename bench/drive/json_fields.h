// Reads members of a JSON object's text in place: no allocation, no tree, one pass when members
// are asked for in the order in which they stand. For checking a response inside a benchmark,
// where a full parse would cost more than the request.
//
//   JsonFields run(response.body);
//   if (run.Find("status") != "\"success\"") ...   // values are raw JSON text

#ifndef SLO_BENCH_DRIVE_JSON_FIELDS_H_
#define SLO_BENCH_DRIVE_JSON_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace slo::bench {

class JsonFields {
 public:
  // `text` must outlive the object.
  explicit JsonFields(absl::string_view text) : text_(text) {}

  // The raw text of the top-level member `key`, or nothing when there is no such member or the
  // text is malformed before it. Keys are compared byte for byte, escapes are not resolved.
  std::optional<absl::string_view> Find(absl::string_view key);

  // The same for an integer member; nothing when it is not one.
  std::optional<int64_t> FindInt(absl::string_view key);

 private:
  struct Member {
    absl::string_view key;
    absl::string_view value;
  };

  // The member at position_, which moves behind it; nothing at the end of the object.
  std::optional<Member> Next();
  void SkipSpace();
  bool SkipString();
  bool SkipValue();
  bool SkipNested();

  absl::string_view text_;
  size_t position_ = 0;
};

}  // namespace slo::bench

#endif  // SLO_BENCH_DRIVE_JSON_FIELDS_H_
