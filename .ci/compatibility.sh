#!/usr/bin/env bash
#
# Fails if openapi.yaml would break a client of the last release. And tries whether the comparison notices what would.
set -euo pipefail
if [ ! -x .ci/cache/oasdiff ]; then
  echo 'NOT CHECKED: openapi.yaml is not compared with the last release, because there is no Go to install oasdiff with.'
  [ -z "${GITHUB_ACTIONS:-}" ]
  exit
fi
PYTHONPATH=.ci exec .ci/cache/venv/bin/python -B -m checks test_compatibility
