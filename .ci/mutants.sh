#!/usr/bin/env bash
#
# Makes mistakes, one at a time, and sees whether the test that is there for each fails:
# `.ci/run mutants`, or `.ci/mutants.sh WORD...` for those whose description has such a word.
set -euo pipefail
PYTHONPATH=.ci exec python3 -B -m checks.mutants "$@"
