#!/usr/bin/env bash
#
# `check.sh BIN`: the checks of the reference, by the Python tools in that folder, while the stack runs at API_URL.
set -euo pipefail

"$1/python" -B -m reference test_page test_samples
"$1/schemathesis" --config-file .ci/reference/schemathesis.toml run openapi.yaml --url "$API_URL" --header "Authorization: Bearer $API_KEY"
