#!/usr/bin/env bash
# perf_objectives.sh BENCH_WORKFLOW SLO_GATE THRESHOLDS: measures at the default sizes and judges.
set -euo pipefail

results="$(mktemp)"
trap 'rm -f "$results"' EXIT
"$1" --benchmark_min_time=0.07 --benchmark_format=json >"$results"
"$2" "--thresholds=$3" "$results"
