#!/usr/bin/env bash
# perf_exact.sh ROOT SLO_GATE: compares exact costs with the committed baseline of this toolchain, and names the functions
# that make a difference. The exit code is 3, for which ctest calls the test skipped, only where this toolchain has no
# baseline.
set -euo pipefail

dir="$(mktemp -d)"
trap 'rm -rf "$dir"' EXIT
"$1/tools/count-instructions" "--out=$dir/exact.json" "--functions=$dir/functions.tsv" "--explain=$1/thresholds/baselines"
toolchain="$(sed -n 's/.*"slo_toolchain": "\([a-z0-9._-]*\)".*/\1/p' "$dir/exact.json")"
if [[ -z "$toolchain" ]]; then
  printf '%s: expected slo_toolchain in the context, found none\n' "$dir/exact.json"
  exit 1
fi
if [[ ! -e "$1/thresholds/baselines/exact-$toolchain.json" ]]; then
  printf 'skipped: no baseline for the toolchain %s; tools/record-baseline --exact records one\n' "$toolchain"
  exit 3
fi
status=0
# A variant of a function for some processors would make another processor count something else. (In version 2.41 of the C
# library __memset_sse2_unaligned_erms is the one for all.)
if grep -oE '^libc\.so[^:]*: [^ ]*_(sse3|ssse3|sse4|avx|evex|fsrm|bmi)[a-z0-9_]*' "$dir/functions.tsv"; then
  printf 'expected the functions of the C library for every processor; switch off the feature in tools/count-instructions\n'
  exit 1
fi
"$2" "--thresholds=$1/thresholds/regression.json" "--baseline=$1/thresholds/baselines" "$dir/exact.json" || status=$?
# With a baseline, "insufficient" is a failure.
if [[ "$status" -eq 3 ]]; then status=1; fi
exit "$status"
