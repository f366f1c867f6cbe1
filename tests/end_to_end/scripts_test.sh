#!/usr/bin/env bash
# What the scripts print without building anything: --help, and every bad flag at once. The program that SLO_NEAREST_NAME
# names knows the nearest name.
set -euo pipefail

tools="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../tools" && pwd)"
# shellcheck source=tests/lib/expect.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
trap 'rm -f "$output"' EXIT

expect 0 'usage: tools/slo-smoke' "$tools/slo-smoke" --help
expect 0 'usage: tools/run-tests' "$tools/run-tests" --help
expect 0 'usage: tools/slo-smoke' env PATH=/usr/bin:/bin bash -c "cd / && '$tools/slo-smoke' --help"
expect 2 'laod-runs: unknown flag; did you mean --load-runs\?' "$tools/slo-smoke" --laod-runs=3
expect 2 'frobnicate: unknown flag; see --help' "$tools/slo-smoke" --frobnicate
# Before anything is built no program knows the nearest.
expect 2 'laod-runs: unknown flag; see --help' env SLO_NEAREST_NAME=/nowhere "$tools/slo-smoke" --laod-runs=3
expect 2 '^run-tests: --lable: unknown flag; did you mean --label\? see --help$' "$tools/run-tests" --lable=unit --prest=dev
also '^run-tests: --prest: unknown flag; did you mean --preset\? see --help$'
expect 2 '^slo-smoke: --load-runs: expected a value \(--load-runs=\.\.\.\)$' "$tools/slo-smoke" --load-runs
expect 2 '^slo-smoke: --original: takes no value$' "$tools/slo-smoke" --original=yes
expect 2 '\?\?x: unknown flag; see --help' "$tools/slo-smoke" $'--\e\tx'
# A dash and an underscore are the same in a flag's name, not in its value.
expect 2 'load runs: expected an integer .*, found "a_b-c"' "$tools/slo-smoke" --load_runs=a_b-c
expect 2 'load runs: expected an integer' "$tools/slo-smoke" --load-runs=0
expect 2 'load runs: expected an integer' "$tools/slo-smoke" --load-runs=-5
expect 2 'load runs: expected an integer' "$tools/slo-smoke" --load-runs=99999999999
expect 2 'soak pace: expected milliseconds' env SLO_SOAK_PACE_MS=fast "$tools/slo-smoke"
expect 2 'success ratio minimum' env SLO_SUCCESS_RATIO_MIN=1.5 "$tools/slo-smoke"
expect 2 'latency p99: expected milliseconds' "$tools/slo-smoke" --load-runs=0 --latency-p99-ms=x
expect 2 'latency p95: expected milliseconds, a number above zero' "$tools/slo-smoke" --latency-p95-ms=0.0
expect 2 'soak pace: .* 0 to 60000' "$tools/slo-smoke" --soak-pace-ms=60001
expect 2 'store: expected memory or sqlite' "$tools/slo-smoke" --store=redis
expect 2 'target: expected http://HOST:PORT' "$tools/slo-smoke" --target=localhost
expect 2 'target: a server that runs already' "$tools/slo-smoke" --target=http://127.0.0.1:1 --store=sqlite
expect 0 'usage: tools/dev/check-shards' "$tools/dev/check-shards" --help
expect 2 'usage: tools/dev/check-shards' "$tools/dev/check-shards" --frobnicate
expect 2 'preset=nope: expected release' "$tools/run-tests" --preset=nope
expect 2 'did you mean --preset\?' "$tools/run-tests" --prest=dev
expect 0 'usage: tools/dev/measure-regression-gate' "$tools/dev/measure-regression-gate" --help
expect 2 'runs: expected an integer' "$tools/dev/measure-regression-gate" --slowdown=none --runs=0
expect 2 '^measure-regression-gate: --runs: ' "$tools/dev/measure-regression-gate" --slowdown=none --runs=0 --min_time=1
never 'min.time'
expect 2 'slowdown: expected none or' "$tools/dev/measure-regression-gate" --tolerance=3
expect 0 'usage: tools/regression-gate' "$tools/regression-gate" --help
expect 2 'expected a revision to compare with' "$tools/regression-gate" --budget=5s
expect 2 'nowhere: is no commit' "$tools/regression-gate" nowhere
expect 2 'did you mean --skip-exact\?' "$tools/regression-gate" HEAD --skip-exakt
expect 0 'usage: tools/bisect-regression' "$tools/bisect-regression" --help
expect 2 'expected two revisions, GOOD and BAD' "$tools/bisect-regression" HEAD --benchmrk=BM_A
also 'benchmrk: unknown flag; did you mean --benchmark\?'
also 'expected --benchmark=NAME'
expect 0 'usage: tools/dev/measure-bisection' "$tools/dev/measure-bisection" --help
expect 2 'histories: expected an integer from 1 to 99' "$tools/dev/measure-bisection" --histories=0 --seed=x
also 'seed: expected an integer'
expect 0 'usage: tools/record-baseline' "$tools/record-baseline" --help
expect 2 'expected --exact or --times' "$tools/record-baseline"
expect 2 'times: expected --out=FILE' "$tools/record-baseline" --times
expect 2 'processes: expected an integer from 2' "$tools/record-baseline" --times --out=x --processes=1
expect 0 'usage: tools/count-instructions' "$tools/count-instructions" --help
expect 2 'expected --out=FILE' "$tools/count-instructions"
expect 2 'explain=/no/such: expected a directory' "$tools/count-instructions" --out=x --explain=/no/such --fnctions=x
also 'fnctions: unknown flag; did you mean --functions\?'
# A profile: costs of callees do not count, arguments of templates are left out, and the same name is added up.
profile="$(mktemp)"
cat >"$profile" <<'END'
version: 1
events: Ir
fl=a.cc
ob=/lib/libx.so.1
fn=F(std::vector<A<int> >&)
10 5
calls=1 20
+1 100
* 2
fn=F(std::vector<long>&)
-3 30
ob=/bin/program
fn=operator<<(S const&, T<int>)
7 1
END
expect 0 $'^libx.so.1: F\\(std::vector<>&\\)\t37$' awk -f "$tools/lib/function_costs.awk" "$profile"
also $'^program: operator_less\\(S const&, T<>\\)\t1$'
never '100|107|137'
printf 'function\tr1\tr2\nf\t10\t1\ng\t5.5\t2\nold\t4\t0\n' >"$profile.1"
printf 'function\tr1\tr2\tr3\nf\t10\t1\t1\ng\t5.25\t2\t1\nnew\t9\t0\t1\n' >"$profile.2"
changes=(awk -v most_rows=5 -v most_functions=2 -f "$tools/lib/function_changes.awk" "$profile.1")
expect 0 '^r1: 24\.250 instead of 19\.500 instructions \(\+24\.3590 %\)$' "${changes[@]}" "$profile.2"
also '^ +\+9\.000  new$'
also '^ +-4\.000  old$'
also '^ +and 1 more functions$'
never 'r2|r3'
expect 0 '^the instructions of 2 rows equal those of the baseline$' "${changes[@]}" "$profile.1"
rm -f "$profile" "$profile".[12]
expect 0 'usage: tools/dev/measure-layout' "$tools/dev/measure-layout" --help
expect 0 'usage: tools/dev/check-trace' "$tools/dev/check-trace" --help
expect 2 'no-such.json: cannot be read' "$tools/dev/check-trace" /no-such.json
expect 0 'usage: tools/dev/lint-workflows' "$tools/dev/lint-workflows" --help
expect 0 'usage: tools/dev/mutate' "$tools/dev/mutate" --help
expect 2 'smaple: unknown flag; did you mean --sample\?' "$tools/dev/mutate" --smaple=3
expect 2 'sample: expected an integer from 1' "$tools/dev/mutate" --sample=0 --jobs=1
expect 2 'no source matches nowhere' "$tools/dev/mutate" --files=nowhere
expect 2 'since: nowhere is no commit' "$tools/dev/mutate" --since=nowhere
expect 0 'usage: tools/dev/write-reference' "$tools/dev/write-reference" --help
expect 2 'chekc: unknown flag; did you mean --check\?' "$tools/dev/write-reference" --chekc
expect 0 'usage: tools/dev/coverage' "$tools/dev/coverage" --help
expect 2 'label=perf: expected unit, integration or conformance' "$tools/dev/coverage" --label=perf
expect 2 'did you mean --program\?' "$tools/dev/coverage" --pogram=stats_test
# gcovr's JSON: a function of the judging code that is never visited, and one outside of the judging code.
coverage="$(mktemp)"
cat >"$coverage" <<'END'
{"files": [{"file": "tools/lib/stats/a.cc",
            "functions": [{"name": "F(int)", "lineno": 3, "execution_count": 0},
                          {"name": "G()", "lineno": 7, "execution_count": 2}],
            "lines": [{"line_number": 3, "count": 0, "branches": [{"count": 0}, {"count": 0}]},
                      {"line_number": 7, "count": 2, "branches": [{"count": 1}, {"count": 1}]}]},
           {"file": "bench/b.cc", "functions": [{"name": "H()", "lineno": 1, "execution_count": 0}],
            "lines": []}]}
END
expect 1 'never visited: tools/lib/stats/a.cc:3: F\(int\)' "$tools/dev/coverage_by_folder.py" "$coverage"
expect 1 'tools/lib/stats  +2 +50.0% +4 +50.0%' "$tools/dev/coverage_by_folder.py" "$coverage"
sed -i 's/"execution_count": 0/"execution_count": 1/' "$coverage"
expect 0 'bench  +0 ' "$tools/dev/coverage_by_folder.py" "$coverage"
rm -f "$coverage"
exit "$((failures > 0))"
