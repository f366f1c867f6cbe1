#!/usr/bin/env bash
# format.sh ROOT: checks that clang-format version 14 (Debian 12) would not change any source file. Other versions
# format differently. With another version the exit code is 3, for which ctest calls the test skipped.
set -euo pipefail
cd "$1"

readonly version=14
if command -v "clang-format-$version" >/dev/null; then
  formatter="clang-format-$version"
elif command -v clang-format >/dev/null; then
  formatter=clang-format
else
  echo 'clang-format is missing; sudo apt-get install -y --no-install-recommends clang-format'
  exit 1
fi
found="$("$formatter" --version | sed -nE 's/.*version ([0-9]+).*/\1/p')"
if [[ "$found" != "$version" ]]; then
  printf 'skipped: the files are formatted for clang-format %s (Debian 12), this is version %s\n' "$version" "$found"
  exit 3
fi
find bench fixtures tests tools -name '*.h' -print0 -o -name '*.cc' -print0 |
  xargs -0 "$formatter" --dry-run --Werror
