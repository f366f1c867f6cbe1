#!/usr/bin/env bash
# style_format.sh ROOT: every source file is as clang-format leaves it.
set -euo pipefail
cd "$1"

if ! command -v clang-format >/dev/null; then
  echo 'clang-format is missing; sudo apt-get install -y --no-install-recommends clang-format'
  exit 1
fi
find bench fixtures tests tools -name '*.h' -print0 -o -name '*.cc' -print0 |
  xargs -0 clang-format --dry-run --Werror
