#!/usr/bin/env bash
#
# `sam build` of a copy that holds only what git does (changes not yet committed included), for every environment.
set -euo pipefail
PATH=$PWD/.ci/cache/venv/bin:$PATH
copy=$PWD/.ci/cache/build

rm -rf "$copy"
mkdir -p "$copy"
git ls-files -z --cached --others --exclude-standard -- template.yaml samconfig.toml functions |
  while IFS= read -r -d '' file; do
    if [ -e "$file" ]; then printf '%s\0' "$file"; fi
  done |
  tar --create --null --files-from=- | tar --extract --directory "$copy"

cd "$copy"
for env in default dev staging prod; do
  sam build --config-env "$env" 2>&1
done | tee build.log
