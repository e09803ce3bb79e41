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

log=$cache/stack.log
PORT=0 LAMBDA_PORT=0 EVENTBRIDGE_PORT=0 DYNAMODB_PORT=0 DATA_DIR=:memory: setsid mvn -q -B -ntp -Prun -pl local -am >"$log" 2>&1 &
stack=$!
# The whole group: Maven's child is the stack.
trap 'kill -- "-$stack" 2>/dev/null || true' EXIT
for _ in $(seq 600); do
  if grep --quiet 'Press Ctrl-C' "$log"; then break; fi
  kill -0 "$stack" || { cat "$log" >&2; exit 1; }
  sleep 1
done
API_URL=$(awk '$1 == "API" && $2 ~ /^http/ {print $2}' "$log")
API_KEY=$(awk '$1 == "API" && $2 == "key" {print $3}' "$log")
export API_URL API_KEY

PYTHONPATH=.ci "$cache/bin/python" -B -m reference test_page test_samples
PYTHONPATH=.ci "$cache/bin/schemathesis" --config-file .ci/reference/schemathesis.toml run openapi.yaml --url "$API_URL" \
  --header "Authorization: Bearer $API_KEY"
