#!/usr/bin/env bash
#
# Runs the README's test command, to the letter: the first sh block under "## Test it".
set -euo pipefail

command=$(awk '/^## /{here = ($0 == "## Test it")} here && /^```/{if (inside) exit; inside = ($0 == "```sh"); next} here && inside' README.md)
if [ -z "$command" ]; then
  echo 'README.md has no sh block under "## Test it"' >&2
  exit 1
fi
printf '%s\n' "$command"
bash -euo pipefail -c "$command"
