#!/usr/bin/env bash
# versions_test.sh ROOT VERSION BIN: every program and every script of ours says its name and the project's version.
set -euo pipefail

readonly root="$1" version="${2//./\\.}" bin="$3"
# shellcheck source=tests/lib/expect.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
trap 'rm -f "$output"' EXIT

for program in slo_gate paired_bench bench_workflow bench_exact workflow_api_server replay_transcripts gate_calibration; do
  expect 0 "^$program $version\$" "$bin/$program" --version
  expect 0 'usage|benchmark' "$bin/$program" -h
done
for command in check compare show draft verify merge pool; do
  expect 0 "^slo_gate $version\$" "$bin/slo_gate" "$command" --version
done
for script in slo-smoke run-tests regression-gate bisect-regression record-baseline count-instructions \
  dev/{calibrate-gate,check-shards,check-trace,compare-gates,coverage,lint-workflows,measure-layout} \
  dev/{measure-bisection,measure-explanations,measure-regression-gate,mutate,try-foreign-programs,write-reference}; do
  expect 0 "^${script##*/} $version\$" "$root/tools/$script" --version
done

# What Google Benchmark reads is spelled for it.
expect 0 '^BM_HarnessFloor/real_time$' "$bin/bench_workflow" --benchmark-list-tests --benchmark-filter=Floor
expect 2 'did you mean --benchmark_filter\?' "$bin/bench_workflow" --benchmark-fliter=Floor
expect 2 'transprot: unknown flag; did you mean --transport\?' "$bin/replay_transcripts" --transprot=http x
expect 2 'expected one DIRECTORY' "$bin/replay_transcripts" --store=sqlite
expect 2 'expected \[TRIALS \[SEED \[TEXT\]\]\]' "$bin/gate_calibration" many
expect 2 'usage: nearest_name WORD' "$bin/nearest_name"
expect 0 '^--format$' bash -c "printf -- '--format\n--filter\n' | '$bin/nearest_name' --fromat"
exit "$((failures > 0))"
