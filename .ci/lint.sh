#!/usr/bin/env bash
#
# Lints scripts, the format of the Java code, workflows and the template. The linters say nothing when all is well.
set -euo pipefail
cache=$PWD/.ci/cache
PATH=$cache/venv/bin:$PATH

shellcheck .ci/run .ci/*.sh .ci/*/*.sh
.ci/format.sh --check

if [ -x "$cache/actionlint" ]; then
  "$cache/actionlint"
else
  echo 'NOT CHECKED: the workflows are not linted, because there is no Go to install actionlint with.'
fi

cfn-lint template.yaml .github/bootstrap.yaml

for env in default dev staging prod; do
  sam validate --config-env "$env"
  sam validate --config-env "$env" --lint
done
