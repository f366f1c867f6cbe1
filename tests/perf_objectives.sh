#!/usr/bin/env bash
# perf_objectives.sh BENCH_WORKFLOW SLO_GATE THRESHOLDS [FLAG]...: measures at the default sizes, with the
# flags, and judges. Exit code 3 when the machine was too busy to tell.
set -euo pipefail

results="$(mktemp)"
trap 'rm -f "$results"' EXIT
"$1" --benchmark_min_time=0.1 --benchmark_format=json "${@:4}" >"$results"
status=0
"$2" "--thresholds=$3" "$results" || status=$?
if [[ "$status" -eq 4 ]]; then status=3; fi
exit "$status"
