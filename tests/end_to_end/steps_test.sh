#!/usr/bin/env bash
# The steps of slo-smoke and run-tests: their progress, signals end every process that they started, they wait for the
# lock of apt, and run-tests counts tests at its end.
# shellcheck disable=SC2016  # the programs expand the expressions, not this script
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly lib="$here/../../tools/lib"
# shellcheck source=tests/lib/expect.sh
source "$here/../lib/expect.sh"
dir="$(mktemp -d)"
trap 'rm -rf "$dir" "$output"' EXIT

# script NAME LINES: writes a script that sources the library.
script() {
  printf '#!/usr/bin/env bash\nset -euo pipefail\nsource "%s/packages.sh"\n%s\n' "$lib" "$2" >"$dir/$1"
  chmod +x "$dir/$1"
}

# ---- What a step shows, keeps and returns ----

script fails 'slo_run_step "a step" "$1" bash -c "echo words; echo more >&2; exit 7"'
expect 0 '^exit 7$' bash -c '"$0" "$1"; echo "exit $?"' "$dir/fails" "$dir/log"
never 'words|a step'
expect 0 '^words$' cat "$dir/log"
expect 0 '^more$' cat "$dir/log"
script slow 'slo_progress_seconds=1
slo_run_step "a step" "$1" bash -c "echo \"[3/9] Building x\"; sleep 1.5"'
expect 0 '^a step, 1 s: 3 of 9$' "$dir/slow" "$dir/log"
# On a terminal: one line that changes and is erased at the end.
script slow_on_terminal 'slo_is_terminal() { true; }
slo_run_step "a step" "$1" bash -c "echo \"[3/9] Building x\"; sleep 1.5"'
expect 0 'a step, 0:01: 3 of 9' "$dir/slow_on_terminal" "$dir/log"
also $'\r\e\\[K$'
expect 0 '^0$' bash -c "'$dir/slow_on_terminal' '$dir/log' 2>&1 | tr -cd '\n' | wc -c"
expect 0 ': 41 of 793$' bash -c "source '$lib/steps.sh'; printf ' 41/793 Test  #41: X.Y ... Passed 0.01 sec\n' >'$dir/log'; slo_step_progress '$dir/log'"

# ---- A signal ends the step and every process that it started ----

# ends SIGNAL BODY: sends the signal to a script whose step is BODY, which prints the id of a process that it started;
# prints the script's exit code, and the process where it still runs.
ends() {
  script parent "slo_end_tenths=10; slo_run_step 'a step' '$dir/log' bash -c '$2'"
  rm -f "$dir/log"
  "$dir/parent" 2>/dev/null &
  local parent=$! status=0
  for ((i = 0; i < 100; i++)); do
    if [[ -s "$dir/log" ]]; then break; fi
    sleep 0.1
  done
  kill "-$1" "$parent"
  wait "$parent" || status=$?
  local child
  child="$(cat "$dir/log")"
  # A killed process is gone, or is a zombie until init reaps it.
  if [[ "$(ps -o stat= -p "$child" 2>/dev/null || true)" =~ ^[^Z] ]]; then
    printf 'still runs: %s\n' "$child"
  fi
  printf 'exit %s\n' "$status"
}
expect 0 '^exit 143$' ends TERM 'sleep 300 & echo $!; wait'
never 'still runs'
expect 0 '^exit 129$' ends HUP 'sleep 300 & echo $!; wait'
never 'still runs'
# A process that ignores the signal.
expect 0 '^exit 143$' ends TERM 'trap "" TERM; sleep 300 & echo $!; wait'
never 'still runs'

# ---- Packages: the lock of apt ----

mkdir "$dir/bin"
printf '#!/bin/sh\nexit 1\n' >"$dir/bin/dpkg-query"
printf '#!/bin/sh\nshift 2>/dev/null; exec "$@"\n' >"$dir/bin/sudo"
cat >"$dir/bin/apt-get" <<EOF
#!/bin/sh
echo "\$@" >>"$dir/apt.log"
if [ "\$(grep -c update "$dir/apt.log")" -le "\${LOCKED:-0}" ]; then
  echo 'E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (unattended-upgr)' >&2
  exit 100
fi
if [ -n "\${BROKEN:-}" ]; then echo 'E: Unable to locate package' >&2; exit 100; fi
EOF
chmod +x "$dir/bin/"*
script installs 'slo_apt_lock_seconds="${WAIT:-60}"
slo_require_packages one two
echo installed'
# install NAME=VALUE...: installs with these variables and the programs above.
install() {
  rm -f "$dir/apt.log"
  env "PATH=$dir/bin:$PATH" "$@" "$dir/installs"
}
expect 0 '^installed$' install
expect 0 'install -y .*one two' cat "$dir/apt.log"
expect 0 'holds the lock of apt; waiting for it, up to 60 s' install LOCKED=1
also '^installed$'
expect 2 'held by process 7' install LOCKED=99 WAIT=1
expect 2 'Unable to locate package' install BROKEN=1
also '^  sudo apt-get update .* one two$'

# ---- CI: a machine that was too busy is measured twice, a failure counts at once ----

mkdir -p "$dir/ci/.ci" "$dir/ci/tools" "$dir/ci/docs/evidence" "$dir/ci/build/release/bin"
cp "$here/../../.ci/run" "$here/../../.ci/slo" "$dir/ci/.ci/"
# The file "codes" has its exit codes, one for each call.
cat >"$dir/ci/tools/slo-smoke" <<'EOF'
#!/bin/sh
touch docs/evidence/latest-results.json
code="$(head -n 1 codes)"
sed -i 1d codes
exit "$code"
EOF
printf '#!/bin/sh\necho "the tests ran"\nexit "${TESTS:-0}"\n' >"$dir/ci/tools/run-tests"
printf '#!/bin/sh\necho "the gate says it to GitHub: $*"\nexit 1\n' >"$dir/ci/build/release/bin/slo_gate"
chmod +x "$dir/ci/tools/"* "$dir/ci/build/release/bin/slo_gate"
# ci "CODE..." NAME=VALUE...: runs CI with these exit codes of slo-smoke.
ci() {
  tr ' ' '\n' <<<"$1" >"$dir/ci/codes"
  env -u GITHUB_ACTIONS "${@:2}" "$dir/ci/.ci/run"
}
expect 0 '^the tests ran$' ci 0
never 'once more|NO VERDICT'
expect 1 'ended with 1' ci '1 0'
never 'once more|the tests ran'
expect 2 'ended with 2' ci '2 0'
never 'once more|the tests ran'
expect 0 'once more' ci '3 0'
also '^the tests ran$'
never 'NO VERDICT'
expect 0 'NO VERDICT: .* twice with 4' ci '3 4'
also '^the tests ran$'
expect 1 'once more' ci '4 1'
expect 7 '^the tests ran$' ci 0 TESTS=7
expect 1 'the gate says it to GitHub: .*--format=github' ci 1 GITHUB_ACTIONS=true
never 'the tests ran'
expect 0 '^::warning title=no verdict::ci: NO VERDICT' ci '4 4' GITHUB_ACTIONS=true

# ---- How tests are counted ----

# junit CASES: summarizes a file as ctest writes it.
junit() {
  printf '<?xml version="1.0"?><testsuite>%s</testsuite>' "$1" >"$dir/junit.xml"
  "$lib/test_summary.py" "${@:2}" "$dir/junit.xml"
}
readonly passed='<testcase name="a" status="run"><system-out>fine</system-out></testcase>'
readonly skipped='<testcase name="b" status="notrun"><skipped message="SKIP_RETURN_CODE=3"/><system-out>x
skipped: no baseline here
</system-out></testcase>'
readonly googletest='<testcase name="c" status="notrun"><skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/><system-out>/a/c_test.cc:12: Skipped
this allocator does not tell

</system-out></testcase>'
readonly missing='<testcase name="d" status="notrun"><skipped message="NOT_AVAILABLE"/></testcase>'
readonly failed='<testcase name="e" status="fail"><failure message=""/></testcase>'
expect 0 '^1 passed, 0 failed, 0 skipped$' junit "$passed"
expect 0 '^1 passed, 0 failed, 2 skipped$' junit "$passed$skipped$googletest"
also '^skipped: b: no baseline here$'
expect 0 '^skipped: c: this allocator does not tell$' junit "$googletest"
expect 1 '^1 passed, 1 failed, 0 skipped$' junit "$passed$skipped" --strict
expect 1 '^failed: d$' junit "$missing"
expect 1 '^1 passed, 1 failed, 0 skipped$' junit "$passed$failed"
expect 1 '^0 passed, 0 failed, 0 skipped$' junit ''
printf 'no xml' >"$dir/other.xml"
expect 2 'other.xml: expected the results of ctest' "$lib/test_summary.py" "$dir/other.xml" "$dir/none.xml"
exit "$((failures > 0))"
