#!/usr/bin/env bash
# Installs what vanthu needs (Debian packages), builds it, and runs its main job on the real plan.
# Safe to run again. Usage: examples/quickstart.sh [OUTPUT-FOLDER]
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$(realpath -m "${1:-$top/build/demo}")
cd "$top"
# shellcheck source=examples/packages.sh
. examples/packages.sh
need "${build_packages[@]}"

echo "Building vanthu (build/release)"
cmake --preset release -DVANTHU_TESTS=OFF >build-quickstart.log 2>&1 || { cat build-quickstart.log >&2; exit 1; }
cmake --build --preset release -j "$(nproc)" >>build-quickstart.log 2>&1 || { cat build-quickstart.log >&2; exit 1; }
rm -f build-quickstart.log

exec build/release/bin/vanthu demo --out "$out"
