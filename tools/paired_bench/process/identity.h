// What must be the same for pairs of another time to count as more of the same.

#ifndef SLO_TOOLS_PAIRED_BENCH_PROCESS_IDENTITY_H_
#define SLO_TOOLS_PAIRED_BENCH_PROCESS_IDENTITY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace slo::paired {

// A name of the bytes: a UUID of version 5 (RFC 4122), which is made of their SHA-1.
std::string IdentityOf(absl::string_view bytes);

// The same of a file; empty when it cannot be read.
std::string IdentityOfFile(const std::string& file);

// Host, kernel, processor and number of processors, in words.
std::string MachineIdentity();

}  // namespace slo::paired

#endif  // SLO_TOOLS_PAIRED_BENCH_PROCESS_IDENTITY_H_
