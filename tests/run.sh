#!/usr/bin/env bash
# Installs what the tests need (Debian packages), builds vanthu with warnings as errors, and runs every test.
# Safe to run again. Usage: tests/run.sh [CTEST-ARGUMENT…]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=examples/packages.sh
. examples/packages.sh
need "${build_packages[@]}" doctest-dev nlohmann-json3-dev zlib1g-dev libbz2-dev libxml2-utils librapidcheck-dev tj3

command -v ccache >/dev/null && export CMAKE_CXX_COMPILER_LAUNCHER=ccache
cmake --preset dev >/dev/null
cmake --build --preset dev -j "$(nproc)"
export VANTHU_TEST_OUTPUT=$PWD/build/dev/test-output   # documents that tests write are kept here
rm -rf "$VANTHU_TEST_OUTPUT"
mkdir -p "$VANTHU_TEST_OUTPUT"
ctest --preset dev -j "$(nproc)" "$@"
