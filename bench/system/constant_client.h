// A client with no API behind it, for measuring what the harness itself costs.

#ifndef SLO_BENCH_SYSTEM_CONSTANT_CLIENT_H_
#define SLO_BENCH_SYSTEM_CONSTANT_CLIENT_H_

#include "fixtures/client/api_client.h"

namespace slo::bench {

// Answers at once and always the same. Thread-safe.
class ConstantClient : public client::ApiClient {
 public:
  absl::StatusOr<api::Response> Send(const api::Request& /*request*/) override {
    return api::Response{.status = 200, .body = R"({"id":1})"};
  }
};

}  // namespace slo::bench

#endif  // SLO_BENCH_SYSTEM_CONSTANT_CLIENT_H_
