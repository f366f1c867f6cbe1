#!/usr/bin/env bash
# explain_test.sh ROOT BIN: slo_gate compare --explain, with a foreign program in two builds, and with bench_workflow.
# Skipped (77) without valgrind or a compiler.
set -euo pipefail

readonly root="$1" bin="$2"
# shellcheck source=tests/lib/expect.sh
source "$root/tests/lib/expect.sh"
dir="$(mktemp -d)"
trap 'rm -rf "$dir" "$output"' EXIT
for tool in valgrind addr2line g++ python3; do
  if ! command -v "$tool" >/dev/null; then
    printf 'skipped: %s is not installed\n' "$tool"
    exit 77
  fi
done

# compiled NAME FLAG...: the foreign program.
compiled() {
  local name="$1"
  shift
  g++ -std=c++20 -O2 "$@" "$root/tests/end_to_end/explained_program.cc" -o "$dir/$name" -lbenchmark -lpthread
}
compiled base -g1 &
compiled slower -g1 -DSLOWER &
compiled stripped -DSLOWER &
wait

# pairs BASE CANDIDATE FILTER [-- ARGUMENT...]: a file of two pairs, which decide nothing.
pairs() {
  "$bin/paired_bench" "--base=$1" "--candidate=$2" "--out=$dir/pairs.json" "--filter=$3" --pairs=2 --min_time=0.001 \
    "${@:4}" >/dev/null 2>&1
}

# holds EXPRESSION: of the explanations in the evidence, in Python; e: the first one.
holds() {
  python3 - "$dir/evidence/latest.json" "$1" <<'EOF' || failures=$((failures + 1))
import json, sys, pathlib, xml.dom.minidom
evidence = json.load(open(sys.argv[1]))
explanations = evidence["explanations"]
e = explanations[0]
first = e["functions"][0] if e.get("functions") else {}
svg = pathlib.Path(sys.argv[1]).parent / e.get("flame_graph", "")
if not eval(sys.argv[2]):
    print("FAILED: expected", sys.argv[2], "of", json.dumps(explanations, indent=1)[:3000])
    sys.exit(1)
EOF
}

# ---- A foreign program: the slowed function is inlined, and named all the same ----

readonly explain=("$bin/slo_gate" compare "--explain_benchmark=*" "--evidence_dir=$dir/evidence")
pairs "$dir/base" "$dir/slower" '^BM_Sold/10$'
expect 3 'verdict: insufficient' "$bin/slo_gate" compare "$dir/pairs.json"
expect 3 'explained: BM_Sold/10' "${explain[@]}" "$dir/pairs.json"
holds '"start-up and preparation cancel" in e["method"]'
holds 'first["function"].endswith("Mixed") or "Mixed(" in first["function"]'
holds 'abs(sum(f["difference"] for f in e["functions"]) - e["difference"]) < 0.01 * e["difference"]'
holds '600 < e["difference"] < 2400 and e["allocations"] == []'
holds 'abs(e["base_allocations"] - 2) < 1e-6 and abs(e["candidate_allocations"] - 2) < 1e-6'
holds 'len(xml.dom.minidom.parse(str(svg)).getElementsByTagName("rect")) > 3'
expect 0 '0 differences' "$bin/slo_gate" verify "$dir/evidence/latest.json"

# ---- A program that fixes its iterations, and one without debug information ----

pairs "$dir/base" "$dir/stripped" '^BM_Sold/20/iterations:64$'
expect 3 'explained: BM_Sold/20/iterations:64' "${explain[@]}" "$dir/pairs.json"
holds '"the program fixes its iterations" in e["method"]'
holds '"the candidate has no debug information" in " ".join(e["notes"])'
holds 'e["difference"] > 1200 and "Sold" in first["function"]'

# ---- The same build: the same instructions ----

pairs "$dir/base" "$dir/base" '^BM_Sold/10$'
expect 3 'both builds execute the same instructions' "${explain[@]}" "$dir/pairs.json"
holds 'e["same_instructions"] and abs(e["difference"]) <= 5e-5 * e["base"]'

# ---- Arguments are passed on, and what knows nothing of them is not used ----

pairs "$bin/bench_workflow" "$bin/bench_workflow" '^BM_HarnessFloor/real_time$' -- --slo_seed=7
expect 3 'explained: BM_HarnessFloor' "${explain[@]}" "$dir/pairs.json"
holds '"the program under callgrind" in e["method"]'

# ---- Without valgrind, or without a program: what to do, and the same exit code ----

pairs "$dir/base" "$dir/base" '^BM_Sold/10$'
expect 3 'explained: BM_Sold' env "PATH=$dir" "${explain[@]}" "$dir/pairs.json"
holds '"sudo apt-get install valgrind" in e["problem"]'
rm "$dir/base"
expect 3 'not explained: .*base' "${explain[@]}" "$dir/pairs.json"

# ---- Ours: the exact costs, as callgrind counts them without any of this ----

readonly row=BM_ReadRun/shape:chain/steps:3/stored_runs:0
mapfile -t counting_environment < <(grep -v '^#' "$root/tools/lib/counting_environment")
# collected ITERATIONS: as tools/count-instructions counts.
collected() {
  env -i "${counting_environment[@]}" \
    "$(command -v valgrind)" --tool=callgrind --callgrind-out-file=/dev/null \
    '--toggle-collect=slo::exact::MeteredSend*' '--toggle-collect=slo::exact::Heap*' \
    "$bin/bench_exact" "--iterations=$1" "--filter=^$row\$" 2>&1 >/dev/null |
    sed -n 's/^==[0-9]*== Collected : \([0-9]*\)$/\1/p'
}
pairs "$bin/bench_workflow" "$bin/bench_workflow" "^$row/manual_time\$"
expect 3 'bench_exact under callgrind' "${explain[@]}" "$dir/pairs.json"
exact="$((($(collected 96) - $(collected 32)) / 64))"
holds "abs(e['base'] - $exact) < 0.0001 * $exact and e['per'] == 'request'"
holds 'e["base_allocations"] > 0'
exit "$((failures > 0))"
