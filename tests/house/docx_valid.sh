#!/usr/bin/env bash
# What the tests of the DOCX room render from valid templates must be valid, and LibreOffice must open it. Which
# templates are valid, the validator says that judges the results. Usage: docx_valid.sh VALIDATOR TEST-PROGRAM…
set -euo pipefail
validator=$1
shift
[ -x "$validator" ] || { echo "no validator here ($validator)"; exit 77; }
/usr/bin/python3 -c 'import lxml' 2>/dev/null || { echo "no lxml here (python3-lxml)"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export VANTHU_TEST_OUTPUT=$work
for program in "$@"; do "$program" --minimal >/dev/null; done

# The names of the files that the validator lets pass.
sound() {
  { /usr/bin/python3 "$validator" --strict --json "$@" || true; } | /usr/bin/python3 -c '
import json, os, sys
for f in json.load(sys.stdin):
    if f["ok"]: print(os.path.basename(f["file"]))' | sort
}
sound "$work"/docx/templates/*.docx >"$work/templates"
[ "$(wc -l <"$work/templates")" -ge 150 ] || { echo "fewer than 150 valid templates" >&2; exit 1; }
mapfile -t outputs < <(sed "s|^|$work/docx/outputs/|" "$work/templates")
/usr/bin/python3 "$validator" --strict -q "${outputs[@]}" >"$work/said" || { grep -v ': ok' "$work/said" >&2; exit 1; }
echo "${#outputs[@]} documents are valid"

command -v soffice >/dev/null || { echo "no LibreOffice here to open them (libreoffice-writer-nogui)"; exit 77; }
mkdir "$work/pdf"
mapfile -t small < <(find "${outputs[@]}" -size -64k)  # LibreOffice takes minutes over thousands of rows
# A hundred at a time: after some 250 it ends without a word.
printf '%s\0' "${small[@]}" | xargs -0 -n 100 timeout -k 10 600 soffice "-env:UserInstallation=file://$work/profile" \
  --headless --convert-to pdf --outdir "$work/pdf" >/dev/null 2>&1 || true  # what is missing says why
for output in "${small[@]}"; do
  [ -s "$work/pdf/$(basename "$output" .docx).pdf" ] || { echo "LibreOffice does not open $output" >&2; exit 1; }
done
echo "LibreOffice opens them"
