#!/usr/bin/env bash
#
# `sam build` of a copy that holds only what git does (changes not yet committed included), for every environment.
set -euo pipefail
PATH=$PWD/.ci/cache/venv/bin:$PATH
copy=$PWD/.ci/cache/build
unset ARCHITECTURE

.ci/copy.sh "$copy" template.yaml samconfig.toml functions

cd "$copy"
for env in default dev staging prod; do
  sam build --config-env "$env" 2>&1
done | tee build.log
