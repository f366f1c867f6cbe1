#!/usr/bin/env bash
# load_test.sh BENCH_WORKFLOW SLO_GATE: load and soak as a user runs them. Planted faults fail the verdict, an
# interrupted soak keeps its windows, traces belong to their results.
set -euo pipefail

readonly bench="$1" gate="$2"
# shellcheck source=tests/lib/expect.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
dir="$(mktemp -d)"
trap 'rm -rf "$dir" "$output"' EXIT
cat >"$dir/soak.json" <<'END'
{"version": 1, "confidence": 0.9, "objectives": [
  {"id": "drift", "benchmark": "BM_SustainedSoak/*", "metric": "latency_drift_factor", "max": 3,
   "why": "a test", "source": "a test"},
  {"id": "heap", "benchmark": "BM_SustainedSoak/*", "metric": "heap_growth_per_run_bytes", "max": 8192,
   "why": "a test", "source": "a test"},
  {"id": "leak", "benchmark": "BM_SustainedSoak/*", "metric": "leaked_blocks_per_run", "point": true, "max": 0.01,
   "why": "a test", "source": "a test"},
  {"id": "success", "benchmark": "BM_SustainedSoak/*", "metric": "success_ratio", "min": 0.99,
   "why": "a test", "source": "a test"}]}
END

# soak FLAG...: measures and judges a short soak.
soak() {
  "$bench" --benchmark_filter=Soak --benchmark_format=json --slo_soak_runs=960 --slo_soak_pace_ms=0 \
    --slo_confidence=0.975 "$@" >"$dir/results.json" 2>/dev/null
  "$gate" "--thresholds=$dir/soak.json" --allow-insufficient "$dir/results.json"
}
# rows CODE: runs Python code on the rows of the last results, by family.
rows() {
  python3 -c "import json, sys
row = {r['name'].split('/')[0]: r for r in json.load(open('$dir/results.json'))['benchmarks']}
$1
print('agreed')"
}

expect 1 '^fail: drift on BM_SustainedSoak/' soak --fault=growth:2ms
expect 1 '^fail: success on BM_SustainedSoak/' soak --fault=error:1%
expect 1 '^fail: leak on BM_SustainedSoak/' soak --fault=leak:64@create_run
expect 2 'fault: stal:3:5ms: unknown fault "stal"; did you mean stall\?' "$bench" --fault=stal:3:5ms
expect 0 'leak:BYTES' "$bench" --help

# A stall of 50 ms delays the 200 runs that were planned meanwhile; a closed loop would have seen one.
"$bench" '--benchmark_filter=OpenLoad.*constant' --benchmark_format=json --slo_open_rate=4000 \
  --slo_open_runs=2000 --slo_open_workers=1 --fault=stall:1000:50ms >"$dir/results.json" 2>/dev/null
expect 0 'agreed' rows "row = row['BM_OpenLoad']
assert row['latency_p95_us'] > 10_000, row
assert row['late_starts_count'] >= 100, row
assert row['planned_count'] == 2000 == row['completed_count'] + row['failed_count'] + row['dropped_count'] \
    + row['in_flight_count'], row"

# An interrupted soak: valid results of the windows that it finished, and the signal in the exit code.
"$bench" --benchmark_filter='Soak|Stage' --benchmark_format=json --soak_duration=20s --slo_soak_pace_ms=1 \
  "--slo_trace=$dir/trace.json" >"$dir/results.json" 2>/dev/null &
soaking=$!
sleep 3
kill -TERM "$soaking"
status=0
wait "$soaking" || status=$?
expect 0 '143' echo "$status"
expect 0 'agreed' rows "row = row['BM_SustainedSoak']
assert 1 <= row['windows_count'] < 24, row
assert row['run_samples_count'] > 0 and row['success_ratio'] == 1, row"

# The trace agrees with these results, and is refused with others.
expect 0 'agreed' python3 -c "import json
windows = json.load(open('$dir/trace.json'))['scenarios'][0]['windows']
row = json.load(open('$dir/results.json'))['benchmarks'][0]
assert len(windows) == row['windows_count'], (len(windows), row)
print('agreed')"
cat >"$dir/success.json" <<'END'
{"version": 1, "confidence": 0.9, "objectives": [
  {"id": "success", "benchmark": "BM_SustainedSoak/*", "metric": "success_ratio", "min": 0.9,
   "why": "a test", "source": "a test"}]}
END
markdown() {
  "$gate" "--thresholds=$dir/success.json" --allow-insufficient --format=markdown "--trace=$1" "$dir/results.json"
}
expect 0 '^xychart-beta' markdown "$dir/trace.json"
sed 's/"slo_seed":"1"/"slo_seed":"2"/' "$dir/trace.json" >"$dir/other.json"
expect 2 'other.json: is the trace of another run' markdown "$dir/other.json"
sed 's/"row":"BM_SustainedSoak/"row":"BM_Soak/' "$dir/trace.json" >"$dir/unknown.json"
expect 2 'unknown.json: BM_Soak.*: .* has no such row' markdown "$dir/unknown.json"
expect 2 'slo_trace: .*cannot be' "$bench" --slo_trace=/proc/no/such.json
exit "$((failures > 0))"
