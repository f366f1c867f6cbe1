# shellcheck shell=bash
# Sourced by the script tests: runs a command and checks its exit code and its output.

failures=0
output="$(mktemp)"

# expect STATUS PATTERN COMMAND...: runs the command and checks its exit code and that its output has PATTERN.
expect() {
  local wanted="$1" pattern="$2" status=0
  shift 2
  "$@" >"$output" 2>&1 </dev/null || status=$?
  if [[ "$status" -ne "$wanted" ]] || ! grep -qE -e "$pattern" "$output"; then
    printf 'FAILED: %s\n  expected exit %s and /%s/, found exit %s and:\n' "$*" "$wanted" "$pattern" \
      "$status"
    cat "$output"
    failures=$((failures + 1))
  fi
}

# also PATTERN: the last command's output has this too; never PATTERN: it does not have this.
also() {
  if ! grep -qE -e "$1" "$output"; then
    printf 'FAILED: expected also /%s/, found:\n' "$1"
    cat "$output"
    failures=$((failures + 1))
  fi
}
never() {
  if grep -qE -e "$1" "$output"; then
    printf 'FAILED: expected no /%s/, found:\n' "$1"
    cat "$output"
    failures=$((failures + 1))
  fi
}
