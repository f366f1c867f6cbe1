#include "bench/record/response_digest.h"

#include "tools/lib/stats/split_mix.h"

namespace slo::bench {
namespace {

// Fowler, Noll, Vo; 64 bits.
uint64_t Fnv1a(int status, absl::string_view body) {
  constexpr uint64_t kPrime = 1'099'511'628'211U;
  uint64_t hash = 14'695'981'039'346'656'037U;
  const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * kPrime; };
  for (unsigned shift = 0; shift < 32; shift += 8) {
    add(static_cast<unsigned char>(static_cast<unsigned>(status) >> shift));
  }
  for (const char c : body) add(static_cast<unsigned char>(c));
  return hash;
}

}  // namespace

void ResponseDigest::Add(const api::Response& response) { Add(response.status, response.body); }

void ResponseDigest::Add(int status, absl::string_view body) {
  // Sums of unmixed hashes would cancel.
  sum_ += stats::MixBits(Fnv1a(status, body));
}

}  // namespace slo::bench
