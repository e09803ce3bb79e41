#!/usr/bin/env bash
#
# Checks what `sam build` made: its contents, and that every function answers from it on Lambda's runtime.
set -euo pipefail
PYTHONPATH=.ci exec .ci/cache/venv/bin/python -B -m checks test_build test_run
