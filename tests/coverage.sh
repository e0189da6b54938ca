#!/usr/bin/env bash
# How much of src/docx its tests reach. Builds the preset coverage, runs the tests of the room, prints lines and
# branches a file (branches of exceptions and unreachable ones excluded), and fails below 95 % of the lines.
# Usage: tests/coverage.sh [GCOVR-ARGUMENT…], such as --html-details build/coverage/index.html
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=examples/packages.sh
. examples/packages.sh
need "${build_packages[@]}" doctest-dev nlohmann-json3-dev zlib1g-dev gcovr

command -v ccache >/dev/null && export CMAKE_CXX_COMPILER_LAUNCHER=ccache
cmake --preset coverage -DVANTHU_CLI=OFF >/dev/null
mapfile -t tests < <(ctest --test-dir build/coverage -N -R '^(docx|fuzz)_' | sed -n 's/^ *Test *#[0-9]*: //p')
cmake --build build/coverage -j "$(nproc)" --target "${tests[@]/%_corpus/}"
find build/coverage -name '*.gcda' -delete
ctest --test-dir build/coverage -R '^(docx|fuzz)_' --output-on-failure -j "$(nproc)"
gcovr --root . --filter src/docx/ --object-directory build/coverage --exclude-throw-branches \
  --exclude-unreachable-branches --print-summary --fail-under-line 95 "$@"
