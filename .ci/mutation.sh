#!/usr/bin/env bash
#
# Changes the functions' code in small ways, one at a time, and sees whether a unit test fails: `.ci/run mutation`. The report is
# functions/target/pit-reports/index.html. PIT runs the tests in the JDK that runs Maven, so that must be 25 here.
set -euo pipefail
JAVA_HOME=$(PYTHONPATH=.ci python3 -c 'from pathlib import Path; from checks.project import java; print(Path(java()).resolve().parents[1])')
export JAVA_HOME
mvn -q -B -ntp -f functions/pom.xml -P mutation test-compile org.pitest:pitest-maven:1.30.2:mutationCoverage
