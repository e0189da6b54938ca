#!/usr/bin/env bash
# How much of src/docx its tests reach. Builds the preset coverage, runs the tests of the room, prints lines and
# branches a file (branches of exceptions and unreachable ones excluded), and fails below 95 % of the lines, or where
# one branch of the machine that renders is not taken.
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

machine='src/docx/(machine|held_output|merging_grid)'
report=(gcovr --root . build/coverage/src --exclude-throw-branches --exclude-unreachable-branches)
"${report[@]}" --filter src/docx/ --print-summary --fail-under-line 95 "$@"

# Lines of the machine whose branches do not count, and why. Each is a whole line of its sources, and must be there.
excluded=(
  # The compiler asks whether an exception is of the kind that is caught. Where nothing has to be destroyed on the way
  # out, the unwinder does not stop at a clause that does not fit: "no" cannot come about.
  '} catch (const data_fault& f) {'
  '} catch (const budget_spent&) {'
)
pattern=
for line in "${excluded[@]}"; do
  literal=$(sed 's/[][(){}.*+?^$|\\]/\\&/g' <<<"$line")
  if ! grep -qE "^ *$literal\$" src/docx/machine*.[ch]pp; then
    echo "tests/coverage.sh: no line of src/docx/machine* is: $line" >&2
    exit 1
  fi
  pattern+=${pattern:+|}$literal
done
echo
echo "The machine:"
"${report[@]}" --filter "$machine" --exclude-branches-by-pattern "^ *($pattern)\$" --fail-under-branch 100 \
  --branches
