#!/usr/bin/env bash
#
# `check.sh BIN`: the checks of the reference, by the Python tools in that folder, while the stack runs at API_URL. SCHEMATHESIS_EXAMPLES is how
# many examples Schemathesis makes of each operation, where it is not to be as many as usual.
set -euo pipefail

"$1/python" -B -m reference test_page test_samples
"$1/schemathesis" --config-file .ci/reference/schemathesis.toml run openapi.yaml --url "$API_URL" --header "Authorization: Bearer $API_KEY" \
  ${SCHEMATHESIS_EXAMPLES:+--max-examples "$SCHEMATHESIS_EXAMPLES"}
