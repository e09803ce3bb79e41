#!/usr/bin/env bash
#
# Checks the template against checkov's rules. Each rule that is skipped has its reason: beside the resource, or in checkov.yaml.
# An environment of its own: its libraries are not those of the SAM CLI.
set -euo pipefail
cache=$PWD/.ci/cache/checkov

if ! cmp -s .ci/requirements-checkov.txt "$cache/requirements.txt"; then
  rm -rf "$cache"
  python3 -m venv "$cache"
  "$cache/bin/pip" install --quiet --disable-pip-version-check --requirement .ci/requirements-checkov.txt
  cp .ci/requirements-checkov.txt "$cache/requirements.txt"
fi
"$cache/bin/checkov" --config-file .ci/checkov.yaml
