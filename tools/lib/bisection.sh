# shellcheck shell=bash disable=SC2154,SC2034
# Sourced by tools/bisect-regression, whose variables it uses: programs of revisions, and comparisons of two of them.

# short COMMIT: its name as it is shown.
short() { printf '%s' "${1:0:12}"; }

# program_of COMMIT: where its benchmark program is kept.
program_of() { printf '%s/%s/%s' "$programs" "$1" "$program_name"; }

# build_here OUT: builds what is checked out, and leaves the program at OUT.
build_here() {
  cd "$tree" || return
  if [[ -n "$build_program" ]]; then
    "$build_program" "$1" && [[ -x "$1" ]]
    return
  fi
  cmake --preset release && cmake --build --preset release --target bench_workflow &&
    cp build/release/bin/bench_workflow "$1"
}

# build_explained_here OUT: the program beside bench_workflow by which slo_gate explains a change.
build_explained_here() {
  cd "$tree" && cmake --preset release && cmake --build --preset release --target bench_exact &&
    cp build/release/bin/bench_exact "$1"
}

# build_revision COMMIT: makes its program, unless it is kept from an earlier search. Fails where the revision cannot be
# built; $logs/COMMIT.log says why.
build_revision() {
  local folder="$programs/$1" began="$SECONDS" unfinished
  if [[ -x "$(program_of "$1")" ]]; then return; fi
  if ! slo_worktree "$repository" "$tree" "$1"; then
    say "$(short "$1"): git cannot check it out; the message is above"
    exit 2
  fi
  # Under its name only when it is complete, with whatever the build puts beside it.
  unfinished="$folder.unfinished"
  rm -rf "$unfinished" "$folder"
  mkdir -p "$unfinished"
  if ! slo_run_step "$script: building $(short "$1")" "$logs/$1.log" build_here "$unfinished/$program_name"; then
    rm -rf "$unfinished"
    return 1
  fi
  mv "$unfinished" "$folder"
  say "built $(short "$1") in $((SECONDS - began)) s"
}

# list_benchmarks COMMIT: the names of its benchmarks, one a line, into $logs/COMMIT.list.
list_benchmarks() {
  # In the foreground: it stays in the step's process group, and so ends with it.
  slo_run_step "$script: listing the benchmarks of $(short "$1")" "$logs/$1.list" \
    timeout --foreground 60 "$(program_of "$1")" --benchmark_list_tests=true || true
}

# prepare COMMIT: builds it. Fails, with `why_skipped`, where it cannot be measured.
prepare() {
  if ! build_revision "$1"; then
    why_skipped="cannot be built ($logs/$1.log)"
    return 1
  fi
  list_benchmarks "$1"
  if ! grep -qxF -e "$benchmark" "$logs/$1.list"; then
    why_skipped="does not have the benchmark"
    return 1
  fi
}

# read_verdict FILE: sets `outcome` and `reason` to those of the change, not of the controls: of several metrics the one
# that regressed, else the one that is undecided, else the first.
read_verdict() {
  local line
  line="$(awk '
    function text_of(line) {
      sub(/^ *"[a-z_]+": "/, "", line)
      sub(/",?$/, "", line)
      gsub(/\\"/, "\"", line)
      return line
    }
    /^ *"metric": /  { metric = text_of($0) }
    /^ *"reason": /  { reason = text_of($0) }
    /^ *"outcome": / { outcome = text_of($0) }
    /^ *"control": "none"/ {
      rank = outcome == "regressed" ? 3 : outcome == "undecided" ? 2 : 1
      if (rank > worst) {
        worst = rank
        found = outcome "\t" metric ": " reason
      }
    }
    END { print found }' "$1")"
  outcome="${line%%$'\t'*}" reason="${line#*$'\t'}"
}

# measure BASE CANDIDATE SECONDS [more]: measures pairs for so long, with `more` in addition to those that are there, and
# judges them. Sets `outcome` to ok, improved, regressed,
# undecided, invalid (a control failed) or failed (a program did), `reason` to a sentence, and `pairs` to the file.
measure() {
  local name status=0 judged=0 flags=()
  name="$(short "$1")-$(short "$2")"
  pairs="$dir/pairs/$name.json"
  flags=("--base=$(program_of "$1")" "--candidate=$(program_of "$2")" "--out=$pairs" "--filter=$filter"
    "--limits=$limits" "${pair_flags[@]}")
  if [[ "${4:-}" == more ]]; then flags=("--resume=$pairs"); fi
  slo_run_step "$script: measuring $(short "$2") against $(short "$1")" "$logs/$name.log" \
    "$bin/paired_bench" "--budget=$3s" "${flags[@]}" || status=$?
  # 1: a benchmark failed, which the file says.
  if [[ "$status" -gt 1 ]]; then
    cat "$logs/$name.log" >&2
    say "paired_bench ended with exit code $status"
    exit 2
  fi
  "$bin/slo_gate" compare "--limits=$limits" --format=json "$pairs" >"$dir/pairs/$name.verdict.json" \
    2>"$logs/$name.log" || judged=$?
  if [[ "$judged" -eq 2 ]]; then
    cat "$logs/$name.log" >&2
    exit 2
  fi
  outcome="" reason=""
  read_verdict "$dir/pairs/$name.verdict.json"
  case "$judged:$outcome" in
    4:*) outcome=invalid ;;
    3:*) outcome=undecided ;;
    *:ok | *:improved | *:regressed) ;;
    *)
      reason="${reason:-the benchmark was not measured} ($pairs)"
      outcome=failed
      ;;
  esac
}

# compare BASE CANDIDATE: the same with as much time as it takes, up to seven times the budget. Where it is undecided the
# pairs go on in their plan, so that the error is not spent again; where a control failed they begin anew.
compare() {
  local factor more=""
  for factor in 1 2 4; do
    measure "$1" "$2" "$((budget_seconds * factor))" "$more"
    say "$(short "$2") against $(short "$1"): $outcome; $reason"
    case "$outcome" in
      undecided) more=more ;;
      invalid) more="" ;;
      *) return ;;
    esac
    if ((factor < 4)); then say "measuring ${more:-again}, for up to $((budget_seconds * factor * 2)) s"; fi
  done
}

# explain PARENT FIRST: prints which functions make the change that `pairs` has, where slo_gate can say so.
explain() {
  local revision exact status=0
  # grep reads all of it: slo_gate would otherwise be told that nobody reads.
  if ! "$bin/slo_gate" compare --help | grep -e '--explain' >/dev/null; then return 0; fi
  # The instructions are those of bench_exact, which is built for the two revisions only.
  for revision in "$1" "$2"; do
    exact="$programs/$revision/bench_exact"
    if [[ -z "$build_program" && ! -x "$exact" ]]; then
      slo_worktree "$repository" "$tree" "$revision"
      slo_run_step "$script: building bench_exact of $(short "$revision")" "$logs/$revision-exact.log" \
        build_explained_here "$exact" || true
    fi
    if [[ ! -x "$exact" ]]; then
      say "no explanation: there is no bench_exact of $(short "$revision")"
      return 0
    fi
  done
  "$bin/slo_gate" compare "--limits=$limits" --explain "$pairs" || status=$?
  # 1 is its verdict on the change, which is known.
  if [[ "$status" -gt 1 ]]; then say "slo_gate compare --explain ended with exit code $status"; fi
}
