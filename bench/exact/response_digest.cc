#include "bench/exact/response_digest.h"

namespace slo::exact {
namespace {

// Fowler, Noll, Vo; 64 bits.
uint64_t Fnv1a(const api::Response& response) {
  constexpr uint64_t kPrime = 1'099'511'628'211U;
  uint64_t hash = 14'695'981'039'346'656'037U;
  const auto add = [&](unsigned char byte) { hash = (hash ^ byte) * kPrime; };
  for (unsigned shift = 0; shift < 32; shift += 8) {
    add(static_cast<unsigned char>(static_cast<unsigned>(response.status) >> shift));
  }
  for (const char c : response.body) add(static_cast<unsigned char>(c));
  return hash;
}

// The finalizer of SplitMix64 (Steele, Lea, Flood, 2014): sums of unmixed hashes would cancel.
uint64_t Mixed(uint64_t hash) {
  hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9U;
  hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebU;
  return hash ^ (hash >> 31U);
}

}  // namespace

void ResponseDigest::Add(const api::Response& response) { sum_ += Mixed(Fnv1a(response)); }

}  // namespace slo::exact
