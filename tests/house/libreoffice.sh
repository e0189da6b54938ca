#!/usr/bin/env bash
# Each template, opened and saved in LibreOffice, must compile to the same tags. Usage: libreoffice.sh VANTHU SOURCE-DIR
set -euo pipefail
vanthu=$1 source=$2
command -v soffice >/dev/null || { echo "no LibreOffice here (libreoffice-writer-nogui)"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tags() { "$vanthu" docx tags "$1" --format csv | cut -d, -f1,2; }  # path and kind; parts and places may move
for template in "$source"/templates/*.docx; do
  soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to 'docx:MS Word 2007 XML' \
    --outdir "$work" "$template" >/dev/null 2>&1
  saved=$work/$(basename "$template")
  tags "$template" >"$work/before"
  tags "$saved" >"$work/after"
  [ -s "$work/before" ]
  diff "$work/before" "$work/after" || { echo "$template: other tags after a save in LibreOffice" >&2; exit 1; }
done
