# shellcheck shell=bash
# Sourced by the scripts beside it: long steps. They show their progress. When the script is told to end, they end
# with all processes that they started. No side effects when sourced.

# Without a terminal, progress is shown every so many seconds.
slo_progress_seconds=15
# How long a step may take to end, in tenths of a second.
slo_end_tenths=100
# The process group of the current step; empty between steps.
slo_step_group=""

# Whether stderr is a terminal, where a line can change.
slo_is_terminal() { [[ -t 2 ]]; }

# slo_end_script SIGNAL: ends the running step, then the script, with 128 + the signal.
slo_end_script() {
  trap '' INT TERM HUP
  slo_end_step
  exit "$((128 + $1))"
}

# Asks the step's processes to end, waits for slo_end_tenths, then kills them.
slo_end_step() {
  local group="$slo_step_group" tenths
  # In a trap, a plain return has the status of the command before the trap.
  if [[ -z "$group" ]]; then return 0; fi
  slo_step_group=""
  kill -TERM -- "-$group" 2>/dev/null || return 0
  for ((tenths = 0; tenths < slo_end_tenths; tenths++)); do
    if ! kill -0 -- "-$group" 2>/dev/null; then return 0; fi
    sleep 0.1
  done
  kill -KILL -- "-$group" 2>/dev/null || true
}

# slo_step_progress LOG: the progress that ninja or ctest printed last, as ": 12 of 53", or nothing.
slo_step_progress() {
  tail -c 4096 "$1" 2>/dev/null | tr '\r' '\n' |
    sed -nE 's/^\[([0-9]+)\/([0-9]+)\] .*/: \1 of \2/p; s/^ *([0-9]+)\/([0-9]+) Test +#.*/: \1 of \2/p' |
    tail -n 1
}

# slo_run_step NAME LOG COMMAND...: runs the command, which may be a function, without input and with its output
# in LOG. Meanwhile stderr shows NAME with the time and the progress: on a terminal in one line that changes,
# elsewhere in a line every slo_progress_seconds. Returns the command's exit code. From then on SIGINT, SIGTERM and
# SIGHUP end the script.
slo_run_step() {
  local name="$1" log="$2" began="$SECONDS" shown=0 elapsed status=0
  shift 2
  trap 'slo_end_script 2' INT
  trap 'slo_end_script 15' TERM
  trap 'slo_end_script 1' HUP
  # A process group of its own, so that a signal reaches every process that the step starts.
  set -m
  "$@" </dev/null >"$log" 2>&1 &
  slo_step_group=$!
  set +m
  while kill -0 "$slo_step_group" 2>/dev/null; do
    elapsed=$((SECONDS - began))
    if slo_is_terminal; then
      printf '\r\033[K%s, %d:%02d%s' "$name" "$((elapsed / 60))" "$((elapsed % 60))" \
        "$(slo_step_progress "$log")" >&2
    elif ((elapsed >= shown + slo_progress_seconds)); then
      shown="$elapsed"
      printf '%s, %d s%s\n' "$name" "$elapsed" "$(slo_step_progress "$log")" >&2
    fi
    sleep 0.2
  done
  wait "$slo_step_group" 2>/dev/null || status=$?
  slo_step_group=""
  if slo_is_terminal; then printf '\r\033[K' >&2; fi
  return "$status"
}

# slo_build SCRIPT DIR LOG PRESET [TARGET]...: configures and builds a preset of the tree in DIR, with messages that
# begin with SCRIPT. When that fails, prints the errors and returns 1.
slo_build() {
  local script="$1" dir="$2" log="$3" preset="$4" began="$SECONDS"
  shift 4
  local targets=()
  if [[ $# -gt 0 ]]; then targets=(--target "$@"); fi
  slo_configure_and_build() {
    cd "$dir" && cmake --preset "$preset" && cmake --build --preset "$preset" "${targets[@]}"
  }
  printf '%s: building (%s)\n' "$script" "$preset" >&2
  if ! slo_run_step "$script: building" "$log" slo_configure_and_build; then
    # Leaves out the lines of files that were built without a message.
    grep -vE '^\[[0-9]+/[0-9]+\] (Building|Linking|Generating)' "$log" >&2 || true
    printf '%s: the build failed; the errors are above\n' "$script" >&2
    return 1
  fi
  printf '%s: built in %d s\n' "$script" "$((SECONDS - began))" >&2
}
