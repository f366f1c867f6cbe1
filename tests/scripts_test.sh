#!/usr/bin/env bash
# What slo-smoke and run-tests say without building anything: --help, and every bad flag at once.
set -euo pipefail

tools="$(cd "$(dirname "${BASH_SOURCE[0]}")/../tools" && pwd)"
failures=0
output="$(mktemp)"
trap 'rm -f "$output"' EXIT

# expect STATUS PATTERN COMMAND...: the command's exit code, and text in what it prints.
expect() {
  local wanted="$1" pattern="$2" status=0
  shift 2
  "$@" >"$output" 2>&1 </dev/null || status=$?
  if [[ "$status" -ne "$wanted" ]] || ! grep -qE -e "$pattern" "$output"; then
    printf 'FAILED: %s\n  expected exit %s and /%s/, found exit %s and:\n' "$*" "$wanted" "$pattern" \
      "$status"
    cat "$output"
    failures=$((failures + 1))
  fi
}

expect 0 'usage: tools/slo-smoke' "$tools/slo-smoke" --help
expect 0 'usage: tools/run-tests' "$tools/run-tests" --help
expect 0 'usage: tools/slo-smoke' env PATH=/usr/bin:/bin bash -c "cd / && '$tools/slo-smoke' --help"
expect 2 'laod-runs: unknown flag; did you mean --load-runs\?' "$tools/slo-smoke" --laod-runs=3
expect 2 'frobnicate: unknown flag; see --help' "$tools/slo-smoke" --frobnicate
expect 2 'load runs: expected an integer' "$tools/slo-smoke" --load-runs=0
expect 2 'load runs: expected an integer' "$tools/slo-smoke" --load-runs=-5
expect 2 'load runs: expected an integer' "$tools/slo-smoke" --load-runs=99999999999
expect 2 'soak pace: expected milliseconds' env SLO_SOAK_PACE_MS=fast "$tools/slo-smoke"
expect 2 'success ratio minimum' env SLO_SUCCESS_RATIO_MIN=1.5 "$tools/slo-smoke"
expect 2 'latency p99: expected milliseconds' "$tools/slo-smoke" --load-runs=0 --latency-p99-ms=x
expect 2 'latency p95: expected milliseconds, a number above zero' "$tools/slo-smoke" --latency-p95-ms=0.0
expect 2 'soak pace: .* 0 to 60000' "$tools/slo-smoke" --soak-pace-ms=60001
expect 2 'preset=nope: expected release' "$tools/run-tests" --preset=nope
expect 2 'did you mean --preset\?' "$tools/run-tests" --prest=dev
exit "$((failures > 0))"
