#!/usr/bin/env bash
# files.sh ROOT: checks lengths, line widths, header guards, words for unfinished work, and that scripts stop at
# the first error.
set -euo pipefail
cd "$1"

status=0
complain() {
  printf '%s\n' "$*"
  status=1
}

while IFS= read -r -d '' file; do
  lines="$(wc -l <"$file")"
  case "$file" in
    *_test.cc) most=450 ;;
    *.cc) most=320 ;;
    *) most=160 ;;
  esac
  if ((lines > most)); then complain "$file: $lines lines; at most $most (one idea a file)"; fi
  if grep -nE '.{101,}' "$file"; then complain "$file: lines of more than 100 columns"; fi
  if grep -nE '\b(TO''DO|FIX''ME|X''XX|HA''CK)\b' "$file"; then complain "$file: left open"; fi
  if [[ "$file" == *.h ]]; then
    guard="SLO_$(tr 'a-z/.' 'A-Z__' <<<"$file")_"
    grep -q "^#ifndef $guard\$" "$file" || complain "$file: expected the guard $guard"
  fi
done < <(find bench fixtures tests tools -name '*.h' -print0 -o -name '*.cc' -print0)

for script in .ci/run $(grep -rlE "^#!/usr/bin/env bash" tools tests); do
  grep -q '^set -euo pipefail$' "$script" || complain "$script: expected set -euo pipefail"
  [[ -x "$script" ]] || complain "$script: not executable"
done
exit "$status"
