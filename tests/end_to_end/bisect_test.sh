#!/usr/bin/env bash
# bisect_test.sh BIN: tools/bisect-regression on small histories whose programs are scripts, with the slo_gate and the
# paired_bench in BIN.
# shellcheck disable=SC2016  # the programs expand the expressions, not this script
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly bin="$1" bisect="$here/../../tools/bisect-regression"
# shellcheck source=tests/lib/expect.sh
source "$here/../lib/expect.sh"
dir="$(mktemp -d)"
trap 'rm -rf "$dir" "$output"' EXIT
export GIT_AUTHOR_NAME='An Author' GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=C GIT_COMMITTER_EMAIL=c@example.org
export GIT_CONFIG_GLOBAL=/dev/null

# Writes a program with one benchmark, as slow as the file "cost" says, in ns, and in the counter "mean" as the file
# "mean" says. It fails where there is a file "broken".
# Each build is noted. Where there is a file "endless", it notes its process, and does not end.
cat >"$dir/build" <<'END'
#!/bin/bash
set -euo pipefail
here="$(dirname "$0")"
git rev-parse HEAD >>"$here/built"
if [[ -e endless && ! -e "$here/ends" ]]; then
  sleep 300 &
  echo "$!" >"$here/endless"
  wait
fi
if [[ -e broken ]]; then
  echo 'the source is broken' >&2
  exit 1
fi
cat >"$1" <<PROGRAM
#!/bin/sh
cost=$(cat cost) mean=$(cat mean) name='$(cat name)'
PROGRAM
cat >>"$1" <<'PROGRAM'
for argument; do
  case "$argument" in
    --benchmark_out=*) out="${argument#*=}" ;;
  esac
done
case "$*" in
  *--benchmark_list_tests=true*) echo "$name"; exit 0 ;;
esac
# Never twice the same, and within one percent.
time="$((cost + $(date +%N | cut -c5))).$(date +%N | cut -c6-7)"
printf '{"context": {"num_cpus": 1}, "benchmarks": [{"name": "%s", "run_type": "iteration",' "$name" >"$out"
printf ' "real_time": %s, "cpu_time": %s, "mean": %s, "time_unit": "ns"}]}\n' "$time" "$time" \
  "$((mean + $(date +%N | cut -c5))).$(date +%N | cut -c6-7)" >>"$out"
PROGRAM
chmod +x "$1"
END
chmod +x "$dir/build"
cat >"$dir/limits.json" <<'END'
{"version": 1, "tolerances": [
  {"id": "all", "benchmark": "*", "max_increase": "3%", "why": "a test", "source": "a test"}]}
END
cat >"$dir/means.json" <<'END'
{"version": 1, "tolerances": [
  {"id": "all", "benchmark": "*", "max_increase": "3%", "why": "a test", "source": "a test"},
  {"id": "mean", "benchmark": "*", "metric": "mean", "max_increase": "5%", "why": "a test", "source": "a test"}]}
END

# history NAME: a repository; commit SUBJECT [FILE CONTENT]...: a revision of it, with a tag of its subject.
history() {
  repository="$dir/$1"
  git init --quiet --initial-branch=main "$repository"
  commit r0 cost 1000 mean 1000 name 'BM_A/x:1 (a+b)'
}
commit() {
  local subject="$1"
  shift
  while [[ $# -gt 0 ]]; do
    printf '%s\n' "$2" >"$repository/$1"
    shift 2
  done
  git -C "$repository" add --all
  git -C "$repository" commit --quiet --allow-empty --message="$subject"
  git -C "$repository" tag "$subject"
}
# search GOOD BAD FLAG...: in that repository.
search() {
  "$bisect" "--repository=$repository" "--build=$dir/build" "--dir=$dir/work" "--bin=$bin" \
    "--limits=$dir/limits.json" '--benchmark=BM_A/x:1 (a+b)' "$@"
}
# nothing_left: no worktree but the user's, and no state of a bisection.
nothing_left() {
  git -C "$repository" worktree list | wc -l
  if [[ -e "$dir/work/tree" ]]; then echo 'a worktree is left'; fi
  find "$repository/.git" -path '*worktrees*' -name 'BISECT*'
}

# ---- Bad arguments, all at once ----

history straight
expect 2 '^bisect-regression: nowhere: is no commit of ' search nowhere main --budget=soon --frobnicate
also '^bisect-regression: --budget: expected seconds or minutes such as 30s or 2m, found "soon"$'
also 'frobnicate: unknown flag'
expect 2 'expected two revisions, GOOD and BAD' search
expect 2 'r0 and main: expected two revisions, both are' search r0 main
expect 2 'b: expected two revisions, r0 and main are there' search r0 main b
expect 2 'expected --benchmark=NAME' "$bisect" r0 main "--repository=$repository"
expect 2 'is no git repository' search r0 main "--repository=$dir/nowhere"
expect 2 'build=.*limits.json: expected a program' search r0 main "--build=$dir/limits.json"
expect 2 'expected at most 6 hours' search r0 main --budget=1000m

# ---- Found, among revisions of which one cannot be built ----

for i in 1 2 3 4 5 6; do commit "r$i" "file$i" "$i"; done
commit r7 cost 1100
for i in 8 9; do commit "r$i" "file$i" "$i"; done
# b4 is the first that a search between r0 and b9 selects.
git -C "$repository" checkout --quiet -B broken r3
commit b4 broken yes
git -C "$repository" rm --quiet broken
commit b5 file5 5
commit b6 file6 6
commit b7 cost 1100
for i in 8 9; do commit "b$i" "file$i" "$i"; done
# The user's own checkout and bisection stay as they are.
git -C "$repository" bisect start b9 r0 >/dev/null
git -C "$repository" bisect log >"$dir/before"
head_before="$(git -C "$repository" rev-parse HEAD)"

expect 0 '^the first revision that costs more:$' search r0 r9
also "^  $(git -C "$repository" rev-parse --short=12 r7)  [0-9-]{10}  An Author  r7$"
also "^against its parent $(git -C "$repository" rev-parse --short=12 r6): regressed: cpu_time change: \+(9|10)\.[0-9]+ % \[\+.*\] over [0-9]+ pairs"
expect 0 '^1$' nothing_left
never BISECT
git -C "$repository" bisect log >"$dir/after"
expect 0 '^same$' bash -c "cmp '$dir/before' '$dir/after' && echo same"
expect 0 "^$head_before$" git -C "$repository" rev-parse HEAD

# A second search builds nothing.
: >"$dir/built"
expect 0 'An Author  r7$' search r0 r9
expect 0 '^0$' bash -c "wc -l <'$dir/built'"

expect 0 'An Author  b7$' search r0 b9
also 'skipped: cannot be built'

# ---- Explained, where slo_gate can and the programs are there ----

mkdir "$dir/explaining"
ln -s "$bin/paired_bench" "$dir/explaining/paired_bench"
cat >"$dir/explaining/slo_gate" <<END
#!/bin/sh
case "\$*" in
  'compare --help') echo '  --explain  why' ;;
  *--explain*) echo "explained: \$*"; exit 1 ;;
  *) exec '$bin/slo_gate' "\$@" ;;
esac
END
chmod +x "$dir/explaining/slo_gate"
expect 0 'no explanation: there is no bench_exact of' search r6 r7 "--bin=$dir/explaining"
programs=("$dir/work/programs-"*)
for revision in r6 r7; do
  exact="${programs[0]}/$(git -C "$repository" rev-parse "$revision")/bench_exact"
  touch "$exact"
  chmod +x "$exact"
done
expect 0 '^explained: compare --limits=.* --explain .*/pairs/[0-9a-f]+-[0-9a-f]+\.json$' search r6 r7 "--bin=$dir/explaining"

# ---- Nothing to find ----

expect 1 '^nothing to find: r6 is not regressed$' search r0 r6
also 'r6|over [0-9]+ pairs'
expect 1 'improved' search r7 r0
expect 0 '^1$' nothing_left

# ---- The revisions that could be it cannot be measured ----

history unclear
commit r1 file1 1
commit r2 broken yes
commit r3 name BM_B
git -C "$repository" rm --quiet broken
commit r4 name 'BM_A/x:1 (a+b)' cost 1100
commit r5 file5 5
expect 3 '^undecided: only skipped revisions are left; the first that costs more is one of:$' search r0 r5
also 'An Author  r2$'
also 'An Author  r3$'
also 'An Author  r4$'
never 'An Author  r5$'
expect 2 'cannot be built' search r0 r2
also 'the source is broken'
git -C "$repository" checkout --quiet -B other r1
commit o2 name BM_B
expect 2 'does not have the benchmark' search r0 o2

# ---- Small increases that add up: no revision alone costs more than is tolerated ----

history creep
commit r1 cost 1025
commit r2 cost 1050
expect 3 'this revision alone is not shown to cost more' search r0 r2

# ---- A merge ----

history merged
commit r1 file1 1
git -C "$repository" checkout --quiet -b side r0
commit s1 cost 1100
commit s2 side2 2
git -C "$repository" checkout --quiet main
git -C "$repository" merge --quiet --no-ff --message=merge side
commit r3 file3 3
expect 0 'An Author  s1$' search r0 r3

# ---- GOOD is on another side, with an improvement that BAD lacks: nothing became slower ----

history sides
git -C "$repository" checkout --quiet -b faster r0
commit f1 cost 900
git -C "$repository" checkout --quiet main
for i in 1 2 3; do commit "m$i" "file$i" "$i"; done
expect 3 'git bisect ended with exit code 3' search f1 m3
also 'The merge base .* is bad'
also '^f1 has an improvement that m3 lacks: '

# ---- Interrupted: nothing runs, nothing is left, and what was built is kept ----

history stopped
commit r1 file1 1
commit r2 endless yes
commit r3 file3 3
git -C "$repository" rm --quiet endless
commit r4 cost 1100
# A shell's background jobs ignore SIGINT, unless each has a process group of its own.
set -m
search r0 r4 >"$output" 2>&1 &
running=$!
set +m
for ((i = 0; i < 600; i++)); do
  if [[ -s "$dir/endless" ]]; then break; fi
  sleep 0.1
done
# To the whole group, as a terminal does.
kill -INT -- "-$running"
status=0
wait "$running" || status=$?
if [[ "$status" -ne 130 ]]; then
  printf 'FAILED: expected exit 130 of an interrupted search, found %s and:\n' "$status"
  cat "$output"
  failures=$((failures + 1))
fi
if [[ "$(ps -o stat= -p "$(cat "$dir/endless")" 2>/dev/null || true)" =~ ^[^Z] ]]; then
  printf 'FAILED: the build of an interrupted search still runs\n'
  failures=$((failures + 1))
fi
expect 0 '^1$' nothing_left
never 'worktree is left|BISECT'
touch "$dir/ends"
: >"$dir/built"
expect 0 'An Author  r4$' search r0 r4
# r0 and r4 were built before.
expect 0 "$(git -C "$repository" rev-parse r2)" cat "$dir/built"
never "$(git -C "$repository" rev-parse r4)|$(git -C "$repository" rev-parse r0)"
# A second search does not disturb the first.
(
  exec {lock}>"$dir/work/lock"
  flock "$lock"
  search r0 r4 >"$output" 2>&1
) || true
also 'another search is using it'

# ---- Found by the second of two metrics, of which the first says nothing ----

history means
for i in 1 2 3; do commit "r$i" "file$i" "$i"; done
commit r4 mean 1200
commit r5 file5 5
expect 0 'An Author  r4$' search r0 r5 "--limits=$dir/means.json"
also "against its parent .*: regressed: mean change: "

exit "$((failures > 0))"
