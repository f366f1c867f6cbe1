#!/usr/bin/env bash
# perf_controls.sh PAIRED_BENCH SLO_GATE BENCH_WORKFLOW LIMITS: the regression gate's controls on this
# machine: a build against itself stays quiet, and a planted slowdown is caught. Exit code 3, for which
# ctest calls the test skipped, when the machine is too busy to tell within the budget.
set -euo pipefail

pairs="$(mktemp)"
trap 'rm -f "$pairs"' EXIT
"$1" "--base=$3" "--candidate=$3" "--out=$pairs" "--limits=$4" --budget=15s --min_time=0.005 \
  --filter='^BM_(CreateRun/shape:chain/steps:3/stored_runs:0|RunPath/shape:chain/steps:3)/manual_time$' \
  --control=BM_CreateRun/shape:chain/steps:3/stored_runs:0/manual_time \
  --slowed_env=SLO_SLOWDOWN=create_run:10%
"$2" "--thresholds=$4" "$pairs"
