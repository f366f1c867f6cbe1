# shellcheck shell=bash disable=SC2034
# Sourced by the scripts beside it: which Debian or Ubuntu packages the project needs, and how what
# is missing gets installed. No side effects when sourced.

# What configuring, building and running need.
readonly SLO_BUILD_PACKAGES=(
  cmake g++ git ninja-build
  libabsl-dev libbenchmark-dev libboost-dev libboost-math-dev libgmock-dev libgtest-dev
  libsqlite3-dev libsqlitecpp-dev
  nlohmann-json3-dev zlib1g-dev)
# What the tests need on top: the schemas are checked by other people's validators.
readonly SLO_TEST_PACKAGES=(libxml2-utils python3 python3-jsonschema)
# What counting instructions needs on top.
readonly SLO_COUNT_PACKAGES=(valgrind)
# What the style checks need on top.
readonly SLO_STYLE_PACKAGES=(clang-format)
readonly SLO_TIDY_PACKAGES=(clang-tidy)
# What planting mutants needs on top: python3-clang brings the libclang of its distribution.
readonly SLO_MUTATE_PACKAGES=(python3 python3-clang)
# What counting what is executed needs on top.
readonly SLO_COVERAGE_PACKAGES=(gcovr)

# Prints those of the given packages that are not installed.
slo_missing_packages() {
  local package
  for package in "$@"; do
    if [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]]; then
      printf '%s\n' "$package"
    fi
  done
}

# Installs what is missing of the given packages, and only that, saying so. Where it cannot, prints
# the one line that would and exits 2.
slo_require_packages() {
  if ! command -v dpkg-query >/dev/null; then
    printf 'This is not a Debian or Ubuntu machine; install the equivalents of: %s\n' "$*" >&2
    exit 2
  fi
  local missing
  mapfile -t missing < <(slo_missing_packages "$@")
  if [[ ${#missing[@]} -eq 0 ]]; then return; fi

  local as_root=()
  if [[ "$(id -u)" -ne 0 ]]; then
    # On a terminal sudo may ask for the password.
    if ! command -v sudo >/dev/null || ! { sudo -n true 2>/dev/null || { [[ -t 0 ]] && sudo -v; }; }; then
      slo_say_install_line "${missing[@]}"
      exit 2
    fi
    as_root=(sudo)
  fi
  printf 'Installing what is missing: %s\n' "${missing[*]}" >&2
  if ! { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${missing[@]}"; } </dev/null >&2; then
    slo_say_install_line "${missing[@]}"
    exit 2
  fi
}

slo_say_install_line() {
  printf 'Packages are missing and could not be installed. This line would:\n' >&2
  printf '  sudo apt-get update && sudo apt-get install -y --no-install-recommends %s\n' "$*" >&2
}
