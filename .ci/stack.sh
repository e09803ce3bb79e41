#!/usr/bin/env bash
#
# `stack.sh LOG COMMAND...`: runs a command while the local stack runs, kept in memory, on free ports; its address is in API_URL, its key in
# API_KEY.
set -euo pipefail
log=$1
shift

PORT=0 LAMBDA_PORT=0 EVENTBRIDGE_PORT=0 DYNAMODB_PORT=0 DATA_DIR=:memory: setsid mvn -q -B -ntp -Prun -pl local -am >"$log" 2>&1 &
stack=$!
# The whole group: Maven's child is the stack.
trap 'kill -- "-$stack" 2>/dev/null || true' EXIT
for _ in $(seq 600); do
  if grep --quiet 'Press Ctrl-C' "$log"; then break; fi
  kill -0 "$stack" || { cat "$log" >&2; exit 1; }
  sleep 1
done
API_URL=$(awk '$1 == "API" && $2 ~ /^http/ {print $2}' "$log")
API_KEY=$(awk '$1 == "API" && $2 == "key" {print $3}' "$log")
export API_URL API_KEY
"$@"
