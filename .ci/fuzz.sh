#!/usr/bin/env bash
#
# Fuzzes each target for as many executions as it names: `.ci/run fuzz`, or `TARGETS='body etag' .ci/run fuzz` for some. An input that
# breaks a target is written beside those in fuzz/src/test/resources; inputs that reach new code, to fuzz/.cifuzz-corpus.
set -euo pipefail
tests=fuzz/src/test/java/dev/overplane/crm/function/FuzzTargetsTest.java
targets=${TARGETS:-$(sed -n '/@FuzzTest(/{n;s/^ *void \([a-z_]*\)(.*/\1/p}' "$tests")}

mvn -q -B -ntp -pl fuzz -am test-compile
for target in $targets; do
  echo "-- $target"
  JAZZER_FUZZ=1 mvn -q -B -ntp -pl fuzz -am test -Dtest="FuzzTargetsTest#$target" -Dsurefire.failIfNoSpecifiedTests=false 2>&1 |
    grep -E '^#[0-9]+[[:space:]]+DONE|^== Java Exception|^\[ERROR\]'
done
