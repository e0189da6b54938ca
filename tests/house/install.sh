#!/usr/bin/env bash
# A stranger's program finds the installed library, builds against each of its targets, and runs.
# install.sh BUILD-FOLDER CHECKOUT COMPILER
set -euo pipefail
build=$1 top=$2 compiler=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/prefix" >/dev/null
for file in include/vanthu/plan.hpp lib/pkgconfig/vanthu.pc share/vanthu/workflows share/vanthu/templates share/vanthu/examples/data; do
  found=$(find "$work/prefix" -path "*$(basename "$(dirname "$file")")/$(basename "$file")" | head -n 1)
  [ -n "$found" ] || { echo "not installed: $file"; exit 1; }
done
cmake -S "$top/tests/install" -B "$work/consumer" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$work/prefix" >/dev/null
cmake --build "$work/consumer" >/dev/null
for target in docx plan vanthu; do "$work/consumer/use_$target"; done

# pkg-config users link the same libraries.
PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name vanthu.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
"$compiler" -std=c++20 $(pkg-config --cflags vanthu) "$top/tests/install/use_vanthu.cpp" -o "$work/by-pkg-config" $(pkg-config --static --libs vanthu)
"$work/by-pkg-config"
