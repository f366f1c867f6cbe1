// Cuts the elements of one long list out of a document's text, piece by piece, so that a file of
// any length costs the memory of one element.

#ifndef SLO_TOOLS_LIB_JSON_LIST_SPLITTER_H_
#define SLO_TOOLS_LIB_JSON_LIST_SPLITTER_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace slo::tools {

// Takes documents of the form {..., "list": [{...}, {...}], ...} with the list's name written
// without escapes. It is no parser: it follows quotes and brackets, and whether the elements and
// the rest are JSON is for whoever parses them. Texts of another form are told by Feed() or
// Finish(), or leave a rest that is no JSON or has a list with elements. Not thread-safe.
class ListSplitter {
 public:
  // `take`: gets the text of each element, in order, as soon as it is complete; false ends the
  // work.
  ListSplitter(absl::string_view list, std::function<bool(absl::string_view element)> take);

  // The next piece of the text. False: it is not of the form, or `take` said so; then nothing more
  // is to be fed.
  bool Feed(absl::string_view piece);

  // To be called when all was fed: the document's text with an empty list. Nothing when the list
  // did not begin or did not end.
  std::optional<std::string> Finish() &&;

 private:
  enum class Part { kBefore, kFirstElement, kNextElement, kSeparator, kElement, kAfter };

  size_t FeedBefore(absl::string_view piece);
  // The number of characters up to the end of the element, or all of them when it goes on.
  size_t FeedElement(absl::string_view piece);
  bool TakeElement(absl::string_view end_of_element);

  std::string list_;
  std::function<bool(absl::string_view)> take_;
  Part part_ = Part::kBefore;
  std::string rest_;     // of the document
  std::string element_;  // its beginning, when it began in an earlier piece
  int depth_ = 0;  // brackets that are open, of the document before the list or of the element
  bool in_string_ = false;
  bool is_escaped_ = false;
  size_t string_begin_ = 0;  // in rest_
  std::string last_string_;
  bool is_after_key_ = false;  // the last character but spaces was the list's colon
};

}  // namespace slo::tools

#endif  // SLO_TOOLS_LIB_JSON_LIST_SPLITTER_H_
