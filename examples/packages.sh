# Sourced by quickstart.sh and tests/run.sh: installs the Debian packages that are missing, and says which.
# need PACKAGE…
need() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "Installing Debian packages: ${missing[*]}"
  local root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "error: run as root, or install sudo: ${missing[*]}" >&2; return 1; }
    root=(sudo)
  fi
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

build_packages=(g++ cmake ninja-build pkg-config libboost-graph-dev libpugixml-dev libzip-dev libsqlite3-dev
  libutf8proc-dev libical-dev libdeflate-dev libfmt-dev libssl-dev rapidjson-dev libcli11-dev libspdlog-dev)
