#!/usr/bin/env bash
#
# Builds the functions twice, each time from a copy of its own, and compares jar and SBOM byte by byte.
set -euo pipefail
copies=$PWD/.ci/cache/reproducible

rm -rf "$copies"
for copy in one other; do
  mkdir -p "$copies/$copy"
  git ls-files -z --cached --others --exclude-standard -- functions | xargs -0 tar --create --file=- -- |
    tar --extract --directory "$copies/$copy"
  # The compiler's checks have had their say, and change no byte.
  (cd "$copies/$copy/functions" && mvn -q -B -ntp package -DskipTests -Derrorprone.checks=-XepDisableAllChecks)
done
for file in market-segment-functions-1.0.0.jar bom.json; do
  cmp "$copies/one/functions/target/$file" "$copies/other/functions/target/$file"
  sha256sum "$copies/one/functions/target/$file"
done
