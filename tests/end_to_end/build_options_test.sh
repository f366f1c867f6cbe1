#!/usr/bin/env bash
# build_options_test.sh ROOT: checks which packages the build needs, by configuring it where others cannot be found.
set -euo pipefail

readonly root="$1"
# shellcheck source=tests/lib/expect.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib/expect.sh"
dir="$(mktemp -d)"
readonly dir
trap 'rm -rf "$dir"' EXIT

# configure NAME WITHOUT... -- FLAG...: configures where none of the packages WITHOUT can be found.
configure() {
  local name="$1" flags=()
  shift
  while [[ "$1" != -- ]]; do
    flags+=("-DCMAKE_DISABLE_FIND_PACKAGE_$1=ON")
    shift
  done
  shift
  cmake -S "$root" -B "$dir/$name" -G Ninja "${flags[@]}" "$@"
}

# configure's last word, so that a failure shows the package.
readonly bench=(benchmark SQLite3 SQLiteCpp ZLIB)
expect 0 'Generating done' configure gate "${bench[@]}" GTest -- -DSLO_BUILD_BENCH=OFF -DBUILD_TESTING=OFF
expect 0 'Generating done' configure gate_tests "${bench[@]}" -- -DSLO_BUILD_BENCH=OFF
expect 0 'Generating done' configure bench GTest -- -DBUILD_TESTING=OFF
for package in "${bench[@]}" GTest; do
  expect 1 "$package" configure "all_but_$package" "$package" --
done
for package in absl Boost nlohmann_json simdjson; do
  expect 1 "$package" configure "gate_but_$package" "$package" -- -DSLO_BUILD_BENCH=OFF -DBUILD_TESTING=OFF
done

exit "$((failures > 0))"
