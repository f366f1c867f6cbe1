#include "tools/slo_gate/render/sentence.h"

namespace slo::tools {

std::string ReasonText(const Check& check) {
  return check.change() != nullptr ? ChangeSentence(check, *check.change())
                                   : ObjectiveSentence(check, *check.objective());
}

}  // namespace slo::tools
