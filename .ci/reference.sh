#!/usr/bin/env bash
#
# Starts the stack, then checks the reference as its readers use it: the page in headless Chromium, the samples as they are printed,
# and the API against its description by Schemathesis.
set -euo pipefail
cache=$PWD/.ci/cache/reference

if ! cmp -s .ci/requirements-reference.txt "$cache/requirements.txt"; then
  rm -rf "$cache"
  python3 -m venv "$cache"
  "$cache/bin/pip" install --quiet --disable-pip-version-check --requirement .ci/requirements-reference.txt
  cp .ci/requirements-reference.txt "$cache/requirements.txt"
fi

if ! command -v chromium google-chrome >/dev/null; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends chromium >/dev/null
fi

"$cache/bin/openapi-spec-validator" openapi.yaml

PYTHONPATH=.ci .ci/stack.sh "$cache/stack.log" .ci/reference/check.sh "$cache/bin"
