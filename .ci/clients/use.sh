#!/usr/bin/env bash
#
# `use.sh CACHE`: compiles each generated client and lets it use the API at API_URL, then runs the Postman collection.
set -euo pipefail
cache=$1

echo '-- Java'
mvn -q -B -ntp -f "$cache/java/pom.xml" test -Dtest=RoundTripTest

echo '-- Python'
"$cache/venv/bin/pip" install --quiet --disable-pip-version-check "$cache/python"
"$cache/venv/bin/python" -B .ci/clients/round_trip.py --verbose

echo '-- TypeScript'
"$cache/node_modules/.bin/tsc" --project "$cache/typescript"
node --test "$cache/typescript/dist/test/round-trip.js"

echo '-- Postman collection'
"$cache/node_modules/.bin/newman" run docs/market-segment-api.postman_collection.json --bail failure --env-var "baseUrl=$API_URL" --env-var "apiKey=$API_KEY"
