#!/usr/bin/env bash
#
# `localstack.sh COMMAND...`: runs a command while LocalStack runs, without Docker, at the address in LOCALSTACK_ENDPOINT.
# Needs Python 3.13, on the PATH or of pyenv; ends with 75 where there is none.
set -euo pipefail
cache=$PWD/.ci/cache
home=$cache/localstack

python=
for candidate in python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13.*/bin/python; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; then python=$candidate; fi
done
[ -n "$python" ] || exit 75

if ! cmp -s .ci/localstack/requirements.txt "$home/venv/requirements.txt"; then
  rm -rf "$home"
  "$python" -m venv "$home/venv"
  "$home/venv/bin/pip" install --quiet --disable-pip-version-check --requirement .ci/localstack/requirements.txt
  cp .ci/localstack/requirements.txt "$home/venv"
fi
if ! diff -r .ci/localstack "$home/plugin" >/dev/null 2>&1; then
  rm -rf "$home/plugin"
  # From a copy: setuptools builds in place.
  cp -r .ci/localstack "$home/build"
  "$home/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --force-reinstall "$home/build"
  rm -rf "$home/build"
  cp -r .ci/localstack "$home/plugin"
fi

java=$(PYTHONPATH=.ci "$cache/venv/bin/python" -B -c 'from checks.project import java; print(java())')
emulator=$(PYTHONPATH=.ci "$cache/venv/bin/python" -B -c 'from checks.lambda_runtime import emulator; print(emulator())')
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
jars=$(find "$cache"/runtime/lambda "$cache"/runtime/crt -name '*.jar' | sort | paste --serial --delimiters=:)

rm -rf "$home/data"
export PAYLOADS=$home/data/payloads
mkdir -p "$PAYLOADS"
env FILESYSTEM_ROOT="$home/data" DISABLE_EVENTS=1 DNS_ADDRESS=0 SKIP_SSL_CERT_DOWNLOAD=1 OVERRIDE_IN_DOCKER=0 \
  GATEWAY_LISTEN="127.0.0.1:$port" LOCALSTACK_HOST="127.0.0.1:$port" DOCKER_HOST=unix:///nowhere \
  PROVIDER_OVERRIDE_DYNAMODB=v2 PROVIDER_OVERRIDE_DYNAMODBSTREAMS=v2 DYNAMODB_IN_MEMORY=1 LAMBDA_RUNTIME_EXECUTOR=rie \
  DYNAMODB_COMMAND="$java --enable-native-access=ALL-UNNAMED -Xmx256m -cp $cache/runtime/dynamodb/* software.amazon.dynamodb.services.local.main.ServerRunner -inMemory -disableTelemetry" \
  DDB_LOCAL_TELEMETRY=0 \
  RIE_COMMAND="$emulator --log-level error --runtime-interface-emulator-address 127.0.0.1:PORT_1 --runtime-api-address 127.0.0.1:PORT_2 $java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx300m --enable-native-access=ALL-UNNAMED -Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac -cp $jars com.amazonaws.services.lambda.runtime.api.client.AWSLambda" \
  setsid "$home/venv/bin/python" -m localstack.runtime.main >"$home/log" 2>&1 </dev/null &
localstack=$!

# descendants PID: those of its processes that it has started itself or through others
descendants() {
  local child
  for child in $(ps -o pid= --ppid "$1"); do
    echo "$child"
    descendants "$child"
  done
}

# LocalStack may not end by itself, and what it started may outlive it: functions, DynamoDB Local.
stop() {
  local started
  started=$(descendants "$localstack")
  kill "$localstack" 2>/dev/null || true
  for _ in $(seq 50); do
    kill -0 "$localstack" 2>/dev/null || break
    sleep 0.2
  done
  for pid in $localstack $started; do kill -9 "$pid" 2>/dev/null || true; done
}
trap stop EXIT

for _ in $(seq 300); do
  grep --quiet '^Ready\.' "$home/log" && break
  kill -0 "$localstack" 2>/dev/null || { tail -20 "$home/log" >&2; exit 1; }
  sleep 0.2
done
grep --quiet '^Ready\.' "$home/log" || { echo "LocalStack was not ready within 60 s, see $home/log" >&2; exit 1; }

export LOCALSTACK_ENDPOINT=http://127.0.0.1:$port
"$@"
