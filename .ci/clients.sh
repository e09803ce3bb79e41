#!/usr/bin/env bash
#
# Generates a Java, a Python and a TypeScript client from openapi.yaml by openapi-generator, compiles them, and lets each use the local
# stack; then runs the Postman collection. `.ci/clients.sh --collection` makes that collection anew, and nothing else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cache=$PWD/.ci/cache/clients
generator=7.25.0
mkdir -p "$cache"

# What the Python client's own project file wants is installed beside it, each time anew.
if [ ! -x "$cache/venv/bin/python" ]; then
  python3 -m venv "$cache/venv"
  "$cache/venv/bin/pip" install --quiet --disable-pip-version-check "$(grep '^pyyaml==' .ci/requirements-reference.txt)"
fi
if [ "${1:-}" = --collection ]; then exec "$cache/venv/bin/python" -B .ci/clients/collection.py; fi
"$cache/venv/bin/python" -B .ci/clients/collection.py --check

if ! cmp -s .ci/clients/package-lock.json "$cache/installed.json"; then
  cp .ci/clients/package.json .ci/clients/package-lock.json "$cache"
  npm clean-install --loglevel=error --no-audit --no-fund --ignore-scripts --prefix "$cache"
  cp .ci/clients/package-lock.json "$cache/installed.json"
fi

# The commit's own, not those of before: what the description no longer has must not be compiled.
rm -rf "$cache/java" "$cache/python" "$cache/typescript"
if [ ! -f "$cache/openapi-generator-cli-$generator.jar" ]; then
  mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy -DoutputDirectory="$cache" \
    -Dartifact="org.openapitools:openapi-generator-cli:$generator"
fi
java=$(PYTHONPATH=.ci python3 -B -c 'from checks.project import java; print(java())')
"$java" -XX:TieredStopAtLevel=1 -jar "$cache/openapi-generator-cli-$generator.jar" batch --fail-fast \
  .ci/clients/java.yaml .ci/clients/python.yaml .ci/clients/typescript.yaml >"$cache/generator.log" 2>&1 || {
  cat "$cache/generator.log" >&2
  exit 1
}

mkdir -p "$cache/java/src/test/java/dev/overplane/crm/client" "$cache/typescript/test"
cp .ci/clients/RoundTripTest.java "$cache/java/src/test/java/dev/overplane/crm/client"
cp .ci/clients/round-trip.ts "$cache/typescript/test"
cp .ci/clients/tsconfig.json "$cache/typescript"

.ci/stack.sh "$cache/stack.log" .ci/clients/use.sh "$cache"
