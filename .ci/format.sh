#!/usr/bin/env bash
#
# Formats every Java file: `.ci/run format`. With `--check` it changes none, and fails if one would change.
#
# `.ci/run tools` fetches the formatter, palantir-java-format. It parses with the compiler of the JVM that runs it. That is why it is no
# Maven plugin (Spotless): Maven may run on an older JDK, which cannot parse Java 25.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

options=(--palantir --skip-reflowing-long-strings)
case "${1:-}" in
  "") options+=(--replace) ;;
  --check) options+=(--dry-run --set-exit-if-changed) ;;
  *)
    echo "usage: .ci/format.sh [--check]" >&2
    exit 2
    ;;
esac

if [ ! -d .ci/cache/runtime/format ]; then
  echo "There is no formatter yet: '.ci/run tools' fetches it." >&2
  exit 2
fi

internals=()
for package in api code file parser tree util; do
  internals+=(--add-exports "jdk.compiler/com.sun.tools.javac.$package=ALL-UNNAMED")
done

files=()
while IFS= read -r -d '' file; do
  if [ -e "$file" ]; then files+=("$file"); fi
done < <(git ls-files -z --cached --others --exclude-standard -- '*.java')

# It names the files that differ. Version 2.103 does not know all of Java 25: for the record pattern `Given(_)` write `Given _`, and do
# without module imports and compact source files.
java=$(PYTHONPATH=.ci python3 -B -c 'from checks.project import java; print(java())')
"$java" -XX:TieredStopAtLevel=1 "${internals[@]}" -cp '.ci/cache/runtime/format/*' com.palantir.javaformat.java.Main \
  "${options[@]}" "${files[@]}" || {
  echo "The files above are not formatted: '.ci/run format' formats them. Where an error is reported, the formatter cannot read the file." >&2
  exit 1
}
