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

# Of all that the functions logged meanwhile, nothing may be more than a request's line may have, or have the form of an API key.
PYTHONPATH=.ci python3 -B -m checks.logs {tests,local}/target/surefire-reports/*-output.txt
if grep --recursive --files-with-matches --extended-regexp --include='*-output.txt' 'sk_(test|live)_[0-9A-Za-z]{50}' \
  {functions,local,tests}/target/surefire-reports; then
  echo 'An API key is in the logs above.' >&2
  exit 1
fi
