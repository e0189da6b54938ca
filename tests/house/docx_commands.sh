#!/usr/bin/env bash
# The docx commands of the program, as a script calls them. Usage: docx_commands.sh VANTHU SOURCE-DIR
set -euo pipefail
vanthu=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
letter=$source/templates/cong-van-don-doc.docx

fail() { echo "$*" >&2; exit 1; }
# exits CODE TEXT COMMAND…: it ends with that code and says that text.
exits() {
  local wanted=$1 text=$2 code=0
  shift 2
  "$@" >out 2>err || code=$?
  [ "$code" = "$wanted" ] || { cat err >&2; fail "$*: exit $code, not $wanted"; }
  [ -z "$text" ] || grep -qF -e "$text" out err || { cat out err >&2; fail "$*: does not say «$text»"; }
}
leaves_nothing() { [ -z "$(find "$1" -mindepth 1 -print -quit)" ] || fail "$1 is not empty: $(ls -A "$1")"; }

# What a template asks for, data that fit it, and the document.
exits 0 '' "$vanthu" docx tags "$letter" --format json
exits 0 '"$schema"' "$vanthu" docx schema "$letter"
"$vanthu" docx schema "$letter" >schema.json
"$vanthu" docx sample "$letter" >sample.json
exits 0 '' "$vanthu" docx check "$letter" --data sample.json
exits 0 '' "$vanthu" docx check "$letter" --schema schema.json
exits 0 '' "$vanthu" docx fill "$letter" sample.json -o letter.docx
"$vanthu" docx fill "$letter" - -o - <sample.json >piped.docx
cmp letter.docx piped.docx
"$vanthu" docx text letter.docx | grep -q . || fail "no text"

# Nothing is written when a value is missing, and all that are missing are said.
mkdir refused
exits 1 '[docx.missing-value]' "$vanthu" --lang en docx fill "$letter" /dev/stdin -o refused/letter.docx <<<'{}'
[ "$(grep -c 'docx.missing-value' err)" -gt 1 ] || fail "not all missing values are said"
exits 1 'docx.missing-value' "$vanthu" --remarks json docx fill "$letter" /dev/stdin -o refused/letter.docx <<<'{}'
exits 1 'value.json-syntax' "$vanthu" docx fill "$letter" /dev/stdin -o refused/letter.docx <<<'{'\''a'\'':1}'
exits 1 '' "$vanthu" docx fill sample.json sample.json -o refused/letter.docx
exits 3 '' "$vanthu" docx fill nowhere.docx sample.json -o refused/letter.docx
exits 3 '' "$vanthu" docx fill "$letter" sample.json -o refused/no-folder/letter.docx
exits 2 '' "$vanthu" docx fill "$letter" sample.json
exits 2 '' "$vanthu" docx fill "$letter" sample.json -o refused/letter.docx --profile word
leaves_nothing refused

# One document for each record: of a list or of lines, on one thread or on several, the same.
tr -d '\n' <sample.json >line
for _ in 1 2 3 4 5 6 7 8 9; do cat line; echo; done >records.jsonl
{ echo '['; sed '$!s/$/,/' records.jsonl; echo ']'; } >records.json
for jobs in 1 3; do
  for data in records.jsonl records.json; do
    mkdir each
    exits 0 '' "$vanthu" docx fill "$letter" "$data" --each --jobs $jobs -o 'each/{index}.docx'
    [ "$(ls -A each)" = "$(printf '%s.docx\n' 0 1 2 3 4 5 6 7 8)" ] || fail "each: $(ls -A each)"
    for made in each/*.docx; do cmp letter.docx "$made"; done
    rm -r each
  done
done
# A record that does not fit is left out and said; the others are written.
mkdir each
{ cat line; echo; echo '{}'; cat line; echo; } >partly.jsonl
exits 1 'docx.missing-value' "$vanthu" docx fill "$letter" partly.jsonl --each --jobs 2 -o 'each/{index}.docx'
[ "$(ls -A each)" = "$(printf '%s.docx\n' 0 2)" ] || fail "partly: $(ls -A each)"
rm each/*
# Of data that cannot be read to its end no document is written.
{ cat line; echo; echo '{"a":'; echo '{"a" 1}'; } >broken.jsonl
exits 1 'broken.jsonl:2:' "$vanthu" docx fill "$letter" broken.jsonl --each --jobs 2 -o 'each/{index}.docx'
grep -qF 'broken.jsonl:3:' err || fail "the second fault is not said"
exits 2 '{index}' "$vanthu" docx fill "$letter" records.json --each -o 'each/all.docx'
exits 3 '' "$vanthu" docx fill "$letter" records.json --each --jobs 2 -o 'each/none/{index}.docx'
leaves_nothing each
