# shellcheck shell=bash
# Sourced by the script tests: runs a command and compares its exit code and what it prints.

failures=0
output="$(mktemp)"

# expect STATUS PATTERN COMMAND...: the command's exit code, and text in what it prints.
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
