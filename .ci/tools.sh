#!/usr/bin/env bash
#
# Fetches the tools of the other steps into .ci/cache; does nothing where they are there already.
set -euo pipefail
cache=$PWD/.ci/cache
mkdir -p "$cache"

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or later is needed; this is $(python3 --version)" >&2
  exit 1
}

# Python tools, made anew whenever their versions change.
if ! cmp -s .ci/requirements.txt "$cache/venv/requirements.txt"; then
  rm -rf "$cache/venv"
  python3 -m venv "$cache/venv"
  "$cache/venv/bin/pip" install --quiet --disable-pip-version-check --requirement .ci/requirements.txt
  cp .ci/requirements.txt "$cache/venv/requirements.txt"
fi
"$cache/venv/bin/sam" --version
"$cache/venv/bin/cfn-lint" --version

# Lambda's runtime, DynamoDB Local, the AWS CRT of the functions' version for this machine, and the formatter.
crt_version=$(sed -n 's:.*<awscrt.version>\(.*\)</awscrt.version>.*:\1:p' functions/pom.xml)
wanted="$(cksum .ci/runtime/pom.xml) crt $crt_version"
if [ "$(cat "$cache/runtime/complete" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$cache/runtime"
  for part in lambda dynamodb crt format; do
    mvn -q -B -f .ci/runtime/pom.xml -P "$part" -Dlib="$cache/runtime" -Dawscrt.version="$crt_version" \
      dependency:copy-dependencies
  done
  printf '%s' "$wanted" >"$cache/runtime/complete"
fi
ls "$cache/runtime/lambda"

# go_install PACKAGE VERSION: that Go command, unless it is there in that version
go_install() {
  local command=$cache/${1##*/}
  if ! { [ -x "$command" ] && go version -m "$command" | grep --quiet --fixed-strings "$2"; }; then
    GOBIN=$cache go install "$1@$2"
  fi
}
if command -v go >/dev/null; then
  go_install github.com/rhysd/actionlint/cmd/actionlint v1.7.7
  go_install github.com/oasdiff/oasdiff v1.37.0
fi
