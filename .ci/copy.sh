#!/usr/bin/env bash
#
# `copy.sh DIRECTORY PATH...`: copies those paths into a new directory, only what git holds or would hold.
set -euo pipefail
directory=$1
shift
rm -rf "$directory"
mkdir -p "$directory"
git ls-files -z --cached --others --exclude-standard -- "$@" |
  while IFS= read -r -d '' file; do
    if [ -e "$file" ]; then printf '%s\0' "$file"; fi
  done |
  tar --create --null --files-from=- | tar --extract --directory "$directory"
