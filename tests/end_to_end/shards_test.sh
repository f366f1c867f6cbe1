#!/usr/bin/env bash
# shards_test.sh BENCH_WORKFLOW SLO_GATE THRESHOLDS: four processes as shards are pooled without loss; shards
# that are unlike, missing or without a trace are refused.
set -euo pipefail

readonly bench="$1" gate="$2" thresholds="$3"
here="$(dirname "${BASH_SOURCE[0]}")"
readonly here
# shellcheck source=tests/lib/expect.sh
source "$here/../lib/expect.sh"
dir="$(mktemp -d)"
trap 'rm -rf "$dir" "$output"' EXIT

expect 0 '^4 shards, .* 0 differences$' "$here/shards_proof.py" "$bench" "$gate" "$thresholds" "$dir"
expect 2 'slo_shard: expected I/N with 1 <= I <= N <= 256, for example 2/4, found "5/4"' "$bench" --slo_shard=5/4
expect 2 'slo_shard: expected --slo_trace=FILE beside it' "$bench" --slo_shard=1/4
expect 2 'slo_gate pool: expected --out=DIR' "$gate" pool "$dir/shard-1.json"
expect 2 'shard 4/4 is missing' "$gate" pool "--out=$dir/x" "--trace=$dir/shard-1-trace.json" "$dir/shard-1.json"
sed 's/"slo_store": "memory"/"slo_store": "sqlite"/' "$dir/shard-2.json" >"$dir/unlike.json"
expect 2 'unlike.json: context.slo_store: expected "memory"' "$gate" pool "--out=$dir/x" \
  "--trace=$dir/shard-"{1,2,3,4}-trace.json "$dir/shard-"{1,3,4}.json "$dir/unlike.json"
expect 0 '^nothing is written$' bash -c '[[ -e "$1" ]] || echo "nothing is written"' _ "$dir/x"
# The pooled verdict is evidence like any other.
"$gate" "--thresholds=$thresholds" "--trace=$dir/pooled/pooled-trace.json" "--evidence_dir=$dir/evidence" \
  "$dir/pooled/pooled-results.json" >/dev/null || true
expect 0 'confirmed; 0 differences' "$gate" verify "$dir/evidence/latest.json"
expect 0 'pooled from the shards .*shard-1.json' cat "$dir/evidence/latest.md"
exit "$((failures > 0))"
