# shellcheck shell=bash
# Sourced by scripts: their flags, their version, and the message about an unknown flag. No side effects when sourced.

# slo_read_arguments ARGUMENT...: puts them into the array slo_arguments, with dashes for underscores in the
# names of flags: those are the same.
slo_read_arguments() {
  slo_arguments=()
  local argument name
  for argument in "$@"; do
    name="${argument%%=*}"
    if [[ "$name" == --* ]]; then argument="${name//_/-}${argument#"$name"}"; fi
    slo_arguments+=("$argument")
  done
}

# slo_version PROGRAM: what --version prints.
slo_version() {
  local lists version
  lists="$(dirname "${BASH_SOURCE[0]}")/../../CMakeLists.txt"
  version="$(sed -n 's/^project(workflow_slo VERSION \([0-9.]*\).*/\1/p' "$lists")"
  printf '%s %s\n' "$1" "$version"
}

# slo_nearest_name WORD: which of the names (one a line, on stdin) was probably meant. A program of ours knows;
# before anything is built there is none, and nothing is printed.
slo_nearest_name() {
  local program
  for program in "${SLO_NEAREST_NAME:-}" "$(dirname "${BASH_SOURCE[0]}")"/../../build/*/bin/nearest_name; do
    if [[ -x "$program" ]]; then
      "$program" "$1" 2>/dev/null || true
      return
    fi
    # The one that was asked for, or none.
    if [[ -n "$program" && "$program" == "${SLO_NEAREST_NAME:-}" ]]; then return; fi
  done
}

# slo_unknown_flag ARGUMENT: what is wrong with a flag that none of the flags (one a line, on stdin) is, or that one of
# them is with a value where it takes none, or without.
slo_unknown_flag() {
  local LC_ALL=C names nearest word="${1%%=*}"
  word="${word:0:100}"
  names="$(cat)"
  if grep -qxF -e "$word" <<<"$names"; then
    case "$1" in
      *=?*) printf '%s: takes no value\n' "$word" ;;
      *) printf '%s: expected a value (%s=...)\n' "$word" "$word" ;;
    esac
    return
  fi
  nearest="$(slo_nearest_name "$word" <<<"$names")"
  printf '%s: unknown flag; %ssee --help\n' "${word//[^ -~]/?}" "${nearest:+did you mean $nearest? }"
}
