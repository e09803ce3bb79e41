#!/usr/bin/env bash
#
# Makes mistakes that once passed every test, one at a time, and sees whether the test that is there for each now fails:
# `.ci/run mutants`, or `.ci/mutants.sh WORD...` for those whose description has such a word.
set -euo pipefail
PYTHONPATH=.ci exec python3 -B -m checks.mutants "$@"
