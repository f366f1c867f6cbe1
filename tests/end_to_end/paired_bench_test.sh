#!/usr/bin/env bash
# paired_bench_test.sh PAIRED_BENCH SLO_GATE OBJECTIVES: runs the collector with binaries that behave badly,
# and judges the pairs files.
# shellcheck disable=SC2016  # the programs expand the expressions, not this script
set -euo pipefail

readonly paired="$1" gate="$2" objectives="$3"
# shellcheck source=tests/lib/expect.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
dir="$(mktemp -d)"
trap 'rm -rf "$dir" "$output"' EXIT
readonly limits="$dir/limits.json"
cat >"$limits" <<'EOF'
{"version": 1, "tolerances": [
  {"id": "all", "benchmark": "*", "max_increase": "3%", "why": "a test", "source": "a test"}]}
EOF

# make NAME SCRIPT: a program that lists BM_A and BM_B, and runs the script to measure one.
make() {
  cat >"$dir/$1" <<EOF
#!/bin/sh
for argument; do
  case "\$argument" in
    --benchmark_out=*) out="\${argument#*=}" ;;
    --benchmark_filter=*) filter="\${argument#*=}" ;;
  esac
done
case "\$*" in
  *--benchmark_list_tests=true*) printf '%s\n' ${LISTED:-BM_A BM_B} | grep -E "\${filter:-.}"; exit 0 ;;
  *BM_A*) name=BM_A ;;
  *) name=BM_B ;;
esac
row() {
  printf '{"name": "%s", "run_type": "iteration", "real_time": %s, "cpu_time": %s, "time_unit": "ns"}' \
    "\$name" "\$1" "\$1"
}
results() { printf '{"context": {"num_cpus": 1}, "benchmarks": [%s]}\n' "\$1" >"\$out"; }
$2
EOF
  chmod +x "$dir/$1"
}
# About 1000, another one each time, and never 3 % more than another.
make good 'results "$(row "100$(date +%N | cut -c6).$(date +%N | cut -c7)")"'
make crash 'if [ "$name" = BM_B ]; then echo about to die >&2; kill -SEGV $$; fi; results "$(row 1000)"'
make hang 'if [ "$name" = BM_B ]; then trap "" TERM; sleep 300; fi; results "$(row 1000)"'
make chatty 'echo hello'
make noisy 'echo hello; results "$(row 1000)"; echo "{"'
make repeating 'results "$(row 9), $(row 1000), $(row 2000)"'
make nan 'results "$(row NaN)"'
make zero 'results "$(row 0)"'
make error 'results "{\"name\": \"$name\", \"error_occurred\": true, \"error_message\": \"no luck\"}"'
LISTED="BM_A" make fewer 'results "$(row 1000)"'
printf '#!/bin/sh\nexit 7\n' >"$dir/unlisted"
printf 'no program' >"$dir/text"
chmod +x "$dir/unlisted"

# pairs CANDIDATE FLAG...: the command, with a file named after the candidate.
pairs() {
  local candidate="$1"
  shift
  "$paired" "--base=$dir/good" "--candidate=$dir/$candidate" "--out=$dir/$candidate.json" --pairs=16 \
    --timeout=2s "$@"
}

# judged STATUS PATTERN CANDIDATE FLAG...: judges the candidate's pairs. One quiet control in a hundred finds a difference
# by chance, which is the error that the gate promises. Then the pairs are measured a second time.
judged() {
  local wanted="$1" pattern="$2" candidate="$3" status=0
  shift 3
  "$gate" "--thresholds=$limits" "$@" "$dir/$candidate.json" >/dev/null 2>&1 || status=$?
  if [[ "$status" -eq 4 ]]; then pairs "$candidate" >/dev/null 2>&1 || true; fi
  expect "$wanted" "$pattern" "$gate" "--thresholds=$limits" "$@" "$dir/$candidate.json"
}

expect 0 'BM_B' pairs good
also 'comparisons; 16 pairs each, after about [0-9.]+ s; the budget is 1m'
expect 0 '"programs":"copied for each pair"' cat "$dir/good.json"
# One that needs what lies beside it, one that runs in no copy, and a temporary folder that is none.
printf '#!/bin/sh\n. "$(dirname "$0")/good"\n' >"$dir/bound"
chmod +x "$dir/bound"
expect 0 'BM_B' pairs bound
never 'not copied'
make placed 'case "$0" in */.paired-*) exit 1 ;; esac; results "$(row 1000)"'
expect 0 'not copied .*: BM_A runs in place, and not as copies' pairs placed
expect 0 'not copied .*: --in_place' pairs good --in-place
expect 0 'not copied' env TMPDIR=/no/such/place "$paired" "--base=$dir/good" "--candidate=$dir/good" \
  "--out=$dir/uncopied.json" --pairs=2
expect 0 '"programs":"not copied: TMPDIR: ' cat "$dir/uncopied.json"
judged 0 'benchmarks: 2 expected = 2 judged' good --allow-insufficient
expect 1 'BM_B: trial: candidate \(.*/crash\): SIGSEGV; stderr: about to die' pairs crash
judged 1 'error .* BM_B' crash
expect 1 'BM_B: trial: candidate \(.*/hang\): timed out' pairs hang
expect 1 'BM_A: trial: candidate \(.*/chatty\): it wrote nothing into the file of --benchmark_out' pairs chatty
also 'no benchmark can be measured as a control'
expect 0 'BM_B' pairs noisy
expect 0 'BM_B' pairs repeating
expect 0 '"candidate":\[1000.0,1000.0' cat "$dir/repeating.json"
expect 1 'NaN' pairs nan
expect 1 'no luck' pairs error
expect 0 'undecided' pairs zero
expect 1 'no_time .*' "$gate" "--thresholds=$limits" "$dir/zero.json"
expect 0 'BM_B: the candidate does not have it' pairs fewer
judged 1 '2 expected = 1 judged \+ 0 waived \+ 1 missing' fewer
expect 2 'candidate=.*/nowhere: cannot list its benchmarks: cannot be started: No such file' pairs nowhere
expect 2 'candidate=.*/unlisted: cannot list its benchmarks: exit code 7' pairs unlisted
expect 2 'candidate=.*/text: cannot list its benchmarks: cannot be started' pairs text
expect 2 'filter=BM_Z: matches none of the benchmarks: BM_A, BM_B' pairs good --filter=BM_Z
expect 2 'control=BM_C: expected a benchmark' pairs good --control=BM_C
expect 2 'does not say in its context that it reads the variable' pairs good --slowed_env=SLOW=1
expect 2 'cpu=1000: expected one that the process may use' pairs good --cpu=1000
expect 2 'out=/no/such/place/p.json: expected a file' "$paired" "--base=$dir/good" \
  "--candidate=$dir/good" --out=/no/such/place/p.json
expect 2 'is a file of pairs' "$gate" "--thresholds=$objectives" "$dir/good.json"

# What is no file is written to, and stays what it is.
ln -s /proc/self/fd/1 "$dir/standard_output"
expect 0 '^\{"kind":"workflow-slo-pairs"' pairs good "--out=$dir/standard_output"
mkfifo "$dir/fifo"
cat "$dir/fifo" >"$dir/read" &
expect 0 'BM_B' pairs good "--out=$dir/fifo"
wait $!
expect 0 'workflow-slo-pairs' cat "$dir/read"
if [[ ! -p "$dir/fifo" ]]; then
  printf 'FAILED: the pipe was replaced\n'
  failures=$((failures + 1))
fi

# Ctrl-C: what was measured stays, and nobody is left behind. A shell's background jobs ignore SIGINT,
# hence the SIGTERM.
# The third process of BM_B is the first pair's: it is tried twice before.
make slow "
if [ \"\$name\" = BM_B ]; then echo >>'$dir/count'; fi
if [ \"\$name\" = BM_B ] && [ \"\$(wc -l <'$dir/count')\" -ge 3 ]; then sleep 300; fi
results \"\$(row 1000)\""
touch "$dir/count"
"$paired" "--base=$dir/good" "--candidate=$dir/slow" "--out=$dir/stopped.json" 2>"$output" &
collector=$!
until [[ "$(wc -l <"$dir/count")" -ge 3 ]]; do sleep 0.05; done
children="$(pgrep -P "$collector")"
kill -TERM "$collector"
status=0
wait "$collector" || status=$?
if [[ "$status" -ne 143 ]]; then
  printf 'FAILED: expected exit 143 of an interrupted collector, found %s\n' "$status"
  failures=$((failures + 1))
fi
for child in $children; do
  if kill -0 "$child" 2>/dev/null; then
    printf 'FAILED: process %s is left of an interrupted collector\n' "$child"
    failures=$((failures + 1))
  fi
done
expect 3 'the collection was interrupted by its user' "$gate" --all "--thresholds=$limits" "$dir/stopped.json"

exit "$((failures > 0))"
