#!/usr/bin/env bash
# perf_exact.sh ROOT SLO_GATE: exact costs against the committed baseline of this toolchain. Exit code 3,
# for which ctest calls the test skipped, where there is none.
set -euo pipefail

dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
"$1/tools/count-instructions" "--out=$dir/exact.json"
"$2" "--thresholds=$1/thresholds/regression.json" "--baseline=$1/thresholds/baselines" "$dir/exact.json"
