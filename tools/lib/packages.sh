# shellcheck shell=bash disable=SC2034
# Sourced by the scripts beside it: the Debian or Ubuntu packages that the project needs, and how
# missing ones are installed. No side effects when sourced.

# shellcheck source=tools/lib/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

# For configuring, building and running.
readonly SLO_BUILD_PACKAGES=(
  cmake g++ git ninja-build
  libabsl-dev libbenchmark-dev libboost-dev libboost-math-dev libgmock-dev libgtest-dev
  libsimdjson-dev libsqlite3-dev libsqlitecpp-dev
  nlohmann-json3-dev zlib1g-dev)
# The tests also need these: independent validators check the schemas.
readonly SLO_TEST_PACKAGES=(libxml2-utils python3 python3-jsonschema)
# Counting instructions also needs this.
readonly SLO_COUNT_PACKAGES=(valgrind)
# The style checks also need this.
readonly SLO_STYLE_PACKAGES=(clang-format)
readonly SLO_TIDY_PACKAGES=(clang-tidy)
# Planting mutants also needs these: python3-clang brings the libclang of its distribution.
readonly SLO_MUTATE_PACKAGES=(python3 python3-clang)
# Measuring test coverage also needs this.
readonly SLO_COVERAGE_PACKAGES=(gcovr)

# Prints the given packages that are not installed.
slo_missing_packages() {
  local package
  for package in "$@"; do
    if [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]]; then
      printf '%s\n' "$package"
    fi
  done
}

# How long to wait for another program that holds the lock of apt.
slo_apt_lock_seconds=180

# Installs the given packages that are missing, and says so. When that fails, prints the command that would
# install them, and exits with 2.
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
  printf 'installing missing packages: %s\n' "${missing[*]}" >&2
  slo_apt_install() {
    "${as_root[@]}" env LC_ALL=C apt-get update -qq &&
      "${as_root[@]}" env LC_ALL=C DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}"
  }
  local log began="$SECONDS" waiting=false
  log="$(mktemp)"
  until slo_run_step "installing ${#missing[@]} packages" "$log" slo_apt_install; do
    if ! grep -qE 'Could not get lock|Unable to (acquire|lock)' "$log" ||
      ((SECONDS - began >= slo_apt_lock_seconds)); then
      cat "$log" >&2
      rm -f "$log"
      slo_say_install_line "${missing[@]}"
      exit 2
    fi
    if ! "$waiting"; then
      printf 'another program installs packages and holds the lock of apt; waiting for it, up to %s s\n' \
        "$slo_apt_lock_seconds" >&2
      waiting=true
    fi
    slo_run_step "waiting for the lock of apt" /dev/null sleep 2
  done
  rm -f "$log"
}

slo_say_install_line() {
  printf 'Packages are missing and could not be installed. This command installs them:\n' >&2
  printf '  sudo apt-get update && sudo apt-get install -y --no-install-recommends %s\n' "$*" >&2
}
