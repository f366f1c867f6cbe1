#!/usr/bin/env bash
# remote_test.sh BENCH_WORKFLOW SLO_GATE API_SERVER THRESHOLDS_DIR: another server as the target: one that
# lacks an endpoint, slow ones, one that slows down over time, one that is killed, one that hangs.
set -euo pipefail

readonly bench="$1" gate="$2" api_server="$3" thresholds="$4"
here="$(dirname "${BASH_SOURCE[0]}")"
readonly here
# shellcheck source=tests/lib/expect.sh
source "$here/../lib/expect.sh"
dir="$(mktemp -d)"
serving=''
# end_server: ends the server that was started last.
end_server() {
  if [[ -n "$serving" ]]; then
    kill -KILL "$serving" 2>/dev/null || true
    wait "$serving" 2>/dev/null || true
  fi
  serving=''
}
trap 'end_server; rm -rf "$dir" "$output"' EXIT

# start COMMAND...: starts a server and sets $url.
start() {
  end_server
  : >"$dir/out"
  "$@" >"$dir/out" &
  serving=$!
  for ((i = 0; i < 200; i++)); do
    if grep -q listening "$dir/out"; then break; fi
    sleep 0.05
  done
  url="$(sed -n 's/^listening on //p' "$dir/out")"
}
# measure FILTER FLAG...: measures the target and writes results.json.
measure() {
  "$bench" "--target=$url" "--benchmark_filter=$1" --benchmark_format=json "${@:2}" \
    >"$dir/results.json" 2>"$dir/err"
}
# rows CODE: runs Python code on the rows of the last results, by family.
rows() {
  python3 -c "import json
row = {r['name'].split('/')[0]: r for r in json.load(open('$dir/results.json'))['benchmarks']}
$1
print('agreed')"
}
# judge FILE PREFIX FLAG...: judges the results by the objectives in FILE whose ids begin with PREFIX.
judge() {
  python3 -c "import json
thresholds = json.load(open('$thresholds/$1'))
thresholds['objectives'] = [o for o in thresholds['objectives'] if o['id'].startswith('$2')]
json.dump(thresholds, open('$dir/some.json', 'w'))"
  "$gate" "--thresholds=$dir/some.json" "${@:3}" "$dir/results.json"
}

# ---- Before anything is measured ----

expect 2 'target: read_run|target: 127.0.0.1:1: no connection' "$bench" --target=http://127.0.0.1:1
expect 2 'target: expected http://HOST' "$bench" --target=ftp://x
expect 2 'expected no --store and no --transport' "$bench" --target=http://127.0.0.1:1 --store=sqlite
start "$here/other_server.py" --without=dispatch-ready
expect 2 'target: it lacks what a run goes through: dispatch_ready: expected status 200, found 404' \
  "$bench" "--target=$url"
start "$here/other_server.py" --without=/roles
expect 2 'lacks what a run goes through: POST /roles: expected status 200 and an id, found 404' \
  "$bench" "--target=$url"
start env SLO_RUNNER_TOKEN=secret "$api_server" --listen=127.0.0.1:0
expect 2 'runner_status: expected status 200, found 401' "$bench" "--target=$url"
expect 0 'BM_LoadBurst/runs:50/steps:3/target:remote' env SLO_RUNNER_TOKEN=secret "$bench" \
  "--target=$url" --benchmark_filter=LoadBurst --slo_load_runs=50

# ---- A server of 5 ms, closed and open loop ----

start "$here/other_server.py" --delay-ms=5
measure 'LoadBurst|OpenLoad.*constant|HttpFloor' --slo_load_duration=3s --slo_open_rate=10 \
  --slo_open_runs=20
expect 0 'agreed' rows "burst, opened, floor = row['BM_LoadBurst'], row['BM_OpenLoad'], row['BM_HttpFloor']
for each in (burst, opened, floor):
    assert each['success_ratio'] == 1, each
assert burst['name'] == 'BM_LoadBurst/duration:3s/steps:3/target:remote/iterations:1/manual_time', burst
assert 5e3 <= burst['latency_p50_us'] < 20e3, burst
assert 40e3 <= burst['run_latency_p50_us'] < 160e3, burst
assert burst['requests_per_second'] < 200, burst
assert 40e3 <= opened['latency_p50_us'] < 400e3, opened
assert floor['latency_p50_us'] < 2e3 and floor['client_cpu_us'] > 0, floor"

# ---- A server that gets slower with every run ----

start "$here/other_server.py" --delay-ms=1 --growth-us=100
measure Soak --slo_soak_runs=100 --slo_soak_pace_ms=0 --slo_confidence=0.995
expect 1 '^fail: soak_latency_drift on' judge remote.json soak_ --allow-insufficient

# ---- A server that is killed in the middle ----

start "$api_server" --listen=127.0.0.1:0
measure 'LoadBurst|OpenLoad.*constant|RunPath/shape:chain/steps:3/.*manual_time$' --slo_load_duration=60s \
  --slo_open_rate=10 --slo_open_runs=20 &
measuring=$!
sleep 5
began="$SECONDS"
end_server
wait "$measuring" || true
expect 0 '^[0-9]$|^[12][0-9]$' echo "$((SECONDS - began))"
expect 0 'agreed' rows "burst = row['BM_LoadBurst']
assert burst['success_ratio'] < 0.9, burst
assert burst['failed_gone_count'] > 0 and burst['failed_connect_count'] > 0, burst
assert 'no connection' in burst['label'] or 'no answer' in burst['label'], burst"
expect 1 'failed_(broken|connect)_count=' judge original.json load_

# ---- A server that hangs ----

start "$api_server" --listen=127.0.0.1:0
measure LoadBurst --slo_load_duration=30s --timeout=1s &
measuring=$!
sleep 3
began="$SECONDS"
kill -STOP "$serving"
wait "$measuring" || true
expect 0 '^[0-9]$|^[12][0-9]$' echo "$((SECONDS - began))"
expect 0 'agreed' rows "burst = row['BM_LoadBurst']
assert burst['failed_timeout_count'] >= 2 and burst['failed_gone_count'] > 0, burst"
expect 1 'failed_timeout_count=' judge original.json load_
exit "$((failures > 0))"
