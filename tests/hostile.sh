#!/usr/bin/env bash
# Fills every package of a folder of hostile ones and holds the answers against its list.
# Usage: tests/hostile.sh VANTHU FOLDER [DOCX-CHECK]
# FOLDER has expect.tsv (file, accept|reject|either, class, what) and data.json. A package that is refused costs less
# than two seconds of processor time and 256 MiB, says something, and leaves no file; one that is accepted comes out
# valid, if the program DOCX-CHECK is there to say so.
set -uo pipefail
vanthu=$1 folder=$2 check=${3:-}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
passed=0 failed=0
written=()

complain() {
  echo "$file: $1"
  failed=$((failed + 1))
}

while IFS=$'\t' read -r file expect _; do
  [ -e "$folder/$file" ] || continue
  template=$folder/$file data=$folder/data.json
  case $file in *.json) data=$folder/$file template=$folder/ok-minimal.docx ;; esac
  mkdir "$out/$file.d"
  result=$out/$file.d/result.docx
  (
    ulimit -v $((2 * 1024 * 1024)) -t 10
    exec timeout 10 /usr/bin/time -o "$out/cost" -f '%U %S %M' "$vanthu" docx fill "$template" "$data" -o "$result" --missing empty
  ) >"$out/said" 2>&1
  status=$?
  read -r seconds kib < <(tail -1 "$out/cost" | awk '{print $1 + $2, $3}')
  before=$failed
  [ "$status" -lt 100 ] || complain "ended with status $status"
  awk -v s="$seconds" -v k="$kib" 'BEGIN { exit !(s < 2 && k < 256 * 1024) }' || complain "took $seconds s and $kib KiB"
  if [ "$status" -eq 0 ]; then
    [ "$expect" != reject ] || complain "was accepted"
    [ -e "$result" ] && written+=("$result")
  else
    [ "$expect" != accept ] || complain "was refused: $(head -c 300 "$out/said")"
    [ -s "$out/said" ] || complain "was refused without a word"
    [ -z "$(ls -A "$out/$file.d")" ] || complain "left a file behind"
  fi
  [ "$failed" -gt "$before" ] || passed=$((passed + 1))
done < <(tail -n +2 "$folder/expect.tsv")

if [ -n "$check" ] && [ ${#written[@]} -gt 0 ]; then
  /usr/bin/python3 "$check" "${written[@]}" || failed=$((failed + 1))
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
