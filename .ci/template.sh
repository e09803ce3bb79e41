#!/usr/bin/env bash
#
# Checks what will be deployed: the template as SAM transforms it, and how each environment and workflow deploys it. And that the
# documents and the mutants name what exists. And the command that measures what was deployed, which no other check can run.
set -euo pipefail
PYTHONPATH=.ci exec .ci/cache/venv/bin/python -B -m checks \
  test_policies test_api test_functions test_alarms test_data test_samconfig test_workflows test_bootstrap test_release test_measure test_documents \
  test_mutants
